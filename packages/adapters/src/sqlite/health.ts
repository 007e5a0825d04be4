/** Whether the file can be read and written now, found out by doing both. */
import { setTimeout as sleep } from 'node:timers/promises';

import type { SqlRunner } from '../sql/connection.ts';
import type { SqlWriter } from '../sql/writer.ts';
import { sqliteDialect } from './dialect.ts';

/** What a check found. `reason` says what failed, for an operator. */
export interface SqliteHealth {
  readonly canRead: boolean;
  readonly canWrite: boolean;
  readonly reason?: string;
}

const SLOW = Symbol('slow');

/** Makes the check. Those who ask while one runs share it, so that asking often costs little. */
export function createHealthCheck(parts: {
  readonly reader: SqlRunner;
  readonly writer: Pick<SqlWriter, 'probe'>;
}): (options?: { readonly timeoutMs?: number }) => Promise<SqliteHealth> {
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
    const reading = await failure(parts.reader.query(sqliteDialect.head.select));
    const stop = new AbortController();
    const late = sleep(timeoutMs, SLOW, { signal: stop.signal, ref: false }).catch(() => SLOW);
    const outcome = await Promise.race([probe(), late]);
    stop.abort();
    const writing = typeof outcome === 'symbol' ? `no answer within ${timeoutMs} ms` : outcome;
    const reason = reading ?? writing;
    return {
      canRead: reading === undefined,
      canWrite: writing === undefined,
      ...(reason === undefined ? {} : { reason }),
    };
  };
}
