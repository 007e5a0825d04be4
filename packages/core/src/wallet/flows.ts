import { addDays, periodOf, type CivilDate, type Period } from '../calendar.ts';
import type { Projection, Recorded } from '../projection.ts';
import type { EntryFacts } from './entry-facts.ts';
import type { WalletEvent } from './events.ts';

/** Minor units by category (or payee, or tag); income without one is under the empty text. Cells that come to nothing are left out. */
export type Cells = Readonly<Record<string, string>>;

/** What came in and went out in one part (a year, a month or a day), refunds taken off what went out; and what transfers moved. */
export interface Flow {
  readonly in: Cells;
  readonly out: Cells;
  readonly moved?: Cells;
}

/** The cells of {@link Flow.moved}. */
export const MOVED_IN = 'in';
export const MOVED_OUT = 'out';

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

/** An amount that an entry puts into a cell of a side. */
interface CellChange {
  readonly side: 'in' | 'out' | 'moved';
  readonly cell: string;
  readonly minor: bigint;
}

/** Which cells some facts count in. */
type CellsOf = (facts: EntryFacts) => readonly CellChange[];

interface OpenFlow {
  readonly in: Record<string, string>;
  readonly out: Record<string, string>;
  moved?: Record<string, string>;
}

function isEmpty(cells: Cells): boolean {
  for (const _ in cells) return false;
  return true;
}

/** Flows that are being changed: each part is copied before it is changed first, and then changed in place. */
class FlowsInProgress {
  readonly flows: Record<string, Flow>;
  readonly #open = new Map<string, OpenFlow>();

  constructor(view: Flows) {
    this.flows = { ...view };
  }

  change(part: string, changes: readonly CellChange[], sign: 1n | -1n): void {
    const flow = this.#opened(part);
    for (const { side, cell, minor } of changes) {
      if (side === 'moved') flow.moved ??= {};
      const cells = flow[side] ?? {};
      const sum = (Object.hasOwn(cells, cell) ? BigInt(cells[cell] ?? '0') : 0n) + sign * minor;
      if (sum === 0n) delete cells[cell];
      else cells[cell] = sum.toString();
    }
    if (!isEmpty(flow.in) || !isEmpty(flow.out) || !isEmpty(flow.moved ?? {})) return;
    delete this.flows[part];
    this.#open.delete(part);
  }

  #opened(part: string): OpenFlow {
    const known = this.#open.get(part);
    if (known !== undefined) return known;
    const { in: into, out, moved } = Object.hasOwn(this.flows, part) ? (this.flows[part] ?? NOTHING) : NOTHING;
    const flow: OpenFlow = { in: { ...into }, out: { ...out }, ...(moved === undefined ? {} : { moved: { ...moved } }) };
    this.#open.set(part, flow);
    this.flows[part] = flow;
    return flow;
  }
}

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

/** The facts an event takes out of the figures and those it puts in. */
export function changesOf(event: WalletEvent): readonly (readonly [EntryFacts, 1n | -1n])[] {
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

function flowsBy(name: string, version: number, cellsOf: CellsOf): Projection<Flows, WalletEvent> {
  const applyAll = (view: Flows, history: readonly Recorded<WalletEvent>[], bucket: string): Flows => {
    const next = new FlowsInProgress(view);
    for (const { event } of history) {
      for (const [facts, sign] of changesOf(event)) {
        const part = partIn(bucket, facts.occurredOn);
        const cells = part === undefined ? [] : cellsOf(facts);
        if (part !== undefined && cells.length > 0) next.change(part, cells, sign);
      }
    }
    return next.flows;
  };
  return {
    name,
    version,
    initial: {},
    bucketsOf({ event }) {
      const buckets: string[] = [];
      for (const [facts] of changesOf(event)) {
        if (cellsOf(facts).length === 0) continue;
        for (const { bucket } of placesOf(facts.occurredOn)) if (!buckets.includes(bucket)) buckets.push(bucket);
      }
      return buckets;
    },
    apply: (view, recorded, bucket) => applyAll(view, [recorded], bucket),
    applyAll,
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
