/** What a node of EventStoreDB keeps, in memory: streams, `$all` with its holes, and when an append is right, wrong or a repeat. */

/** An event that is to be written. */
export interface Proposed {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

/** An event in its place. */
export interface Recorded extends Proposed {
  readonly stream: string;
  readonly revision: bigint;
  readonly commit: bigint;
  readonly createdTicks: bigint;
}

export type Expected = 'any' | 'no_stream' | 'stream_exists' | bigint;

/** What became of an append. `last` is the revision that its events end with, or where the stream is. */
export type Written =
  | { readonly kind: 'written'; readonly last: bigint; readonly commit: bigint }
  | { readonly kind: 'wrong'; readonly last: bigint | undefined }
  | { readonly kind: 'deleted' };

/** The log of a node, or of a cluster. */
export interface DoubleLog {
  readonly all: readonly Recorded[];
  append(stream: string, events: readonly Proposed[], expected: Expected): Written;
  /** The events that reading a stream shows: those that are cut off are not among them. */
  shown(stream: string): readonly Recorded[];
  isDeleted(stream: string): boolean;
  /** Writes a stream's metadata, as the server's own pages do: `{ $tb: 3 }` cuts off what comes before revision 3. */
  setMetadata(stream: string, metadata: Readonly<Record<string, number>>): void;
  /** Deletes a stream for good. */
  tombstone(stream: string): void;
  /** Removes what is cut off from `$all` too. */
  scavenge(): void;
  /** Calls when something was written, until the given function is called. */
  watch(listener: () => void): () => void;
}

const LAST_REVISION = 9_223_372_036_854_775_807n;
const TICKS_OF_1970 = 621_355_968_000_000_000n;

function proposed(type: string, data: unknown): Proposed {
  const contentType = 'application/json';
  return { id: crypto.randomUUID(), type, contentType, data: Buffer.from(JSON.stringify(data)), metadata: new Uint8Array() };
}

/**
 * Makes an empty log. Between the appends it writes what a server writes by itself, and what another application would.
 */
export function createDoubleLog({ noisy = true }: { readonly noisy?: boolean } = {}): DoubleLog {
  let all: Recorded[] = [];
  const streams = new Map<string, Recorded[]>();
  const deleted = new Set<string>();
  const listeners = new Set<() => void>();
  let commit = 0n;
  let appends = 0;

  const cutOff = (stream: string): bigint => {
    const metadata = streams.get(`$$${stream}`)?.at(-1);
    const said = metadata === undefined ? {} : (JSON.parse(Buffer.from(metadata.data).toString()) as Record<string, number>);
    const kept = streams.get(stream) ?? [];
    const byCount = said['$maxCount'] === undefined ? 0n : BigInt(Math.max(kept.length - said['$maxCount'], 0));
    const before = BigInt(said['$tb'] ?? 0);
    return before > byCount ? before : byCount;
  };

  const record = (stream: string, event: Proposed, revision: bigint): Recorded => {
    // Positions are bytes of a file: they jump by what was written.
    commit += 137n + BigInt(event.data.length + event.metadata.length + stream.length);
    const recorded = { ...event, stream, revision, commit, createdTicks: BigInt(Date.now()) * 10_000n + TICKS_OF_1970 };
    all.push(recorded);
    return recorded;
  };

  const write = (stream: string, events: readonly Proposed[]): void => {
    const kept = streams.get(stream) ?? [];
    streams.set(stream, kept);
    for (const event of events) kept.push(record(stream, event, BigInt(kept.length)));
  };

  const makeNoise = (): void => {
    appends += 1;
    if (!noisy) return;
    if (appends % 3 === 1) write('$stats-127.0.0.1:2113', [proposed('$statsCollected', { 'proc-cpu': appends })]);
    if (appends % 7 === 1) write('shop-orders', [proposed('OrderPlaced', { order: appends })]);
    if (appends % 11 === 1) write('$$shop-orders', [proposed('$metadata', { $acl: { $r: '$all' } })]);
  };

  const isRepeat = (kept: readonly Recorded[], events: readonly Proposed[], first: bigint): boolean =>
    events.every(({ id }, at) => kept[Number(first) + at]?.id === id);

  return {
    get all() {
      return all;
    },
    append(stream, events, expected) {
      if (deleted.has(stream)) return { kind: 'deleted' };
      const kept = streams.get(stream) ?? [];
      const last = BigInt(kept.length) - 1n;
      const wrong: Written = { kind: 'wrong', last: kept.length === 0 ? undefined : last };
      const softly = kept.length > 0 && cutOff(stream) > last;
      if (expected === 'stream_exists' && (kept.length === 0 || softly)) return wrong;
      if (expected !== 'any' && expected !== 'stream_exists') {
        const wanted = expected === 'no_stream' ? -1n : expected;
        if (wanted > last) return wrong;
        if (wanted < last) {
          // An append that was done is done: the same ids in the same places are answered like the first time.
          if (isRepeat(kept, events, wanted + 1n)) {
            const end = wanted + BigInt(events.length);
            return { kind: 'written', last: end, commit: kept[Number(end)]?.commit ?? 0n };
          }
          if (!(expected === 'no_stream' && softly)) return wrong;
        }
      }
      makeNoise();
      write(stream, events);
      for (const listener of listeners) listener();
      return { kind: 'written', last: last + BigInt(events.length), commit };
    },
    shown: (stream) => (streams.get(stream) ?? []).filter(({ revision }) => revision >= cutOff(stream)),
    isDeleted: (stream) => deleted.has(stream),
    setMetadata(stream, metadata) {
      write(`$$${stream}`, [proposed('$metadata', metadata)]);
      for (const listener of listeners) listener();
    },
    tombstone(stream) {
      deleted.add(stream);
      record(stream, proposed('$streamDeleted', {}), LAST_REVISION);
      for (const listener of listeners) listener();
    },
    scavenge() {
      all = all.filter(({ stream, revision }) => !deleted.has(stream) || revision === LAST_REVISION);
      all = all.filter(({ stream, revision }) => revision >= cutOff(stream));
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
