/** `Streams.Read` of the double: a stream, `$all`, and `$all` as it goes on. */
import { status } from '@grpc/grpc-js';
import type { ServerWritableStream } from '@grpc/grpc-js';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';

import { failure } from './double-faults.ts';
import type { DoubleFaults } from './double-faults.ts';
import type { DoubleLog, Recorded } from './double-log.ts';
import { caughtUpMessage, checkpointMessage, confirmationMessage, eventMessage, notFoundMessage } from './double-messages.ts';

type Call = ServerWritableStream<ReadReq, ReadResp>;
type Options = NonNullable<ReturnType<ReadReq['getOptions']>>;

/** The server looks through so many events before it tells where it is, unless it is asked for another number. */
const WINDOW = 32;

async function send(call: Call, message: ReadResp): Promise<void> {
  if (call.write(message)) return;
  await new Promise<void>((resolve) => {
    const go = (): void => {
      call.off('drain', go).off('close', go).off('cancelled', go);
      resolve();
    };
    call.on('drain', go).on('close', go).on('cancelled', go);
  });
}

function matcher(options: Options): (event: Recorded) => boolean {
  const filter = options.getFilter();
  if (filter === undefined) return () => true;
  const byStream = filter.getStreamIdentifier();
  const expression = byStream ?? filter.getEventType();
  const regex = expression?.getRegex() ?? '';
  const prefixes = expression?.getPrefixList() ?? [];
  const matches = (text: string): boolean =>
    regex === '' ? prefixes.some((prefix) => text.startsWith(prefix)) : new RegExp(regex).test(text);
  return ({ stream, type }) => matches(byStream === undefined ? type : stream);
}

/** Answers a read. */
export async function answerRead(call: Call, log: DoubleLog, faults: DoubleFaults): Promise<void> {
  const options = call.request.getOptions();
  if (options === undefined) return void call.emit('error', failure(status.INVALID_ARGUMENT, 'no options'));
  const cut = (): void => void call.emit('error', failure(status.UNAVAILABLE, 'the connection was cut'));
  if (options.hasSubscription()) return follow(call, options, { log, faults, cut });
  if (faults.silent.has('read')) return;
  let failed = false;
  call.once('error', () => (failed = true));
  let left = Number(options.getCount());
  for (const event of chosen(call, options, log)) {
    if (left <= 0) break;
    if (faults.cutReads > 0 && left <= Number(options.getCount()) - faults.cutReadsAfter) {
      faults.cutReads -= 1;
      return cut();
    }
    left -= 1;
    await send(call, eventMessage(event));
  }
  await faults.beforeReadEnds?.();
  if (!failed && !call.destroyed) call.end();
}

function* chosen(call: Call, options: Options, log: DoubleLog): Iterable<Recorded> {
  const stream = options.getStream();
  const backwards = options.getReadDirection() === 1;
  if (stream === undefined) {
    const all = options.getAll();
    const from = all?.getPosition() === undefined ? undefined : BigInt(all.getPosition()?.getCommitPosition() ?? 0);
    // A read begins with the event at its position.
    if (backwards) return yield* log.all.filter(({ commit }) => from === undefined || commit <= from).reverse();
    if (all?.hasEnd() === true) return;
    return yield* from === undefined ? log.all : log.all.slice(indexOf(log.all, from));
  }
  const name = Buffer.from(stream.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString();
  if (log.isDeleted(name)) {
    call.emit('error', failure(status.FAILED_PRECONDITION, 'the stream is deleted', 'stream-deleted', { 'stream-name': name }));
    return;
  }
  const shown = log.shown(name);
  if (shown.length === 0) {
    call.write(notFoundMessage(name));
    return;
  }
  if (backwards) return yield* [...shown].reverse();
  const first = stream.hasRevision() ? BigInt(stream.getRevision()) : 0n;
  yield* shown.filter(({ revision }) => revision >= first);
}

/** The place of the first event at or after a position. */
function indexOf(all: readonly Recorded[], position: bigint): number {
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((all[middle]?.commit ?? 0n) < position) low = middle + 1;
    else high = middle;
  }
  return low;
}

async function follow(
  call: Call,
  options: Options,
  { log, faults, cut }: { readonly log: DoubleLog; readonly faults: DoubleFaults; readonly cut: () => void },
): Promise<void> {
  if (faults.silent.has('subscribe')) return;
  const filter = options.getFilter();
  const window = (filter?.hasMax() === true ? filter.getMax() : WINDOW) * (filter?.getCheckpointintervalmultiplier() ?? 1);
  const matches = matcher(options);
  const from = options.getAll()?.getPosition();
  // A subscription begins after its position.
  let position = from === undefined ? -1n : BigInt(from.getCommitPosition());
  let looked = 0;
  let more: (() => void) | undefined;
  const unwatch = log.watch(() => more?.());
  let ended = false;
  const stop = (): void => {
    ended = true;
    more?.();
  };
  call.on('cancelled', stop);
  faults.subscriptions.add(cut);
  call.on('close', stop);
  call.on('error', stop);
  await send(call, confirmationMessage());
  for (let live = false; !ended && !call.destroyed;) {
    const next = log.all.slice(indexOf(log.all, position + 1n));
    for (const event of next) {
      if (ended || call.destroyed) break;
      position = event.commit;
      looked += 1;
      if (matches(event)) await faults.beforeFollowed?.(event.id);
      if (matches(event)) await send(call, eventMessage(event));
      if (filter !== undefined && looked % window === 0) await send(call, checkpointMessage(position));
    }
    if (next.length === 0 && !live) {
      live = true;
      await send(call, caughtUpMessage());
    }
    if (next.length === 0) await new Promise<void>((resolve) => (more = resolve));
  }
  faults.subscriptions.delete(cut);
  unwatch();
}
