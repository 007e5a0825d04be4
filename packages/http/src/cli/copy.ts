import { copyLog, type Copied, type CopyProgress } from '@kakeibo/core';
import { readStoreAddress, type StoreAddress } from '../store-address.ts';
import { ConfigError } from '../config-error.ts';
import { EXIT, Failure } from './failure.ts';
import type { GivenTarget } from './given.ts';
import type { Output } from './output.ts';
import { openTarget } from './target.ts';

interface CopyCommand {
  readonly follow?: true;
  readonly fromPasswordFile?: string;
  readonly toPasswordFile?: string;
}

/** A SQL store takes appends in the order in which they are asked for, so many may be under way. */
const IN_FLIGHT = 64;

/** `kakeibo copy FROM TO`: all events of one store into another one, while the first may be written. */
export async function copy({ output, options }: GivenTarget<CopyCommand>, from = '', to = ''): Promise<number> {
  const addresses = [addressOf(from, 'FROM', options.fromPasswordFile), addressOf(to, 'TO', options.toPasswordFile)] as const;
  const [source, target] = addresses;
  if (source.shown === target.shown) throw new Failure('FROM and TO are the same store.', EXIT.usage);
  const read = await openTarget({ store: source }, { access: 'read', create: false, only: 'events' });
  try {
    const write = await openTarget({ store: target }, { create: true, only: 'events' });
    try {
      const bars = createBars(output);
      const copied = await copyLog(read.events, write.events, {
        onProgress: bars.update,
        inFlight: target.kind === 'esdb' ? 1 : IN_FLIGHT,
        ...(options.follow === true ? { until: untilStopped() } : {}),
      }).finally(bars.stop);
      return told(copied, addresses, output);
    } finally {
      await write.close();
    }
  } finally {
    await read.close();
  }
}

function addressOf(text: string, name: string, passwordFile = process.env['KAKEIBO_STORE_PASSWORD_FILE']): StoreAddress {
  try {
    return readStoreAddress(text, { name, ...(passwordFile === undefined || passwordFile === '' ? {} : { passwordFile }) });
  } catch (error) {
    if (error instanceof ConfigError) throw new Failure(error.message, EXIT.usage);
    throw error;
  }
}

function told(copied: Copied, [from, to]: readonly [StoreAddress, StoreAddress], output: Output): number {
  if (copied.kind === 'refused') {
    const { code, stream, version, message } = copied;
    const detail = `${message}. Copy into an empty store, or into one that holds the beginning of ${from.shown}.`;
    throw new Failure(detail, EXIT.refused, { code, stream, version, detail });
  }
  const { events, present, redated, moved, from: one, to: other } = copied;
  const streams = one.streams.map((stream, at) => ({ ...stream, copied: other.streams[at]?.sha256 === stream.sha256 }));
  const isEqual = streams.every((stream) => stream.copied) && (redated > 0 || moved > 0 || one.sha256 === other.sha256);
  const result = { from: from.shown, to: to.shown, events, present, redated, moved, equal: isEqual, sha256: one.sha256, streams };
  output.result(result, () => [
    `Copied ${events - present} events; ${to.shown} has ${events} in ${streams.length} streams, read back and ${isEqual ? 'equal' : 'not equal'}.`,
    `SHA-256 ${one.sha256}`,
    ...(redated === 0 ? [] : [`${redated} events could not keep the time at which they were recorded`]),
    ...(moved === 0 ? [] : [`${moved} events have another position there`]),
  ]);
  return isEqual ? 0 : EXIT.broken;
}

const LABELS = { compare: 'Compare', copy: 'Copy', verify: 'Verify' } as const;

/** A bar for each stage. */
function createBars(output: Output): { update(progress: CopyProgress): void; stop(): void } {
  let open: { readonly stage: CopyProgress['stage']; readonly bar: ReturnType<Output['progress']> } | undefined;
  return {
    update({ stage, done, total }) {
      if (open?.stage !== stage) {
        open?.bar.stop();
        open = { stage, bar: output.progress(LABELS[stage]) };
      }
      open.bar.update({ done, total: total ?? done });
    },
    stop: () => open?.bar.stop(),
  };
}

/** How often a process that follows is woken: a store that nobody writes to does not keep it alive. */
const AWAKE_MS = 60_000;

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    const awake = setInterval(() => undefined, AWAKE_MS);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        clearInterval(awake);
        resolve();
      });
    }
  });
}
