/** A program that works by a lease until it is killed: `node lease-worker.ts '{…}'` */
import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { openSqlite } from '@kakeibo/adapters/sqlite';
import { createRunner, reactionList } from '@kakeibo/core';
import type { ToDoList } from '@kakeibo/core';

/** What to do. */
export interface WorkerOrder {
  readonly file: string;
  /** Where it notes what it does, a line each. */
  readonly notes: string;
  readonly ttlMs: number;
}

const order = JSON.parse(process.argv[2] ?? '') as WorkerOrder;
const { events, leases, outbox } = await openSqlite({ file: order.file });

/** One system call a line, so that the lines of all programs stand in the order in which they were written. */
function note(what: 'begin' | 'end' | 'fenced', token: number): void {
  appendFileSync(order.notes, `${what} ${token} ${process.pid}\n`);
}

/** Each event calls for two mails. */
const mails = reactionList({
  store: events,
  outbox,
  reaction: { name: 'mail', from: 'start', messagesFor: () => ['a', 'b'].map((copy) => ({ type: 'Mail', data: { copy } })) },
});

/** The same with what no two may be in at once, from begin to end. */
const critical: ToDoList = {
  isMoved: mails.isMoved,
  async tasks() {
    return (await mails.tasks()).map(({ key, run }) => ({
      key,
      async run(hold) {
        const token = hold?.token ?? 0;
        note('begin', token);
        await sleep(60);
        try {
          await run(hold);
          note('end', token);
        } catch (error) {
          note('fenced', token);
          throw error;
        }
      },
    }));
  },
};

const runner = createRunner({
  store: events,
  lists: [critical],
  timer: { sleep: (ms) => sleep(ms) },
  lease: {
    store: leases,
    holder: `${process.pid} ${randomUUID()}`,
    stopwatch: { elapsedMs: () => performance.now() },
    ttlMs: order.ttlMs,
  },
});
runner.start();
