import { addMonths, type CivilDate, type Period } from '../calendar.ts';
import { shareRow } from './register.ts';
import type { RegisterMonth, RegisterRow } from './register.ts';

/** An entry far above what its category, or its payee, had before. Amounts in minor units. */
export interface UnusualEntry {
  readonly row: RegisterRow;
  /** What it is compared with: the payee where there are enough entries of theirs, else the category. */
  readonly payee: string | null;
  readonly category: string;
  readonly amount: bigint;
  /** The median of the twelve months before its month. */
  readonly usual: bigint;
  /** How many times the usual it is, rounded down. */
  readonly times: number;
  /** How many entries the usual is taken from. */
  readonly earlier: number;
}

/** How many earlier entries there must be. */
const MIN_EARLIER = 5;
const MONTHS_BEFORE = 12;
/** How many median deviations above the usual an entry must lie, and how many times the usual it must be, to be told. */
const DEVIATIONS = 5n;
const MIN_TIMES = 2n;

/** Expenses by subject within a month, each list in order of size. Kept beside the month, which never changes. */
type Amounts = ReadonlyMap<string, BigInt64Array>;
const known = new WeakMap<RegisterMonth, Amounts>();

/** What an expense is in: its payee, and each category it has. */
function subjectsOf(row: RegisterRow): readonly { readonly key: string; readonly minor: bigint }[] {
  const shares = shareRow(row).map(({ category, minor }) => ({ key: `category ${category}`, minor }));
  return row.payee === undefined ? shares : [{ key: `payee ${row.payee}`, minor: BigInt(row.amount) }, ...shares];
}

function counts(row: RegisterRow): boolean {
  return row.kind === 'expense' && row.voided === undefined;
}

function amountsOf(rows: RegisterMonth): Amounts {
  const found = known.get(rows);
  if (found !== undefined) return found;
  const lists = new Map<string, bigint[]>();
  for (const row of rows) {
    if (!counts(row)) continue;
    for (const { key, minor } of subjectsOf(row)) {
      const list = lists.get(key);
      if (list === undefined) lists.set(key, [minor]);
      else list.push(minor);
    }
  }
  const amounts = new Map([...lists].map(([key, list]) => [key, BigInt64Array.from(list).sort()]));
  known.set(rows, amounts);
  return amounts;
}

/** The middle of an ordered list: of two in the middle the mean, rounded down. */
function medianOf(ordered: BigInt64Array): bigint {
  const upper = ordered[ordered.length >> 1] ?? 0n;
  const lower = ordered[(ordered.length - 1) >> 1] ?? 0n;
  return (lower + upper) / 2n;
}

interface Usual {
  readonly usual: bigint;
  readonly earlier: number;
  isFarBelow(minor: bigint): boolean;
}

function usualOf(before: readonly Amounts[], key: string): Usual | undefined {
  const lists = before.flatMap((amounts) => amounts.get(key) ?? []);
  const earlier = lists.reduce((sum, { length }) => sum + length, 0);
  if (earlier < MIN_EARLIER) return undefined;
  const all = new BigInt64Array(earlier);
  let at = 0;
  for (const list of lists) {
    all.set(list, at);
    at += list.length;
  }
  const usual = medianOf(all.sort());
  let deviation: bigint | undefined;
  return {
    usual,
    earlier,
    isFarBelow(minor) {
      if (minor < MIN_TIMES * usual) return false;
      // Taken only when an entry may be unusual, which few are.
      deviation ??= medianOf(all.map((each) => (each < usual ? usual - each : each - usual)).sort());
      return minor > usual + DEVIATIONS * deviation;
    },
  };
}

/** The months whose register {@link unusualEntries} reads: those of the stretch and twelve before. */
export function isRead(month: string, { from, to }: Period): boolean {
  return month >= addMonths(from, -MONTHS_BEFORE).slice(0, 7) && `${month}-01` < to;
}

/** The unusual entries of a stretch, oldest first. */
export function unusualEntries(period: Period, months: ReadonlyMap<string, RegisterMonth>): readonly UnusualEntry[] {
  return [...months]
    .filter(([month]) => month >= period.from.slice(0, 7))
    .flatMap(([month, rows]) => unusualIn(rows, usualsBefore(month, months)))
    .filter(({ row }) => row.occurredOn >= period.from && row.occurredOn < period.to);
}

/** The unusual entries of a month, kept beside it. */
const foundKnown = new WeakMap<RegisterMonth, { readonly usuals: Usuals; readonly found: readonly UnusualEntry[] }>();

function unusualIn(rows: RegisterMonth, usuals: Usuals): readonly UnusualEntry[] {
  const known = foundKnown.get(rows);
  if (known?.usuals === usuals) return known.found;
  const found = rows.filter(counts).flatMap((row) => judged(row, usuals) ?? []);
  foundKnown.set(rows, { usuals, found });
  return found;
}

type Usuals = (key: string) => Usual | undefined;

const NOTHING_USUAL: Usuals = () => undefined;

/** What was usual before a month, kept beside the last of the months before it, as long as all of them are the same. */
const usualsKnown = new WeakMap<RegisterMonth, { readonly before: readonly RegisterMonth[]; readonly usuals: Usuals }>();

function usualsBefore(month: string, months: ReadonlyMap<string, RegisterMonth>): Usuals {
  const first = addMonths(`${month}-01` as CivilDate, -MONTHS_BEFORE).slice(0, 7);
  const before = [...months].filter(([each]) => each >= first && each < month).map(([, rows]) => rows);
  const last = before.at(-1);
  if (last === undefined) return NOTHING_USUAL;
  const found = usualsKnown.get(last);
  const isSame = found?.before.length === before.length && before.every((rows, index) => rows === found.before[index]);
  const usuals = found !== undefined && isSame ? found.usuals : usualsOf(before.map(amountsOf));
  usualsKnown.set(last, { before, usuals });
  return usuals;
}

function usualsOf(before: readonly Amounts[]): Usuals {
  const made = new Map<string, Usual | undefined>();
  return (key) => {
    if (!made.has(key)) made.set(key, usualOf(before, key));
    return made.get(key);
  };
}

function judged(row: RegisterRow, usuals: Usuals): UnusualEntry | undefined {
  const ofPayee = row.payee === undefined ? undefined : usuals(`payee ${row.payee}`);
  for (const { category, minor: share } of shareRow(row)) {
    const minor = ofPayee === undefined ? share : BigInt(row.amount);
    const usual = ofPayee ?? usuals(`category ${category}`);
    if (usual?.isFarBelow(minor) !== true) continue;
    return {
      row,
      payee: ofPayee === undefined ? null : (row.payee ?? null),
      category,
      amount: minor,
      usual: usual.usual,
      times: Number(minor / usual.usual),
      earlier: usual.earlier,
    };
  }
  return undefined;
}

/** The largest entries of a stretch that pass a test, largest first. */
export function largestEntries(rows: Iterable<RegisterRow>, limit: number): readonly RegisterRow[] {
  return [...rows].sort((a, b) => larger(a, b) || newerFirst(a, b)).slice(0, limit);
}

/** By amounts, which are positive whole numbers: the longer is the larger. */
function larger({ amount: a }: RegisterRow, { amount: b }: RegisterRow): number {
  if (a.length !== b.length) return b.length - a.length;
  return a === b ? 0 : a > b ? -1 : 1;
}

function newerFirst(a: RegisterRow, b: RegisterRow): number {
  if (a.occurredOn !== b.occurredOn) return a.occurredOn > b.occurredOn ? -1 : 1;
  return b.addedIn - a.addedIn;
}
