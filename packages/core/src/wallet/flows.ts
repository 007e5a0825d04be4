import { addDays, memoised, periodOf, type CivilDate, type Period } from '../calendar.ts';
import type { Projection, Recorded } from '../projection.ts';
import type { EntryFacts } from './entry-facts.ts';
import type { WalletEvent } from './events.ts';
import {
  change,
  copied,
  MOVED_IN,
  MOVED_OUT,
  type CellChange,
  type Cells,
  type Flow,
  type Flows,
  type OwnFlows,
} from './flow-cells.ts';

export { MOVED_IN, MOVED_OUT, type Cells, type Flow, type Flows } from './flow-cells.ts';

/** The bucket that holds one part for each year. */
export const ALL_YEARS = 'all';
const NOTHING: Flow = { in: {}, out: {} };

/** A place in the flows: a bucket and a part of it. */
export interface FlowPart {
  readonly bucket: string;
  readonly part: string;
}

/** The three places that an entry of a day counts in: its year, its month, its day. */
const placesOf = memoised((date): readonly FlowPart[] => {
  const year = date.slice(0, 4);
  const month = date.slice(0, 7);
  return [
    { bucket: ALL_YEARS, part: year },
    { bucket: year, part: month },
    { bucket: month, part: date },
  ];
});

/** The buckets of those places. */
const bucketsOfDay = memoised((date): readonly string[] => placesOf(date).map(({ bucket }) => bucket));

/**
 * The fewest parts that make up a period: whole years, whole months, single days at the ends. So the cost of a figure
 * depends on its calendar, never on how many entries there are.
 */
export function partsOf({ from, to }: Period): readonly FlowPart[] {
  return partsBetween(`${from}/${to}`);
}

const partsBetween = memoised((stretch): readonly FlowPart[] => {
  const [from, to] = stretch.split('/') as [CivilDate, CivilDate];
  const parts: FlowPart[] = [];
  for (let date = from; date < to;) {
    const [year, month, day] = placesOf(date) as [FlowPart, FlowPart, FlowPart];
    const wholeYear = periodOf('year', date);
    const wholeMonth = periodOf('month', date);
    if (wholeYear.from === date && wholeYear.to <= to) {
      parts.push(year);
      date = wholeYear.to;
    } else if (wholeMonth.from === date && wholeMonth.to <= to) {
      parts.push(month);
      date = wholeMonth.to;
    } else {
      parts.push(day);
      date = addDays(date, 1);
    }
  }
  return parts;
});

/** Which cells some facts count in. */
type CellsOf = (facts: EntryFacts) => readonly CellChange[];

/** The categories of an entry with what each has of it. */
export function shareOut({ category = '', parts, amount }: Pick<EntryFacts, 'category' | 'parts' | 'amount'>): readonly {
  readonly category: string;
  readonly minor: bigint;
}[] {
  if (parts === undefined) return [{ category, minor: amount.minor }];
  return parts.map((part) => ({ category: part.category, minor: part.amount.minor }));
}

function byCategory(facts: EntryFacts): readonly CellChange[] {
  switch (facts.kind) {
    case 'income':
      return shareOut(facts).map(({ category, minor }) => ({ side: 'in', cell: category, minor }));
    case 'expense':
      return shareOut(facts).map(({ category, minor }) => ({ side: 'out', cell: category, minor }));
    case 'refund':
      return shareOut(facts).map(({ category, minor }) => ({ side: 'out', cell: category, minor: -minor }));
    case 'sent':
      return [{ side: 'moved', cell: MOVED_OUT, minor: facts.amount.minor }];
    case 'received':
      return [{ side: 'moved', cell: MOVED_IN, minor: facts.amount.minor }];
  }
}

/** The same under names that an entry has as a whole: its tags, its payee. Transfers count in none. */
function byName(namesOf: (facts: EntryFacts) => readonly string[]): CellsOf {
  return (facts) => {
    const { kind, amount } = facts;
    if (kind === 'sent' || kind === 'received') return [];
    const side = kind === 'income' ? 'in' : 'out';
    const minor = kind === 'refund' ? -amount.minor : amount.minor;
    return namesOf(facts).map((cell) => ({ side, cell, minor }));
  };
}

/** Facts that an event takes out of the figures or puts in. */
type Changes = readonly (readonly [EntryFacts, 1n | -1n])[];

/** The event that was looked at last, which every projection asks about in turn. */
let last: { readonly event: WalletEvent; readonly changes: Changes } | undefined;

/** The facts an event takes out of the figures and those it puts in. */
export function changesOf(event: WalletEvent): Changes {
  if (last?.event !== event) last = { event, changes: changesIn(event) };
  return last.changes;
}

function changesIn(event: WalletEvent): Changes {
  switch (event.type) {
    case 'IncomeAdded':
    case 'ExpenseAdded':
    case 'ExpenseRefunded':
    case 'TransferSent':
    case 'TransferReceived':
    case 'EntryRestored':
      return [[event.entry, 1n]];
    case 'EntryVoided':
    case 'TransferReturned':
    case 'TransferGivenBack':
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

function flowsBy(name: string, version: number, makeCells: CellsOf): Projection<Flows, WalletEvent> {
  /** The facts that were asked about last: their year, their month and their day ask for the same cells. */
  let known: { readonly facts: EntryFacts; readonly cells: readonly CellChange[] } | undefined;
  const cellsOf: CellsOf = (facts) => {
    if (known?.facts !== facts) known = { facts, cells: makeCells(facts) };
    return known.cells;
  };
  function fold(view: Flows, { event }: Recorded<WalletEvent>, bucket: string): Flows {
    for (const [facts, sign] of changesOf(event)) {
      const part = partIn(bucket, facts.occurredOn);
      const cells = part === undefined ? [] : cellsOf(facts);
      if (part !== undefined && cells.length > 0) change(view as OwnFlows, part, cells, sign);
    }
    return view;
  }
  return {
    name,
    version,
    initial: {},
    bucketsOf({ event }) {
      const days = changesOf(event).flatMap(([facts]) => (cellsOf(facts).length === 0 ? [] : [facts.occurredOn]));
      const [first] = days;
      if (first === undefined) return [];
      return days.length === 1 ? bucketsOfDay(first) : [...new Set(days.flatMap(bucketsOfDay))];
    },
    apply(view, recorded, bucket) {
      const next: Record<string, Flow> = { ...view };
      for (const [facts] of changesOf(recorded.event)) {
        const part = partIn(bucket, facts.occurredOn);
        const flow = part === undefined ? undefined : view[part];
        if (part !== undefined && flow !== undefined) next[part] = copied(flow);
      }
      return fold(next, recorded, bucket);
    },
    fold,
    inPlace: true,
  };
}

/** What came in and went out, by category, for every year, month and day: the source of limits, spending, cash flow and balance. */
export const flows = flowsBy('flows', 2, byCategory);

/** The same by tag: an entry with two tags counts under both. */
export const tagFlows = flowsBy(
  'tag-flows',
  1,
  byName(({ tags = [] }) => tags),
);

/** The same by payee. */
export const payeeFlows = flowsBy(
  'payee-flows',
  1,
  byName(({ payee }) => (payee === undefined ? [] : [payee])),
);

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
