import type { CivilDate } from '../calendar.ts';
import { exponentOf, type CurrencyCode } from '../currency.ts';
import type { EntryId } from '../ids.ts';
import { formatMinor } from '../money.ts';
import type { Version } from '../ports/event-store.ts';
import { balanceBefore, type FlowReader } from '../projections/balance.ts';
import type { RegisterMonth, RegisterRow } from '../projections/register.ts';
import type { EntryKind } from '../wallet/events.ts';
import { isWithin } from '../wallet/flows.ts';

/** Which lines of the register are wanted. Amounts in minor units. */
export interface RegisterFilter {
  readonly from?: CivilDate;
  /** Exclusive. */
  readonly to?: CivilDate;
  /** A category path, children included. */
  readonly category?: string;
  /** Looked for in note and category, without regard to case or accents. */
  readonly q?: string;
  readonly kind?: EntryKind;
  readonly min?: bigint;
  readonly max?: bigint;
  readonly void?: 'exclude' | 'include' | 'only';
  readonly importId?: string;
}

/** A line of the register as it is shown, amounts as decimals. */
export interface EntryLine {
  readonly id: EntryId;
  readonly kind: EntryKind;
  readonly amount: string;
  readonly category: string | null;
  readonly note: string | null;
  readonly occurredOn: CivilDate;
  readonly recordedAt: string;
  readonly version: Version;
  readonly void: boolean;
  readonly voidReason: string | null;
  readonly corrected: boolean;
  readonly importId: string | null;
  /** The wallet's balance after it, in the order of days; null on a void line. */
  readonly balance: string | null;
}

/** A place between two lines: a page goes on below it. */
export interface RegisterCursor {
  readonly occurredOn: CivilDate;
  readonly version: Version;
}

const folded = new WeakMap<RegisterRow, string>();

/** A text without case and accents, to be searched. */
function fold(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

function searchable(row: RegisterRow): string {
  const known = folded.get(row);
  if (known !== undefined) return known;
  const text = fold(`${row.note ?? ''}\n${row.category ?? ''}`);
  folded.set(row, text);
  return text;
}

/** A category as entries have it, however it was typed. */
function tidyCategory(category: string): string {
  return category
    .normalize('NFC')
    .split(':')
    .map((part) => part.trim())
    .join(':');
}

/** Makes the test that a filter stands for. */
export function matcher(filter: RegisterFilter): (row: RegisterRow) => boolean {
  const { from, to, kind, min, max, importId } = filter;
  const category = filter.category === undefined ? undefined : tidyCategory(filter.category);
  const q = filter.q === undefined ? undefined : fold(filter.q);
  const voided = filter.void ?? 'exclude';
  return (row) => {
    if (voided !== 'include' && (row.voided !== undefined) !== (voided === 'only')) return false;
    if (kind !== undefined && row.kind !== kind) return false;
    if (from !== undefined && row.occurredOn < from) return false;
    if (to !== undefined && row.occurredOn >= to) return false;
    if (category !== undefined && (row.category === undefined || !isWithin(row.category, category))) return false;
    if (importId !== undefined && row.importId !== importId) return false;
    if (min !== undefined && BigInt(row.amount) < min) return false;
    if (max !== undefined && BigInt(row.amount) > max) return false;
    return q === undefined || searchable(row).includes(q);
  };
}

/** Whether a month can hold something of a stretch. */
export function monthMayHold(month: string, { from, to }: { readonly from?: CivilDate; readonly to?: CivilDate }): boolean {
  return (from === undefined || month >= from.slice(0, 7)) && (to === undefined || `${month}-01` < to);
}

/** The flow buckets that a month's running balances begin from. */
export function openingBuckets(month: string): readonly string[] {
  return ['all', month.slice(0, 4)];
}

/** A month's lines that pass, newest first, with the running balance after each. */
export function linesOf(
  rows: RegisterMonth,
  options: {
    readonly month: string;
    readonly currency: CurrencyCode;
    readonly matches: (row: RegisterRow) => boolean;
    readonly below?: RegisterCursor;
  },
  read: FlowReader,
): readonly EntryLine[] {
  const { month, currency, matches, below } = options;
  const exponent = exponentOf(currency);
  let balance = balanceBefore(`${month}-01` as CivilDate, read);
  const lines: EntryLine[] = [];
  for (const row of rows) {
    const counts = row.voided === undefined;
    if (counts) balance += row.kind === 'income' ? BigInt(row.amount) : -BigInt(row.amount);
    if (below !== undefined && !isBelow(row, below)) break;
    if (matches(row)) lines.push(lineOf(row, exponent, counts ? formatMinor(balance, exponent) : null));
  }
  return lines.reverse();
}

function isBelow({ occurredOn, addedIn }: RegisterRow, cursor: RegisterCursor): boolean {
  return occurredOn < cursor.occurredOn || (occurredOn === cursor.occurredOn && addedIn < cursor.version);
}

/** A line as it is shown. */
export function lineOf(row: RegisterRow, exponent: number, balance: string | null): EntryLine {
  return {
    id: row.id,
    kind: row.kind,
    amount: formatMinor(BigInt(row.amount), exponent),
    category: row.category ?? null,
    note: row.note ?? null,
    occurredOn: row.occurredOn,
    recordedAt: row.recordedAt,
    version: row.addedIn,
    void: row.voided !== undefined,
    voidReason: row.voided?.reason ?? null,
    corrected: row.corrected === true,
    importId: row.importId ?? null,
    balance,
  };
}
