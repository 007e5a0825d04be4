import { setTimeout as sleep } from 'node:timers/promises';
import { StoreError, type Diagnosis } from '@kakeibo/core';
import type { Logger } from 'pino';
import type { Store } from './stores.ts';

const TIMEOUT_MS = 10_000;

/**
 * Notes each setting of a store that leaves a promise weak or broken, a line each, in the words of `kakeibo doctor`. Looks at nothing that
 * takes the longer the larger a ledger is, and gives up after a time: whoever starts is not held up by it, and never fails for it.
 *
 * @example
 * void noteWeakSettings(store, logger);
 */
export async function noteWeakSettings(
  store: Pick<Store, 'diagnose'>,
  logger: Pick<Logger, 'warn' | 'isLevelEnabled'>,
  { timeoutMs = TIMEOUT_MS }: { readonly timeoutMs?: number } = {},
): Promise<void> {
  if (!logger.isLevelEnabled('warn')) return;
  const found = await settingsOf(store, timeoutMs);
  for (const { what, state, message } of found) if (state !== 'ok') logger.warn({ what, state, found: message }, 'durability');
}

async function settingsOf(store: Pick<Store, 'diagnose'>, timeoutMs: number): Promise<readonly Diagnosis[]> {
  const unknown = (why: string): readonly Diagnosis[] => [
    { what: 'settings', state: 'weak', message: `they could not be looked at (${why}): ask \`kakeibo doctor\`` },
  ];
  const stop = new AbortController();
  const late = sleep(timeoutMs, undefined, { signal: stop.signal, ref: false }).then(
    () => unknown(`no answer within ${timeoutMs} ms`),
    () => [],
  );
  try {
    return await Promise.race([store.diagnose({ depth: 'settings' }), late]);
  } catch (error) {
    // Of a cause nothing is told: a driver may keep in it what it was given.
    if (error instanceof StoreError && error.code === 'closed') return [];
    return unknown(error instanceof Error ? error.message : String(error));
  } finally {
    stop.abort();
  }
}
