import { canonical } from '../ids.ts';
import type { Json } from '../ports/event-store.ts';
import { foldInto, viewNameOf, type Recorded } from '../projection.ts';
import type { EntryFacts } from '../wallet/entry-facts.ts';
import type { WalletEvent } from '../wallet/events.ts';
import { flows, MOVED_IN, MOVED_OUT, shareOut, type Flows } from '../wallet/flows.ts';
import { head, HEAD, type Head } from '../wallet/head.ts';
import type { Findings } from './findings.ts';

/** The figures of a wallet, taken from its entries one by one, beside those that the projections come to. */
export interface FigureCheck {
  /** Begins a pass over the events in which the entries that `isMine` picks are looked at. */
  begin(isMine: (entryId: string) => boolean): void;
  take(recorded: Recorded<WalletEvent>): void;
  /** Ends a pass. */
  end(): void;
  /** Names what differs, when all passes are over. */
  report(stream: string, findings: Findings): void;
}

interface Standing {
  facts: EntryFacts;
  counts: boolean;
}

type Sums = Map<string, bigint>;

export function createFigureCheck(): FigureCheck {
  /** By month: what each cell comes to. */
  const months = new Map<string, Sums>();
  let entries = new Map<string, Standing>();
  let isMine: (entryId: string) => boolean = () => false;
  let passes = 0;
  let [balance, count] = [0n, 0];
  let headView: Head | undefined;
  const years = new Map<string, Flows>();

  function add({ facts }: Standing): void {
    const month = facts.occurredOn.slice(0, 7);
    const sums = months.get(month) ?? new Map<string, bigint>();
    months.set(month, sums);
    for (const [cell, minor] of cellsOf(facts)) sums.set(cell, (sums.get(cell) ?? 0n) + minor);
    balance += facts.kind === 'expense' || facts.kind === 'sent' ? -facts.amount.minor : facts.amount.minor;
    count += 1;
  }

  return {
    begin(pick) {
      isMine = pick;
      entries = new Map();
      passes += 1;
    },
    take(recorded) {
      follow(entries, recorded.event, isMine);
      if (passes > 1) return;
      for (const bucket of head.bucketsOf(recorded)) headView = foldInto(head, headView, recorded, bucket);
      for (const bucket of flows.bucketsOf(recorded)) {
        if (bucket.length === 4) years.set(bucket, foldInto(flows, years.get(bucket), recorded, bucket));
      }
    },
    end() {
      for (const standing of entries.values()) if (standing.counts) add(standing);
      entries = new Map();
    },
    report(stream, findings) {
      const found = monthsOf(years);
      const view = viewNameOf(flows);
      for (const bucket of new Set([...months.keys(), ...found.keys()])) {
        const [wanted, is] = [spelled(months.get(bucket)), spelled(found.get(bucket))];
        if (wanted !== is) findings.add({ what: 'figure', stream, view, bucket, expected: wanted, found: is });
      }
      const wanted = canonical({ balance: balance.toString(), entries: count });
      const is = canonical({ balance: headView?.balance ?? '0', entries: headView?.entries ?? 0 });
      if (wanted !== is) {
        findings.add({ what: 'figure', stream, view: viewNameOf(head), bucket: HEAD, expected: wanted, found: is });
      }
    },
  };
}

/** Keeps each entry as it stands, by what events say of it now, not by what they say was there before. */
function follow(entries: Map<string, Standing>, event: WalletEvent, isMine: (entryId: string) => boolean): void {
  if (!('entryId' in event) || event.entryId === undefined || !isMine(event.entryId)) return;
  const known = entries.get(event.entryId);
  switch (event.type) {
    case 'IncomeAdded':
    case 'ExpenseAdded':
    case 'ExpenseRefunded':
    case 'TransferSent':
    case 'TransferReceived':
      entries.set(event.entryId, { facts: event.entry, counts: true });
      return;
    case 'EntryCorrected':
      if (known !== undefined) known.facts = event.after;
      return;
    case 'EntryVoided':
    case 'TransferReturned':
    case 'TransferGivenBack':
      if (known !== undefined) known.counts = false;
      return;
    case 'EntryRestored':
      if (known !== undefined) known.counts = true;
      return;
    default:
    // What else is about an entry leaves it as it stands.
  }
}

function cellsOf(facts: EntryFacts): readonly (readonly [string, bigint])[] {
  const { kind, amount } = facts;
  if (kind === 'sent') return [[`moved ${MOVED_OUT}`, amount.minor]];
  if (kind === 'received') return [[`moved ${MOVED_IN}`, amount.minor]];
  const side = kind === 'income' ? 'in' : 'out';
  return shareOut(facts).map(({ category, minor }) => [`${side} ${category}`, kind === 'refund' ? -minor : minor]);
}

function monthsOf(years: ReadonlyMap<string, Flows>): ReadonlyMap<string, Sums> {
  const months = new Map<string, Sums>();
  for (const view of years.values()) {
    for (const [month, flow] of Object.entries(view)) {
      const sides = Object.entries({ in: flow.in, out: flow.out, moved: flow.moved ?? {} });
      const sums = sides.flatMap(([side, cells]) =>
        Object.entries(cells).map(([cell, minor]) => [`${side} ${cell}`, BigInt(minor)] as const),
      );
      months.set(month, new Map(sums));
    }
  }
  return months;
}

function spelled(sums: Sums | undefined): string {
  const cells = [...(sums ?? [])].filter(([, minor]) => minor !== 0n).map(([cell, minor]) => [cell, minor.toString()] as const);
  return canonical(Object.fromEntries(cells) as Json);
}
