import { daysBetween, type Period } from '../calendar.ts';
import { assert } from '../assert.ts';
import { exponentOf, type CurrencyCode } from '../currency.ts';
import { formatMinor } from '../money.ts';
import { balanceBefore, flowIn } from '../projections/balance.ts';
import type { Drill } from '../projections/compare.ts';
import { register, REGISTER_MONTHS, registerMonths, type RegisterMonth, type RegisterRow } from '../projections/register.ts';
import { isRead, largestEntries, unusualEntries, type UnusualEntry } from '../projections/unusual.ts';
import { ALL_YEARS, flows, partsOf } from '../wallet/flows.ts';
import type { Need, Views } from '../wallet/state.ts';
import { lineOf, monthMayHold, openingBuckets, type EntryLine, type RegisterCursor } from './register-query.ts';
import type { AsOf } from './report-reads.ts';
import type { Reader } from './session.ts';

/** Everything that moved a wallet in a stretch, in order: from the opening by way of each entry to the closing. */
export interface Statement extends Period {
  readonly opening: string;
  /** Of the whole stretch, whatever page it is. */
  readonly in: string;
  readonly out: string;
  readonly received: string;
  readonly sent: string;
  readonly closing: string;
  /** Oldest first, each with the balance after it; void ones are left out. */
  readonly lines: readonly EntryLine[];
  /** Where the next page begins; null at the end. */
  readonly next: RegisterCursor | null;
  readonly drill: Drill;
}

/** A page of lines, oldest first. */
export interface StatementPage {
  readonly period: Period;
  readonly limit: number;
  readonly after?: RegisterCursor;
}

/** The longest stretch in which single entries are looked for. */
export const MAX_SEARCHED_DAYS = 400;

const INDEX: Need = { projection: registerMonths, bucket: REGISTER_MONTHS };

function monthsOf(views: Views): readonly string[] {
  return views.has(registerMonths, REGISTER_MONTHS) ? views.get(registerMonths, REGISTER_MONTHS) : [];
}

function isIn(row: RegisterRow, { from, to }: Period): boolean {
  return row.voided === undefined && row.occurredOn >= from && row.occurredOn < to;
}

function isAfter({ occurredOn, addedIn }: RegisterRow, after: RegisterCursor | undefined): boolean {
  if (after === undefined || occurredOn > after.occurredOn) return true;
  return occurredOn === after.occurredOn && addedIn > after.version;
}

/** The months of a page, as far as they are known: one more is loaded until there are lines enough. */
function pageMonths(views: Views, { period, limit, after }: StatementPage): readonly string[] {
  const first = after?.occurredOn.slice(0, 7) ?? '';
  const wanted: string[] = [];
  let lines = 0;
  for (const month of monthsOf(views)) {
    if (month < first || !monthMayHold(month, period)) continue;
    wanted.push(month);
    if (!views.has(register, month)) break;
    lines += views.get(register, month).filter((row) => isIn(row, period) && isAfter(row, after)).length;
    if (lines > limit) break;
  }
  return wanted;
}

function statementNeeds(views: Views, page: StatementPage): readonly Need[] {
  const { from } = page.period;
  const months = pageMonths(views, page);
  const before = [ALL_YEARS, from.slice(0, 4), from.slice(0, 7)];
  const opening = months.slice(0, 1).flatMap((month) => [...openingBuckets(month), month]);
  const buckets = new Set([...before, ...partsOf(page.period).map(({ bucket }) => bucket), ...opening]);
  return [
    INDEX,
    ...months.map((bucket) => ({ projection: register, bucket })),
    ...[...buckets].map((bucket) => ({ projection: flows, bucket })),
  ];
}

/** A page of the statement of a stretch; its sums are always of all of it. */
export function readStatement(reader: Reader, stream: string, page: StatementPage): Promise<Statement & AsOf> {
  const { period, limit } = page;
  return reader.read(stream, {
    needs: (_, views) => statementNeeds(views, page),
    result({ currency }, views, at) {
      const exponent = exponentOf(currency);
      const read = (bucket: string) => views.get(flows, bucket);
      const opening = balanceBefore(period.from, read);
      const { in: came, out: went, movedIn, movedOut } = flowIn(period, read);
      const all = linesAfter(views, page, currency);
      const lines = all.slice(0, limit);
      const last = lines.at(-1);
      const next = all.length > limit && last !== undefined ? { occurredOn: last.occurredOn, version: last.version } : null;
      const shown = (minor: bigint): string => formatMinor(minor, exponent);
      const sums = { in: shown(came), out: shown(went), received: shown(movedIn), sent: shown(movedOut) };
      const closing = opening + came - went + movedIn - movedOut;
      return { ...period, opening: shown(opening), ...sums, closing: shown(closing), lines, next, drill: period, ...at };
    },
  });
}

