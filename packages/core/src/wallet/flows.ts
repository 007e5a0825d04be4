import { addDays, periodOf, type CivilDate, type Period } from '../calendar.ts';
import type { Projection } from '../projection.ts';
import type { EntryFacts, WalletEvent } from './events.ts';

/** Minor units by category; income without one is under the empty text. Cells that come to nothing are left out. */
export type Cells = Readonly<Record<string, string>>;

/** What came in and went out in one part (a year, a month or a day). */
export interface Flow {
  readonly in: Cells;
  readonly out: Cells;
}

/** A bucket: its parts by name. `all` holds years, `2026` months, `2026-10` days. */
export type Flows = Readonly<Record<string, Flow>>;

/** The bucket that holds one part for each year. */
export const ALL_YEARS = 'all';
const NOTHING: Flow = { in: {}, out: {} };

/** A place in the flows: a bucket and a part of it. */
export interface FlowPart {
  readonly bucket: string;
  readonly part: string;
}

/** The three places that an entry of a day counts in: its year, its month, its day. */
function placesOf(date: CivilDate): readonly FlowPart[] {
  const year = date.slice(0, 4);
  const month = date.slice(0, 7);
  return [
    { bucket: ALL_YEARS, part: year },
    { bucket: year, part: month },
    { bucket: month, part: date },
  ];
}

/**
 * The fewest parts that make up a period: whole years, whole months, single days at the ends. So the cost of a figure
 * depends on its calendar, never on how many entries there are.
 */
export function partsOf(period: Period): readonly FlowPart[] {
  const parts: FlowPart[] = [];
  for (let date = period.from; date < period.to;) {
    const [year, month, day] = placesOf(date) as [FlowPart, FlowPart, FlowPart];
    const wholeYear = periodOf('year', date);
    const wholeMonth = periodOf('month', date);
    if (wholeYear.from === date && wholeYear.to <= period.to) {
      parts.push(year);
      date = wholeYear.to;
    } else if (wholeMonth.from === date && wholeMonth.to <= period.to) {
      parts.push(month);
      date = wholeMonth.to;
    } else {
      parts.push(day);
      date = addDays(date, 1);
    }
  }
  return parts;
}

function plus(cells: Cells, category: string, minor: bigint): Cells {
  const sum = (Object.hasOwn(cells, category) ? BigInt(cells[category] ?? '0') : 0n) + minor;
  const next = { ...cells };
  if (sum === 0n) delete next[category];
  else next[category] = sum.toString();
  return next;
}

function changed(view: Flows, part: string, { kind, amount, category = '' }: EntryFacts, sign: 1n | -1n): Flows {
  const flow = Object.hasOwn(view, part) ? (view[part] ?? NOTHING) : NOTHING;
  const minor = sign * amount.minor;
  const next =
    kind === 'income' ? { ...flow, in: plus(flow.in, category, minor) } : { ...flow, out: plus(flow.out, category, minor) };
  const flows = { ...view };
  if (Object.keys(next.in).length === 0 && Object.keys(next.out).length === 0) delete flows[part];
  else flows[part] = next;
  return flows;
}

/** The facts an event takes out of the figures and those it puts in. */
function changesOf(event: WalletEvent): readonly (readonly [EntryFacts, 1n | -1n])[] {
  switch (event.type) {
    case 'IncomeAdded':
    case 'ExpenseAdded':
    case 'EntryRestored':
      return [[event.entry, 1n]];
    case 'EntryVoided':
      return [[event.entry, -1n]];
    case 'EntryCorrected':
      return [
        [event.before, -1n],
        [event.after, 1n],
      ];
    default:
      return [];
  }
}

/** The part of a bucket that a day counts in; none when the bucket is of another year or month. */
function partIn(bucket: string, date: CivilDate): string | undefined {
  if (bucket === ALL_YEARS) return date.slice(0, 4);
  if (!date.startsWith(bucket)) return undefined;
  return bucket.length === 4 ? date.slice(0, 7) : date;
}

/** What came in and went out, by category, for every year, month and day: the source of limits, spending, cash flow and balance. */
export const flows: Projection<Flows, WalletEvent> = {
  name: 'flows',
  version: 1,
  initial: {},
  bucketsOf({ event }) {
    const changes = changesOf(event);
    const buckets = changes.flatMap(([{ occurredOn }]) => [ALL_YEARS, occurredOn.slice(0, 4), occurredOn.slice(0, 7)]);
    return changes.length > 1 ? [...new Set(buckets)] : buckets;
  },
  apply(view, { event }, bucket) {
    let next = view;
    for (const [facts, sign] of changesOf(event)) {
      const part = partIn(bucket, facts.occurredOn);
      if (part !== undefined) next = changed(next, part, facts, sign);
    }
    return next;
  },
};

/** Whether a category is a scope or below it. No scope takes every category in. */
export function isWithin(category: string, scope: string | undefined): boolean {
  return scope === undefined || category === scope || category.startsWith(`${scope}:`);
}

/** Adds up one side of some cells within a scope. */
export function sumOf(cells: Cells, scope?: string): bigint {
  let sum = 0n;
  for (const category in cells) if (isWithin(category, scope)) sum += BigInt(cells[category] ?? '0');
  return sum;
}

/** The flow of one part; nothing when it was never touched. */
export function flowOf(view: Flows, part: string): Flow {
  return Object.hasOwn(view, part) ? (view[part] ?? NOTHING) : NOTHING;
}
