import type { CivilDate } from '../calendar.ts';
import type { EntryId, PlanId } from '../ids.ts';
import type { Version } from '../ports/event-store.ts';
import { distinct, type Projection, type Recorded } from '../projection.ts';
import { toStoredFacts, type StoredLink, type StoredPart } from '../wallet/entries.ts';
import { changesOf } from '../wallet/flows.ts';
import type { EntryFacts, EntryKind, Occurrence } from '../wallet/entry-facts.ts';
import type { WalletEvent } from '../wallet/events.ts';

/** A line of the register. The amount is in minor units and positive. */
export interface RegisterRow {
  readonly id: EntryId;
  readonly kind: EntryKind;
  readonly amount: string;
  readonly occurredOn: CivilDate;
  readonly category?: string;
  readonly parts?: readonly StoredPart[];
  readonly payee?: string;
  readonly tags?: readonly string[];
  readonly note?: string;
  readonly importId?: string;
  readonly refunds?: EntryId;
  readonly transfer?: StoredLink;
  readonly plan?: PlanId;
  readonly schedule?: Occurrence;
  /** The version that added it: its place within its day. */
  readonly addedIn: Version;
  /** When it was booked; when it was moved to this month, if a correction did that. */
  readonly recordedAt: string;
  readonly corrected?: true;
  /** Set on a void line. */
  readonly voided?: { readonly reason?: string };
}

/** One month of the register, oldest first: by day, then by version. */
export type RegisterMonth = readonly RegisterRow[];

/** Whether a line stands before another. */
function precedes(a: Pick<RegisterRow, 'occurredOn' | 'addedIn'>, b: Pick<RegisterRow, 'occurredOn' | 'addedIn'>): boolean {
  return a.occurredOn < b.occurredOn || (a.occurredOn === b.occurredOn && a.addedIn < b.addedIn);
}

/** Where a line stands, or would stand. */
function placeOf(rows: RegisterMonth, row: Pick<RegisterRow, 'occurredOn' | 'addedIn'>): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const candidate = rows[middle];
    if (candidate !== undefined && precedes(candidate, row)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function rowOf(id: EntryId, facts: EntryFacts, addedIn: Version, recordedAt: string): RegisterRow {
  const { currency: _, source, ...stored } = toStoredFacts(facts);
  return { id, ...stored, addedIn, recordedAt, ...(source === undefined ? {} : { importId: source.importId }) };
}

function replaced(rows: RegisterMonth, id: EntryId, change: (row: RegisterRow) => RegisterRow): RegisterMonth {
  // Corrections mostly concern what was booked last, which stands at the end.
  const place = rows.findLastIndex((row) => row.id === id);
  const row = rows[place];
  return row === undefined ? rows : rows.with(place, change(row));
}

function corrected(rows: RegisterMonth, { event, recordedAt }: Recorded<WalletEvent>, bucket: string): RegisterMonth {
  if (event.type !== 'EntryCorrected') return rows;
  const { entryId, addedIn, before, after } = event;
  const place = placeOf(rows, { occurredOn: before.occurredOn, addedIn });
  const old = before.occurredOn.startsWith(bucket) ? rows[place] : undefined;
  const without = old === undefined ? rows : rows.toSpliced(place, 1);
  if (!after.occurredOn.startsWith(bucket)) return without;
  const row = { ...rowOf(entryId, after, addedIn, old?.recordedAt ?? recordedAt), corrected: true } as const;
  return without.toSpliced(placeOf(without, row), 0, row);
}

/** Every line of a wallet's book, void ones included, a bucket a month (`2026-10`). */
export const register: Projection<RegisterMonth, WalletEvent> = {
  name: 'register',
  version: 2,
  initial: [],
  bucketsOf: ({ event }) => distinct(changesOf(event).map(([{ occurredOn }]) => occurredOn.slice(0, 7))),
  apply(rows, recorded, bucket) {
    const { event, version, recordedAt } = recorded;
    switch (event.type) {
      case 'IncomeAdded':
      case 'ExpenseAdded':
      case 'ExpenseRefunded':
      case 'TransferSent':
      case 'TransferReceived': {
        const row = rowOf(event.entryId, event.entry, version, recordedAt);
        return rows.toSpliced(placeOf(rows, row), 0, row);
      }
      case 'EntryCorrected':
        return corrected(rows, recorded, bucket);
      case 'EntryVoided':
      case 'TransferReturned':
      case 'TransferGivenBack': {
        const { reason } = event;
        return replaced(rows, event.entryId, (row) => ({ ...row, voided: reason === undefined ? {} : { reason } }));
      }
      case 'EntryRestored':
        return replaced(rows, event.entryId, ({ voided: _, ...row }) => row);
      default:
        return rows;
    }
  },
  fold(rows, recorded, bucket) {
    const { event, version, recordedAt } = recorded;
    if (!('entryId' in event) || !('entry' in event) || !ADDS.has(event.type)) return register.apply(rows, recorded, bucket);
    const row = rowOf(event.entryId, event.entry, version, recordedAt);
    (rows as RegisterRow[]).splice(placeOf(rows, row), 0, row);
    return rows;
  },
};

/** What adds a line, which most events do. */
const ADDS: ReadonlySet<WalletEvent['type']> = new Set([
  'IncomeAdded',
  'ExpenseAdded',
  'ExpenseRefunded',
  'TransferSent',
  'TransferReceived',
]);

/** The bucket of {@link registerMonths}. */
export const REGISTER_MONTHS = 'months';

/** The months that have lines, oldest first: where a register that goes back in time finds its next bucket. */
export const registerMonths: Projection<readonly string[], WalletEvent> = {
  name: 'register-months',
  version: 2,
  initial: [],
  bucketsOf: ({ event }) => (changesOf(event).length > 0 ? [REGISTER_MONTHS] : []),
  apply(months, recorded) {
    const missing = register.bucketsOf(recorded).filter((month) => !months.includes(month));
    return missing.length === 0 ? months : [...months, ...missing].sort();
  },
};

/** The categories of a line with what each has of it, in minor units. */
export function shareRow({ category = '', parts, amount }: RegisterRow): readonly {
  readonly category: string;
  readonly minor: bigint;
}[] {
  if (parts === undefined) return [{ category, minor: BigInt(amount) }];
  return parts.map((part) => ({ category: part.category, minor: BigInt(part.amount) }));
}
