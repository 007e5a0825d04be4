import type { CivilDate, Period } from '../calendar.ts';
import { exponentOf, type CurrencyCode } from '../currency.ts';
import { isCommandId, isWalletId, type EntryId, type WalletId } from '../ids.ts';
import { formatAmount, formatMinor } from '../money.ts';
import type { Outcome, Rejection } from '../outcome.ts';
import { streamOf } from '../projections/directory.ts';
import { register, REGISTER_MONTHS, registerMonths, type RegisterRow } from '../projections/register.ts';
import { proposeTransfers, type Candidate } from '../projections/transfer-proposals.ts';
import { decode } from '../wallet/codec.ts';
import { entries, type Entry } from '../wallet/entries.ts';
import { reject } from '../wallet/parse.ts';
import { fields, shapeFault, text } from '../wallet/shape.ts';
import type { Views } from '../wallet/state.ts';
import type { JoinTransfer } from '../wallet/transfer-commands.ts';
import { bookedOf } from './booked.ts';
import type { Handled } from './job.ts';
import { monthMayHold } from './register-query.ts';
import type { Request } from './request.ts';
import type { Session } from './session.ts';
import { ownFault, storedBefore, type TransferBooked } from './transfers.ts';

/** An entry, and the wallet that it is in. */
export interface EntryRef {
  readonly walletId: WalletId;
  readonly entryId: EntryId;
}

/** Two entries that are to be one transfer: an expense here, an income there. */
export interface Joining {
  readonly from: EntryRef;
  readonly to: EntryRef;
}

/** Two entries that look like one transfer. */
export interface TransferProposal extends Joining {
  readonly amount: string;
  readonly currency: CurrencyCode;
  readonly leftOn: CivilDate;
  readonly arrivedOn: CivilDate;
}

type Command = Omit<JoinTransfer, 'type'>;

const ref = fields({ walletId: text, entryId: text });
const joiningShape = fields({ from: ref, to: ref });

/** Makes two entries one transfer: the sender's now, the other one when its wallet says so too. */
export async function joinTransfer(
  session: Session,
  { from, to }: Joining,
  { commandId = session.ports.ids.next(), ...request }: Request,
): Promise<Outcome<TransferBooked>> {
  const fault = shapeFault(joiningShape, { from, to });
  if (fault !== undefined) return { kind: 'rejected', rejection: fault };
  const unknown = isWalletId(from.walletId) ? undefined : await ownFault(session, from.walletId);
  if (unknown !== undefined) return { kind: 'rejected', rejection: unknown };
  const stored = isCommandId(commandId) ? await storedBefore(session, from.walletId, commandId) : undefined;
  const other = await otherHalf(session, { from, to });
  const known = stored === undefined ? undefined : decode(stored).event;
  const link = known?.type === 'EntryCorrected' ? known.after.transfer : undefined;
  // A repeat says what was joined then, whatever has become of the other entry.
  const arrives = link === undefined ? other : { amount: formatAmount(link.other), currency: link.other.currency };
  if ('code' in arrives) return { kind: 'rejected', rejection: (await ownFault(session, from.walletId)) ?? arrives };
  const command: Command = { entryId: from.entryId, wallet: to.walletId, other: arrives, counterpart: to.entryId };
  const handled = await session.submit(streamOf(from.walletId), { ...command, type: 'JoinTransfer' }, { ...request, commandId });
  const outcome = bookedOf(undefined, handled);
  return 'result' in outcome ? { ...outcome, result: { ...outcome.result, transferId: joinedIn(handled) } } : outcome;
}

function joinedIn(handled: Handled): string {
  const event = 'events' in handled ? handled.events[0]?.event : undefined;
  return event?.type === 'EntryCorrected' ? (event.after.transfer?.id ?? '') : '';
}

/** What the income is that is to be the other half, or why it cannot be. */
async function otherHalf(session: Session, { from, to }: Joining): Promise<JoinTransfer['other'] | Rejection> {
  if (from.walletId === to.walletId) {
    return reject('transfer-to-itself', 'The two entries are in one wallet; a transfer goes from one to another.', 'to');
  }
  if (!isWalletId(to.walletId)) return reject('wallet-unknown', 'There is no such wallet.', 'to.walletId');
  return session.read(streamOf(to.walletId), {
    needs: () => [{ projection: entries, bucket: to.entryId }],
    result: ({ status }, views) =>
      status === 'absent'
        ? reject('wallet-unknown', 'There is no such wallet.', 'to.walletId')
        : halfOf(views.get(entries, to.entryId)),
  });
}

function halfOf({ facts, voided }: Entry): JoinTransfer['other'] | Rejection {
  if (facts === null) return reject('entry-unknown', 'There is no such entry in this wallet.', 'to.entryId');
  if (voided !== false) return reject('entry-void', 'The entry is void. Restore it to join it.', 'to.entryId');
  if (facts.transfer !== undefined) {
    return reject('entry-is-transfer', 'The entry is half of a transfer already.', 'to.entryId');
  }
  if (facts.kind !== 'income') {
    return reject('kind-invalid', 'What arrives in a wallet is an income there; this entry is none.', 'to.entryId');
  }
  return { amount: formatMinor(BigInt(facts.amount), exponentOf(facts.currency)), currency: facts.currency };
}

/** How many pairs are proposed at once. */
const MAX_PROPOSALS = 500;

/** The entries of all wallets in a stretch that look like transfers. The nearest days first, then the oldest. */
export async function proposals(
  session: Session,
  wallets: readonly WalletId[],
  period: Period,
): Promise<readonly TransferProposal[]> {
  const candidates: Candidate[] = [];
  for (const walletId of wallets) candidates.push(...(await candidatesOf(session, walletId, period)));
  candidates.sort((a, b) => (a.occurredOn === b.occurredOn ? 0 : a.occurredOn < b.occurredOn ? -1 : 1));
  return proposeTransfers(candidates)
    .slice(0, MAX_PROPOSALS)
    .map(({ from, to }) => ({
      from: { walletId: from.walletId, entryId: from.entryId },
      to: { walletId: to.walletId, entryId: to.entryId },
      amount: formatMinor(BigInt(from.amount), exponentOf(from.currency)),
      currency: from.currency,
      leftOn: from.occurredOn,
      arrivedOn: to.occurredOn,
    }));
}

/** The plain expenses and incomes of a wallet in a stretch. */
function candidatesOf(session: Session, walletId: WalletId, period: Period): Promise<readonly Candidate[]> {
  const index = { projection: registerMonths, bucket: REGISTER_MONTHS };
  const monthsIn = (views: Views): readonly string[] =>
    views.get(registerMonths, REGISTER_MONTHS).filter((month) => monthMayHold(month, period));
  return session.read(streamOf(walletId), {
    needs: (_, views) =>
      views.has(registerMonths, REGISTER_MONTHS)
        ? [index, ...monthsIn(views).map((bucket) => ({ projection: register, bucket }))]
        : [index],
    result: ({ currency }, views) =>
      monthsIn(views)
        .flatMap((month) => views.get(register, month))
        .flatMap((row) => candidateOf(row, { walletId, currency, period })),
  });
}

function candidateOf(
  { id: entryId, kind, amount, occurredOn, voided }: RegisterRow,
  { walletId, currency, period }: { readonly walletId: WalletId; readonly currency: CurrencyCode; readonly period: Period },
): readonly Candidate[] {
  if (voided !== undefined || (kind !== 'expense' && kind !== 'income')) return [];
  if (occurredOn < period.from || occurredOn >= period.to) return [];
  return [{ walletId, entryId, kind, amount, currency, occurredOn }];
}
