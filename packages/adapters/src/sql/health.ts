/** Whether a store can be read and written now, found out by doing both. */
import { setTimeout as sleep } from 'node:timers/promises';

import type { SqlRunner } from './connection.ts';
import type { SqlWriter } from './writer.ts';

/** What a check found. `reason` says what failed, for an operator. */
export interface StoreHealth {
  readonly canRead: boolean;
  readonly canWrite: boolean;
  readonly reason?: string;
}

const SLOW = Symbol('slow');

/** Makes the check. Those who ask while one runs share it, so that asking often costs little. */
export function createHealthCheck(parts: {
  readonly reader: SqlRunner;
  /** A statement that reads and holds nobody off. */
  readonly look: string;
  readonly writer: Pick<SqlWriter, 'probe'>;
}): (options?: { readonly timeoutMs?: number }) => Promise<StoreHealth> {
  let probing: Promise<string | undefined> | undefined;

  const failure = (work: Promise<unknown>): Promise<string | undefined> =>
    work.then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
  // A write that hangs stays the one that is waited for: no second one is queued behind it.
  const probe = (): Promise<string | undefined> =>
    (probing ??= failure(parts.writer.probe()).finally(() => (probing = undefined)));

  return async ({ timeoutMs = 2_000 } = {}) => {
    const stop = new AbortController();
    const late = sleep(timeoutMs, SLOW, { signal: stop.signal, ref: false }).catch(() => SLOW);
    const inTime = async (work: Promise<string | undefined>): Promise<string | undefined> => {
      const outcome = await Promise.race([work, late]);
      return typeof outcome === 'symbol' ? `no answer within ${timeoutMs} ms` : outcome;
    };
    const [reading, writing] = await Promise.all([inTime(failure(parts.reader.query(parts.look))), inTime(probe())]);
    stop.abort();
    const reason = reading ?? writing;
    return {
      canRead: reading === undefined,
      canWrite: writing === undefined,
      ...(reason === undefined ? {} : { reason }),
    };
  };
}
