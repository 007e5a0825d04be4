/** Whether the server can be read and written now. */
import { setTimeout as sleep } from 'node:timers/promises';

import type { Connection } from './connection.ts';
import { failureOf, typeOf } from './failure.ts';
import type { Log } from './log.ts';

/** What a check found. `reason` says what failed, for an operator. */
export interface EventStoreHealth {
  readonly canRead: boolean;
  readonly canWrite: boolean;
  readonly reason?: string;
}

/** A revision that no stream has: the server's writer looks at it and refuses. */
const NEVER = 2 ** 52;

/**
 * Makes the check. The write is one that the leader must judge and refuse, so that nobody's log grows by being asked.
 *
 * @example
 * const { canRead, canWrite } = await createHealthCheck({ connection, log, ledger: 'kakeibo' })();
 */
export function createHealthCheck(parts: {
  readonly connection: Connection;
  readonly log: Log;
  readonly ledger: string;
}): (options?: { readonly timeoutMs?: number }) => Promise<EventStoreHealth> {
  const { connection, log, ledger } = parts;
  const failure = async (work: Promise<unknown>): Promise<string | undefined> => {
    try {
      await work;
      return undefined;
    } catch (error) {
      return typeOf(error) === 'wrong-expected-version' ? undefined : failureOf(error, connection.where).message;
    }
  };
  const written = async (timeoutMs: number): Promise<string | undefined> => {
    const probe = { id: crypto.randomUUID(), type: 'Probed', contentType: 'application/json' as const, data: {}, metadata: {} };
    return failure(connection.append(`${ledger}_probe`, [probe], NEVER, timeoutMs));
  };

  return async ({ timeoutMs = 2_000 } = {}) => {
    const late = sleep(timeoutMs, `no answer within ${timeoutMs} ms`, { ref: false });
    const [reading, writing] = await Promise.all([
      Promise.race([failure(log.catchUp()), late]),
      Promise.race([written(timeoutMs), late]),
    ]);
    const reason = reading ?? writing;
    return {
      canRead: reading === undefined,
      canWrite: writing === undefined,
      ...(reason === undefined ? {} : { reason }),
    };
  };
}
