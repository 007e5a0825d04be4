import type { CurrencyCode } from '../currency.ts';
import type { EntryId } from '../ids.ts';
import type { Outcome } from '../outcome.ts';
import type { Position, Version } from '../ports/event-store.ts';
import { register, REGISTER_MONTHS, registerMonths, type RegisterRow } from '../projections/register.ts';
import { changeShape } from '../wallet/command-shapes.ts';
import type { BulkChange } from '../wallet/entry-commands.ts';
import { equal } from '../wallet/decide-entries.ts';
import { fromStoredFacts } from '../wallet/entries.ts';
import { factsOf } from '../wallet/facts.ts';
import { isRejection, reject } from '../wallet/parse.ts';
import { fields, object, shapeFault } from '../wallet/shape.ts';
import type { Views } from '../wallet/state.ts';
import { effectsOf, outcomeOf, type Effects } from './booked.ts';
import { changeOfCommand } from './change-log.ts';
import { matcher, monthMayHold, type RegisterFilter } from './register-query.ts';
import type { Request } from './request.ts';
import type { Session } from './session.ts';

/** The most entries that one command changes. */
const MAX_ENTRIES = 1_000;

type Change = Omit<BulkChange, 'entryId'>;

const asked = fields({ filter: object, change: changeShape });

/** Which entries are to say what. */
export interface Recategorising {
  readonly filter: RegisterFilter;
  readonly change: Change;
  /** Only tells which entries it would be. */
  readonly dryRun?: boolean;
}

/** What changing all entries that pass a filter came to, or would. */
export interface Recategorised extends Effects {
  /** Those that pass and do not say it already. */
  readonly entryIds: readonly EntryId[];
  /** Splits and transfers that pass and are left as they are, since a category of their own would take their parts away. */
  readonly untouched: number;
}

/** The entries that pass a filter and count, at one version, by day. */
function matching(
  session: Session,
  stream: string,
  filter: RegisterFilter,
): Promise<{
  readonly rows: readonly RegisterRow[];
  readonly currency: CurrencyCode;
  readonly version: Version;
  readonly position: Position;
}> {
  const matches = matcher({ ...filter, void: 'exclude' });
  const index = { projection: registerMonths, bucket: REGISTER_MONTHS };
  const monthsIn = (views: Views): readonly string[] =>
    views.get(registerMonths, REGISTER_MONTHS).filter((month) => monthMayHold(month, filter));
  return session.read(stream, {
    needs: (_, views) =>
      views.has(registerMonths, REGISTER_MONTHS)
        ? [index, ...monthsIn(views).map((bucket) => ({ projection: register, bucket }))]
        : [index],
    result: ({ currency }, views, { version, position }) => ({
      rows: monthsIn(views).flatMap((month) => views.get(register, month).filter(matches)),
      currency,
      version,
      position,
    }),
  });
}

/** Whether a row can be given what a change says. */
function isOpenTo({ parts, transfer }: RegisterRow, { category }: Change): boolean {
  return category === undefined || (parts === undefined && transfer === undefined);
}

/** Whether a row says what a change would make it say. What cannot be read is refused when it is decided. */
function saysAlready(row: RegisterRow, change: Change, currency: CurrencyCode): boolean {
  const before = fromStoredFacts({ ...row, currency });
  const after = factsOf(row.kind, change, { currency, today: row.occurredOn, before });
  return !isRejection(after) && equal(before, after);
}

/** The entries that a command changed before, when it is sent again. */
async function changedBefore(session: Session, stream: string, commandId: string | undefined): Promise<readonly EntryId[]> {
  const done = commandId === undefined ? [] : await changeOfCommand(session, stream, commandId);
  return done.flatMap(({ event }) => (event.type === 'EntryCorrected' ? [event.entryId] : []));
}

/**
 * Gives every entry that passes a filter the same category, payee, tags or note, in one command, which one undoing takes back. Sent
 * again with the same command id it means the entries that it changed, though they may no longer pass.
 */
export async function recategorise(
  session: Session,
  stream: string,
  { filter, change, dryRun = false }: Recategorising,
  request: Request,
): Promise<Outcome<Recategorised>> {
  const fault = shapeFault(asked, { filter, change });
  if (fault !== undefined) return { kind: 'rejected', rejection: fault };
  const { rows, currency, version, position } = await matching(session, stream, filter);
  const open = rows.filter((row) => isOpenTo(row, change));
  const before = dryRun ? [] : await changedBefore(session, stream, request.commandId);
  const entryIds = before.length > 0 ? before : open.filter((row) => !saysAlready(row, change, currency)).map(({ id }) => id);
  const found = { entryIds, untouched: rows.length - open.length };
  if (dryRun) return { kind: 'recorded', version, position, result: { ...found, crossed: [], cleared: [] } };
  if (entryIds.length > MAX_ENTRIES) {
    const message = `${entryIds.length} entries would change. At most ${MAX_ENTRIES} do at once: narrow the filter, by days for example.`;
    return { kind: 'rejected', rejection: reject('too-many-entries', message, 'filter', { entries: entryIds.length }) };
  }
  const command = { type: 'CorrectEntries', changes: entryIds.map((entryId) => ({ ...change, entryId })) } as const;
  return outcomeOf(await session.submit(stream, command, request), ({ events }) => ({ ...found, ...effectsOf(events) }));
}
