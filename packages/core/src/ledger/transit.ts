import { exponentOf, type CurrencyCode } from '../currency.ts';
import type { CivilDate } from '../calendar.ts';
import { derivedRate } from '../derived-rate.ts';
import type { EntryId, TransferId, WalletId } from '../ids.ts';
import { formatMinor, money } from '../money.ts';
import type { StoredEvent } from '../ports/event-store.ts';
import { streamOf } from '../projections/directory.ts';
import { transit, TRANSIT_BUCKETS, type OpenTransfer, type Transit } from '../projections/transit.ts';
import type { Task, ToDoList } from '../reactions/to-do.ts';
import { reactionTo } from '../reactions/transfers.ts';
import { decode } from '../wallet/codec.ts';
import { transferWord } from '../wallet/transfers.ts';
import type { AsOfTimes } from './as-of.ts';
import type { Session } from './session.ts';

/** A transfer that is not settled, as it is shown. Of `recalled` the money is in the other wallet still; of the others in none. */
export interface TransferInTransit {
  readonly transferId: TransferId;
  readonly state: OpenTransfer['state'];
  /** Whether it is wanted back: by the sender, before or after it arrived. */
  readonly recalled: boolean;
  readonly from: WalletId;
  readonly to: WalletId;
  /** The sender's half. */
  readonly entryId: EntryId;
  readonly amount: string;
  readonly currency: CurrencyCode;
  readonly toAmount: string;
  readonly toCurrency: CurrencyCode;
  /** The ratio of the two amounts, derived; null within one currency. */
  readonly derivedRate: string | null;
  readonly occurredOn: CivilDate;
  /** Why it was refused or given back. */
  readonly reason: string | null;
  /** When it came to this state. */
  readonly since: string;
}

/** The transfers of all wallets that are not settled, as views keep them, oldest first. */
export async function readOpen({ transitLog: log }: Session): Promise<readonly OpenTransfer[]> {
  await log.refresh();
  void log.settle();
  const needs = TRANSIT_BUCKETS.map((bucket) => ({ projection: transit, bucket }));
  // Nothing is awaited between the check and the reading, so all buckets are of one moment.
  while (!needs.every(({ projection, bucket }) => log.has(projection, bucket))) await log.load(needs);
  return TRANSIT_BUCKETS.flatMap((bucket) => Object.values(log.get(transit, bucket))).sort(bySince);
}

const PAGE = 1_000;

/** The transfers that were not settled at an instant: the log is gone through up to there. */
async function readOpenAt({ ports: { store } }: Pick<Session, 'ports'>, instant: string): Promise<readonly OpenTransfer[]> {
  const views = new Map<string, Transit>();
  for (let after = 0; ;) {
    const page = await store.readAll({ after, limit: PAGE });
    for (const recorded of page.filter(({ recordedAt }) => recordedAt <= instant).map(decode)) {
      for (const bucket of transit.bucketsOf(recorded)) {
        views.set(bucket, transit.apply(views.get(bucket) ?? transit.initial, recorded, bucket));
      }
    }
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE || last.recordedAt > instant) break;
    after = last.position;
  }
  return TRANSIT_BUCKETS.flatMap((bucket) => Object.values(views.get(bucket) ?? transit.initial)).sort(bySince);
}

/** The transfers that were not settled by what was known at a time, of those that had occurred. */
export async function readOpenAsOf(
  session: Session,
  { recordedAsOf, occurredAsOf }: AsOfTimes,
): Promise<readonly OpenTransfer[]> {
  const open = await (recordedAsOf === undefined ? readOpen(session) : readOpenAt(session, recordedAsOf));
  return occurredAsOf === undefined ? open : open.filter(({ occurredOn }) => occurredOn <= occurredAsOf);
}

function bySince(a: OpenTransfer, b: OpenTransfer): number {
  return a.since === b.since ? 0 : a.since < b.since ? -1 : 1;
}

/** The rate between two amounts; none within one currency. */
export function rateBetween(amount: string, currency: CurrencyCode, toAmount: string, toCurrency: CurrencyCode): string | null {
  if (currency === toCurrency) return null;
  return derivedRate(money(BigInt(amount), currency), money(BigInt(toAmount), toCurrency));
}

/** An open transfer as it is shown. */
export function shownTransfer(transfer: OpenTransfer): TransferInTransit {
  const { id, state, recalled, from, to, entryId, amount, currency, toAmount, toCurrency, occurredOn, reason, since } = transfer;
  return {
    transferId: id,
    state,
    recalled: recalled === true || state === 'recalled',
    from,
    to,
    entryId,
    amount: formatMinor(BigInt(amount), exponentOf(currency)),
    currency,
    toAmount: formatMinor(BigInt(toAmount), exponentOf(toCurrency)),
    toCurrency,
    derivedRate: rateBetween(amount, currency, toAmount, toCurrency),
    occurredOn,
    reason: reason ?? null,
    since,
  };
}

/** What open transfers call for, to be worked off by a runner. */
export function transfersToDo(session: Session): ToDoList {
  return {
    isMoved,
    tasks: async () =>
      (await readOpen(session)).map((transfer): Task => ({
        key: `${transfer.id} ${transfer.state}`,
        run: () => react(session, transfer),
      })),
  };
}

function isMoved(stored: StoredEvent): boolean {
  const mayBe = stored.type.startsWith('Transfer') || stored.type === 'EntryCorrected';
  return mayBe && transferWord(decode(stored).event) !== undefined;
}

/** Does what a transfer calls for. That somebody else did it before is as good. */
async function react(session: Session, transfer: OpenTransfer): Promise<void> {
  const { walletId, commandId, command } = reactionTo(transfer);
  const stream = streamOf(walletId);
  let handled = await session.submit(stream, command, { commandId });
  // Somebody has used the derived id for a command of his own. The streams say what was done, so any other id will do.
  if (handled.kind === 'rejected' && handled.rejection.code === 'command-id-reused') {
    handled = await session.submit(stream, command, {});
  }
  if (handled.kind !== 'rejected' || handled.rejection.code === 'transfer-returned') return;
  throw new Error(`the transfer ${transfer.id} is ${transfer.state}, but ${walletId} answers ${handled.rejection.code}`);
}
