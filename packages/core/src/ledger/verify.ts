import { canonical } from '../ids.ts';
import { StoreError, type Json } from '../ports/event-store.ts';
import type { ViewStore } from '../ports/view-store.ts';
import { foldInto, isBeginning, viewNameOf, type Recorded } from '../projection.ts';
import { decode } from '../wallet/codec.ts';
import type { WalletEvent } from '../wallet/events.ts';
import type { AnyProjection } from '../wallet/state.ts';
import { createFindings, type Finding, type Findings } from './findings.ts';
import { foldingsOf, type Books, type Folding, type Progress } from './rebuild.ts';
import { logViews, keptProjections } from './session.ts';
import type { Source } from './source.ts';
import { createFigureCheck, type FigureCheck } from './verify-figures.ts';
import { checkLog } from './verify-log.ts';

/** What a verification came to. */
export interface Verified {
  readonly events: number;
  readonly streams: number;
  /** How many stored buckets were compared. */
  readonly buckets: number;
  readonly findings: readonly Finding[];
  /** How many findings there were beyond those that are told. */
  readonly more: number;
  /** Stored views that are not this program's to judge: an older version's, or a projection's that was not given. */
  readonly unchecked: readonly string[];
}

const PAGE = 2_000;
/** Few, since a month of a register may take half a megabyte. */
const BUCKETS_PER_PAGE = 200;
/** Of a longer stream the buckets are folded in parts, one after another, so that memory stays bounded. */
const EVENTS_PER_PASS = 100_000;
const MAX_TRIES = 5;

/**
 * Recomputes every projection from the events and compares it with what is stored, names each difference, and checks what the
 * log promises by itself. Nothing is changed: `rebuildLedger` mends views.
 *
 * @example
 * const { findings } = await verifyLedger({ store, views });
 */
export async function verifyLedger(books: Books & { readonly onProgress?: (progress: Progress) => void }): Promise<Verified> {
  const { store, views, onProgress } = books;
  const findings = createFindings();
  const log = await checkLog(store, findings, (done) => onProgress?.({ stage: 'log', done, total: null }));
  const foldings = foldingsOf(books, log.counts);
  const total = foldings.reduce((sum, { events }) => sum + events * passesOf(events), 0);
  let [done, buckets] = [0, 0];
  const onPage = (events: number): void => onProgress?.({ stage: 'views', done: Math.min((done += events), total), total });
  for (const folding of foldings) {
    const { key } = folding.source;
    if (key in logViews ? log.unreadable.size > 0 : log.unreadable.has(key)) continue;
    buckets += await compareAll(folding, { views, findings, onPage });
  }
  const unchecked = await strays(books, log.counts, findings);
  onProgress?.({ stage: 'views', done: total, total });
  return { events: log.events, streams: log.counts.size, buckets, findings: findings.items, more: findings.more, unchecked };
}

function passesOf(events: number): number {
  return Math.max(1, Math.ceil(events / EVENTS_PER_PASS));
}

/** Views of streams that have no events, and views that are not known. */
async function strays({ views, projections = [] }: Books, counts: ReadonlyMap<string, number>, findings: Findings) {
  const known = new Set([...projections, ...keptProjections].map(viewNameOf));
  const ofLog = new Map<string, ReadonlySet<string>>(
    Object.entries(logViews).map(([key, each]) => [key, new Set(each.map(viewNameOf))]),
  );
  const unchecked = new Set<string>();
  for (let after: { view: string; stream: string } | undefined; ;) {
    const page = await views.places(after === undefined ? { limit: PAGE } : { after, limit: PAGE });
    for (const { view, stream, seen } of page) {
      if (!(ofLog.get(stream) ?? known).has(view)) unchecked.add(view);
      else if (!ofLog.has(stream) && !counts.has(stream)) {
        findings.add({ what: 'seen', stream, view, expected: 'no view of a stream without events', found: `place ${seen}` });
      }
    }
    if (page.length < PAGE) return [...unchecked].sort();
    after = page.at(-1);
  }
}

interface Comparing {
  readonly views: ViewStore;
  readonly findings: Findings;
  readonly onPage: (events: number) => void;
}

/** Compares all views of a stream as they were at one moment; anew when somebody saves meanwhile. */
async function compareAll(folding: Folding, { views, findings, onPage }: Comparing): Promise<number> {
  const { source, projections } = folding;
  const names = projections.map(viewNameOf);
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const own = createFindings();
    const { seen } = await views.load(source.key, names, []);
    const figures = source.key in logViews ? undefined : createFigureCheck();
    let buckets = 0;
    const passes = passesOf(folding.events);
    for (let pass = 0; pass < passes; pass += 1) {
      const isMine = (name: string): boolean => passes === 1 || partOf(name, passes) === pass;
      figures?.begin(isMine);
      const { folded, end } = await foldParts(folding, { seen, isMine, figures, onPage: tries === 0 ? onPage : () => undefined });
      figures?.end();
      if (pass === 0) checkSeen({ source, seen, end }, own);
      for (const [projection, expected] of folded)
        buckets += await compare({ source, views, isMine, own }, projection, { expected, seen });
    }
    figures?.report(source.key, own);
    const after = await views.load(source.key, names, []);
    if (names.some((name) => after.seen.get(name) !== seen.get(name))) continue;
    for (const finding of own.items) findings.add(finding);
    return buckets;
  }
  throw new StoreError(
    'busy',
    `the views of ${source.key} change faster than they can be verified; try again when it is quieter`,
  );
}

