/** The writing half in a thread of its own, as seen by the caller: one message a batch. */
import { StoreError } from '@kakeibo/core';

import type { Verdict } from '../sql/judge.ts';
import type { SqlWriter } from '../sql/writer.ts';
import type { WriterOptions } from './local-writer.ts';
import type { Task } from './thread-messages.ts';
import { startThread, ThreadDied } from './thread.ts';
import type { Thread } from './thread.ts';

/**
 * Opens the file for writing in a thread of its own. A thread that dies is replaced by the next task; appends that it took
 * along are looked up by the new one.
 *
 * @example
 * const writer = await openThreadWriter({ file: 'ledger.db', busyTimeoutMs: 5_000 });
 */
export async function openThreadWriter(options: WriterOptions): Promise<SqlWriter> {
  const start = (): Promise<Thread> => {
    const starting: Promise<Thread> = startThread(options, () => {
      if (thread === starting) thread = undefined;
    });
    return starting;
  };
  let thread: Promise<Thread> | undefined;
  thread = start();
  await thread.catch((error: unknown) => {
    throw error instanceof ThreadDied ? new StoreError('unavailable', error.message, { cause: error.cause }) : error;
  });

  const ask = async (task: Task): Promise<unknown> => (await (thread ??= start())).ask(task);

  /** For what may be done twice, or is found out to have been done. */
  const askAgain = async (task: Task, after: unknown): Promise<unknown> => {
    try {
      return await ask(task);
    } catch (cause) {
      throw new StoreError('outcome-unknown', 'the writing thread died, and no new one can look', { cause: cause ?? after });
    }
  };
  const unlessDied = async (task: Task): Promise<unknown> => {
    try {
      return await ask(task);
    } catch (error) {
      if (!(error instanceof ThreadDied)) throw error;
      throw new StoreError('outcome-unknown', error.message, { cause: error });
    }
  };

  return {
    async commit(batch, nowMs) {
      try {
        return (await ask({ kind: 'commit', batch, nowMs })) as readonly Verdict[];
      } catch (error) {
        if (!(error instanceof ThreadDied)) throw error;
        return (await askAgain({ kind: 'resolve', batch }, error)) as readonly Verdict[];
      }
    },
    resolve: async (batch) => (await unlessDied({ kind: 'resolve', batch })) as readonly Verdict[],
    save: async (save) => (await unlessDied({ kind: 'save', save })) as 'saved' | 'stale',
    drop: async (view, stream) => void (await unlessDied({ kind: 'drop', view, stream })),
    swap: async (name, seen, next) => (await unlessDied({ kind: 'swap', name, seen, next })) as boolean,
    progress: async (hold, handled) =>
      (await unlessDied({ kind: 'progress', hold, handled })) as 'committed' | 'fenced' | 'stale',
    settle: async (hold, name, ids) => (await unlessDied({ kind: 'settle', hold, name, ids })) as 'settled' | 'fenced',
    publish: async (stream, drafts) => void (await unlessDied({ kind: 'publish', stream, drafts })),
    probe: async () => void (await unlessDied({ kind: 'probe' })),
    async close() {
      if (thread !== undefined) await ask({ kind: 'close' }).catch(ignoreDeath);
    },
  };
}

/** A dead thread holds nothing that could be closed. */
function ignoreDeath(error: unknown): void {
  if (!(error instanceof ThreadDied)) throw error;
}