/** The lines of a page and at least one more, if there is one. */
function linesAfter(views: Views, page: StatementPage, currency: CurrencyCode): readonly EntryLine[] {
  const months = pageMonths(views, page);
  const [first] = months;
  if (first === undefined) return [];
  const exponent = exponentOf(currency);
  const start = `${first}-01` as Period['from'];
  let balance = balanceBefore(start < page.period.from ? page.period.from : start, (bucket) => views.get(flows, bucket));
  const lines: EntryLine[] = [];
  for (const row of months.flatMap((month) => views.get(register, month))) {
    if (!isIn(row, page.period)) continue;
    balance += row.kind === 'expense' || row.kind === 'sent' ? -BigInt(row.amount) : BigInt(row.amount);
    if (!isAfter(row, page.after)) continue;
    lines.push(lineOf(row, exponent, formatMinor(balance, exponent)));
    if (lines.length > page.limit) break;
  }
  return lines;
}

/** The largest entries of a stretch. */
export interface LargestEntries extends Period {
  readonly kind: 'income' | 'expense';
  readonly entries: readonly EntryLine[];
}

export interface LargestOptions {
  /** At most 400 days. */
  readonly period: Period;
  /** Expenses when left out. */
  readonly kind?: 'income' | 'expense';
  readonly limit: number;
}

/** Reads months of the register in one moment. */
function readMonths<Result>(
  reader: Reader,
  stream: string,
  wants: (month: string) => boolean,
  make: (months: ReadonlyMap<string, RegisterMonth>, currency: CurrencyCode) => Result,
): Promise<Result & AsOf> {
  const wanted = (views: Views): readonly string[] => monthsOf(views).filter(wants);
  return reader.read(stream, {
    needs: (_, views) => [INDEX, ...wanted(views).map((bucket) => ({ projection: register, bucket }))],
    result({ currency }, views, at) {
      const months = new Map(wanted(views).map((month) => [month, views.get(register, month)]));
      return { ...make(months, currency), ...at };
    },
  });
}

export function readLargest(
  reader: Reader,
  stream: string,
  { period, kind = 'expense', limit }: LargestOptions,
): Promise<LargestEntries & AsOf> {
  assertSearchable(period);
  return readMonths(
    reader,
    stream,
    (month) => monthMayHold(month, period),
    (months, currency) => {
      const rows = [...months.values()].flat().filter((row) => row.kind === kind && isIn(row, period));
      const entries = largestEntries(rows, limit).map((row) => lineOf(row, exponentOf(currency), null));
      return { ...period, kind, entries };
    },
  );
}

/** An entry that is far above what its payee or category had in the twelve months before, and what that was. */
export interface Unusual {
  readonly entry: EntryLine;
  /** What is compared: the entry, or its part in the category. */
  readonly amount: string;
  /** The payee it is compared with; null when it is the category. */
  readonly payee: string | null;
  readonly category: string;
  /** The median of the earlier entries. */
  readonly usual: string;
  /** How many times the usual it is, rounded down. */
  readonly times: number;
  /** How many earlier entries there are. */
  readonly earlier: number;
}

export interface UnusualEntries extends Period {
  readonly items: readonly Unusual[];
  /** How many there are beyond those. */
  readonly more: number;
}

export interface UnusualOptions {
  /** At most 400 days. */
  readonly period: Period;
  readonly limit: number;
}

export function readUnusual(reader: Reader, stream: string, { period, limit }: UnusualOptions): Promise<UnusualEntries & AsOf> {
  assertSearchable(period);
  return readMonths(
    reader,
    stream,
    (month) => isRead(month, period),
    (months, currency) => {
      const found = unusualEntries(period, months);
      // The newest come first when not all can be told.
      const items = found.slice(-limit).toReversed();
      return { ...period, items: items.map((each) => told(each, exponentOf(currency))), more: found.length - items.length };
    },
  );
}

function told({ row, payee, category, amount, usual, times, earlier }: UnusualEntry, exponent: number): Unusual {
  const shown = { amount: formatMinor(amount, exponent), usual: formatMinor(usual, exponent) };
  return { entry: lineOf(row, exponent, null), payee, category, ...shown, times, earlier };
}

function assertSearchable({ from, to }: Period): void {
  assert(daysBetween(from, to) <= MAX_SEARCHED_DAYS, `entries are looked for in at most ${MAX_SEARCHED_DAYS} days`);
}