/** Which part of the buckets a name is in: FNV-1a, 32 bits. */
function partOf(name: string, parts: number): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at += 1) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  return (hash >>> 0) % parts;
}

type FoldedParts = ReadonlyMap<AnyProjection, Map<string, unknown>>;

/** Folds each view up to the place it has seen, from scratch. */
async function foldParts(
  { source, projections }: Folding,
  options: {
    readonly seen: ReadonlyMap<string, number>;
    readonly isMine: (bucket: string) => boolean;
    readonly figures: FigureCheck | undefined;
    readonly onPage: (events: number) => void;
  },
): Promise<{ readonly folded: FoldedParts; readonly end: number }> {
  const folded = new Map(projections.map((projection) => [projection, new Map<string, unknown>()]));
  const places = projections.map((projection) => options.seen.get(viewNameOf(projection)) ?? 0);
  for (let end = 0; ;) {
    const page = await source.read({ after: end, limit: PAGE });
    for (const stored of page) {
      const recorded = decode(stored);
      end = source.placeOf(recorded);
      options.figures?.take(recorded);
      for (const [index, projection] of projections.entries()) {
        if (end <= (places[index] ?? 0)) foldEvent(projection, folded.get(projection) ?? new Map(), recorded, options.isMine);
      }
    }
    options.onPage(page.length);
    if (page.length < PAGE) return { folded, end };
  }
}

function foldEvent(
  projection: AnyProjection,
  buckets: Map<string, unknown>,
  recorded: Recorded<WalletEvent>,
  isMine: (bucket: string) => boolean,
): void {
  for (const bucket of projection.bucketsOf(recorded)) {
    if (!isMine(bucket)) continue;
    const before = buckets.get(bucket);
    if (before === undefined && isBeginning(projection, recorded, bucket)) buckets.set(bucket, new Beginning(recorded));
    else {
      const view = before instanceof Beginning ? foldInto(projection, undefined, before.recorded, bucket) : before;
      buckets.set(bucket, foldInto(projection, view, recorded, bucket));
    }
  }
}

/** What only one event has touched, the one that it begins with: it is not stored. */
class Beginning {
  readonly recorded: Recorded<WalletEvent>;

  constructor(recorded: Recorded<WalletEvent>) {
    this.recorded = recorded;
  }
}

function checkSeen(
  { source, seen, end }: { readonly source: Source; readonly seen: ReadonlyMap<string, number>; readonly end: number },
  findings: Findings,
): void {
  for (const [view, place] of seen) {
    if (Number.isSafeInteger(place) && place >= 0 && place <= end) continue;
    findings.add({ what: 'seen', stream: source.key, view, expected: `at most ${end}`, found: `${place}` });
  }
}

/** Compares what is stored of one view with what was folded. */
async function compare(
  at: {
    readonly source: Source;
    readonly views: ViewStore;
    readonly isMine: (bucket: string) => boolean;
    readonly own: Findings;
  },
  projection: AnyProjection,
  { expected, seen }: { readonly expected: Map<string, unknown>; readonly seen: ReadonlyMap<string, number> },
): Promise<number> {
  const [stream, view] = [at.source.key, viewNameOf(projection)];
  let count = 0;
  for (const [bucket, value] of expected) if (value instanceof Beginning) expected.delete(bucket);
  for (let after: string | undefined; ;) {
    const page = await at.views.scan({ view, stream, limit: BUCKETS_PER_PAGE, ...(after === undefined ? {} : { after }) });
    for (const { bucket, value } of page) {
      if (!at.isMine(bucket)) continue;
      count += 1;
      const wanted = expected.get(bucket) as Json | undefined;
      if (!expected.delete(bucket)) {
        const place = seen.has(view) ? 'no such bucket' : 'a place that the view has seen';
        at.own.add({ what: seen.has(view) ? 'extra' : 'seen', stream, view, bucket, expected: place, found: canonical(value) });
      } else if (JSON.stringify(wanted) !== JSON.stringify(value) && canonical(wanted) !== canonical(value)) {
        at.own.add({ what: 'changed', stream, view, bucket, expected: canonical(wanted), found: canonical(value) });
      }
    }
    if (page.length < BUCKETS_PER_PAGE) break;
    after = page.at(-1)?.bucket;
  }
  for (const [bucket, value] of expected)
    at.own.add({ what: 'missing', stream, view, bucket, expected: canonical(value as Json) });
  return count;
}
