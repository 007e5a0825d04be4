import { signal } from '@preact/signals';
import { v7 as uuid } from 'uuid';
import { LineDown, Problem, send, type Write } from '../api/client.ts';
import { lineIsDown, lineIsUp } from './line.ts';

/** Keys of writes whose outcome is not known yet; while there are any, the page says so. */
export const inDoubt = signal<readonly string[]>([]);

const DELAYS_MS = [400, 1_200, 3_000] as const;
const ASK_AGAIN = new Set(['outcome-unknown', 'time-out', 'storage-busy', 'rate-limited']);

/** Begins with its time, which stores like (`eventIdsOf`). */
export const newKey = (): string => uuid();

function isDoubtful(error: unknown): error is Problem | LineDown {
  if (error instanceof LineDown) return true;
  return error instanceof Problem && ASK_AGAIN.has(error.code);
}

function setDoubt(key: string, doubt: boolean): void {
  const others = inDoubt.peek().filter((each) => each !== key);
  if (doubt) inDoubt.value = [...others, key];
  else if (others.length !== inDoubt.peek().length) inDoubt.value = others;
}

/**
 * Sends a write until its outcome is known: the same key goes out again, so there is never a second effect.
 * Throws the `Problem` when the service refuses, `LineDown` when nobody answers for a while.
 */
export async function perform<T>(write: Write): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const answer = await send<T>(write);
      setDoubt(write.key, false);
      lineIsUp();
      return answer;
    } catch (error) {
      const delayMs = DELAYS_MS[attempt];
      if (!isDoubtful(error) || delayMs === undefined || !navigator.onLine) {
        setDoubt(write.key, false);
        if (error instanceof LineDown) lineIsDown();
        throw error;
      }
      setDoubt(write.key, true);
      await pause(error instanceof Problem ? (error.retryAfterMs ?? delayMs) : delayMs);
    }
  }
}

async function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
