import type { CivilDate } from '../calendar.ts';
import { exponentOf, type CurrencyCode } from '../currency.ts';
import type { EntryId, TransferId, WalletId } from '../ids.ts';
import { formatMinor } from '../money.ts';
import type { Version } from '../ports/event-store.ts';
import { balanceBefore, type FlowReader } from '../projections/balance.ts';
import type { RegisterMonth, RegisterRow } from '../projections/register.ts';
import type { StoredLink, StoredPart } from '../wallet/entries.ts';
import type { EntryKind, Occurrence } from '../wallet/entry-facts.ts';
import { isWithin } from '../wallet/flows.ts';

/** Which lines of the register are wanted. Amounts in minor units. */
export interface RegisterFilter {
  readonly from?: CivilDate;
  /** Exclusive. */
  readonly to?: CivilDate;
  /** A category path, children included; the empty text asks for income without one. */
  readonly category?: string;
  readonly tag?: string;
  /** Exactly this payee; the empty text asks for entries without one. */
  readonly payee?: string;
  /** Looked for in payee, note, category and tags, without regard to case or accents. */
  readonly q?: string;
  /** `spending` is what a figure of what went out is made of: expenses, and the refunds that are taken off them. */
  readonly kind?: EntryKind | 'spending';
  readonly min?: bigint;
  readonly max?: bigint;
  readonly void?: 'exclude' | 'include' | 'only';
  readonly importId?: string;
}

/** A part of a split line. */
export interface LinePart {
  readonly category: string;
  readonly amount: string;
  readonly note: string | null;
}

/** The other half of a transfer. */
export interface LineTransfer {
  readonly id: TransferId;
  readonly walletId: WalletId;
  readonly amount: string;
  readonly currency: CurrencyCode;
}

/** A line of the register as it is shown, amounts as decimals. */
export interface EntryLine {
  readonly id: EntryId;
  readonly kind: EntryKind;
  readonly amount: string;
  readonly category: string | null;
  /** The parts of a split; null when it is none. */
  readonly parts: readonly LinePart[] | null;
  readonly payee: string | null;
  readonly tags: readonly string[];
  readonly note: string | null;
  readonly occurredOn: CivilDate;
  readonly recordedAt: string;
  readonly version: Version;
  readonly void: boolean;
  readonly voidReason: string | null;
  readonly corrected: boolean;
  readonly importId: string | null;
  /** The expense that it refunds. */
  readonly refunds: EntryId | null;
  readonly transfer: LineTransfer | null;
  readonly schedule: Occurrence | null;
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
  const parts = row.parts?.map(({ category, note = '' }) => `${category}\n${note}`) ?? [];
  const text = fold(
    [row.payee, row.note, row.category, ...parts, ...(row.tags ?? [])].filter((each) => each !== undefined).join('\n'),
  );
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

function categoriesOf({ category, parts }: RegisterRow): readonly string[] {
  if (parts !== undefined) return parts.map((part) => part.category);
  return category === undefined ? [] : [category];
}

function isIn(row: RegisterRow, category: string): boolean {
  if (category === '') return row.kind === 'income' && categoriesOf(row).length === 0;
  return categoriesOf(row).some((own) => isWithin(own, category));
}

/** What a line has in a category and below it, in minor units: all of it when none is asked for, or when it is no split. */
export function minorWithin(row: RegisterRow, category: string | undefined): bigint {
  if (category === undefined || row.parts === undefined) return BigInt(row.amount);
  const scope = tidyCategory(category);
  let minor = 0n;
  for (const part of row.parts) if (isWithin(part.category, scope)) minor += BigInt(part.amount);
  return minor;
}

function isOfKind({ kind }: RegisterRow, wanted: NonNullable<RegisterFilter['kind']>): boolean {
  return wanted === 'spending' ? kind === 'expense' || kind === 'refund' : kind === wanted;
}

/** Makes the test that a filter stands for. */
export function matcher(filter: RegisterFilter): (row: RegisterRow) => boolean {
  const { from, to, kind, min, max, importId, tag, payee } = filter;
  const category = filter.category === undefined ? undefined : tidyCategory(filter.category);
  const q = filter.q === undefined ? undefined : fold(filter.q);
  const voided = filter.void ?? 'exclude';
  return (row) => {
    if (voided !== 'include' && (row.voided !== undefined) !== (voided === 'only')) return false;
    if (kind !== undefined && !isOfKind(row, kind)) return false;
    if (from !== undefined && row.occurredOn < from) return false;
    if (to !== undefined && row.occurredOn >= to) return false;
    if (category !== undefined && !isIn(row, category)) return false;
    if (tag !== undefined && row.tags?.includes(tag) !== true) return false;
    if (payee !== undefined && (row.payee ?? '') !== payee) return false;
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
    if (counts) balance += row.kind === 'expense' || row.kind === 'sent' ? -BigInt(row.amount) : BigInt(row.amount);
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
    parts: row.parts?.map((part) => partOf(part, exponent)) ?? null,
    payee: row.payee ?? null,
    tags: row.tags ?? [],
    note: row.note ?? null,
    occurredOn: row.occurredOn,
    recordedAt: row.recordedAt,
    version: row.addedIn,
    void: row.voided !== undefined,
    voidReason: row.voided?.reason ?? null,
    corrected: row.corrected === true,
    importId: row.importId ?? null,
    refunds: row.refunds ?? null,
    transfer: row.transfer === undefined ? null : transferOf(row.transfer),
    schedule: row.schedule ?? null,
    balance,
  };
}

function partOf({ category, amount, note }: StoredPart, exponent: number): LinePart {
  return { category, amount: formatMinor(BigInt(amount), exponent), note: note ?? null };
}

function transferOf({ id, wallet, other: { amount, currency } }: StoredLink): LineTransfer {
  return { id, walletId: wallet, amount: formatMinor(BigInt(amount), exponentOf(currency)), currency };
}
