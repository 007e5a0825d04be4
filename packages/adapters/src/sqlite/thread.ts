/** A writing thread, as a function from tasks to answers. */
import { Worker } from 'node:worker_threads';

import { StoreError } from '@kakeibo/core';

import type { WriterOptions } from './local-writer.ts';
import { packAsked, unpackAnswered } from './thread-messages.ts';
import type { AnsweredMessage, Failure, Task } from './thread-messages.ts';

/** The thread's program lies beside this file, as source or built. */
const PROGRAM = new URL(import.meta.url.endsWith('.ts') ? './writer-thread.ts' : './writer-thread.js', import.meta.url);

/** The thread's program is a file, whatever the flags say with which this program was started (`--eval`, `--input-type`). */
const NO_FLAGS: string[] = [];

interface Pending {
  readonly answer: (value: unknown) => void;
  readonly refuse: (reason: unknown) => void;
}

/** A thread that is running, or has died. */
export interface Thread {
  ask(task: Task): Promise<unknown>;
}

/** The thread died before it answered. */
export class ThreadDied extends Error {
  override readonly name = 'ThreadDied';
}

/** Starts one, and resolves when it has the file open. `died` is called when it has ended, for whatever reason. */
export async function startThread(options: WriterOptions, died: () => void): Promise<Thread> {
  const worker = new Worker(PROGRAM, { workerData: options, name: 'kakeibo-writer', execArgv: NO_FLAGS });
  const pending = new Map<number, Pending>();
  let last = -1;
  let death: ThreadDied | undefined;

  const expect = (number: number): Promise<unknown> =>
    new Promise((answer, refuse) => {
      pending.set(number, { answer, refuse });
      // Only work under way keeps the program alive; an idle store does not.
      if (pending.size === 1) worker.ref();
    });
  worker.on('message', (message: AnsweredMessage) => {
    const answered = unpackAnswered(message);
    const waiting = pending.get(answered.number);
    pending.delete(answered.number);
    if (pending.size === 0) worker.unref();
    if ('failure' in answered) waiting?.refuse(errorOf(answered.failure));
    else waiting?.answer(answered.value);
  });
  let cause: unknown;
  worker.on('error', (error) => (cause = error));
  worker.on('exit', () => {
    death = new ThreadDied('the writing thread died', { cause });
    for (const { refuse } of pending.values()) refuse(death);
    pending.clear();
    died();
  });

  // The thread's first word is that the file is open, or why not.
  await expect((last += 1));
  return {
    ask(task) {
      if (death !== undefined) return Promise.reject(death);
      const answer = expect((last += 1));
      worker.postMessage(packAsked({ number: last, task }));
      return answer;
    },
  };
}

function errorOf({ code, message }: Failure): Error {
  return code === undefined ? new Error(message) : new StoreError(code, message);
}
