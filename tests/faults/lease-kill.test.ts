import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { openSqlite, type Sqlite } from '@kakeibo/adapters/sqlite';
import { expect, onTestFinished, test } from 'vitest';

import type { WorkerOrder } from './lease-worker.ts';

const WORKER = fileURLToPath(new URL('./lease-worker.ts', import.meta.url));

/** How often the holder is killed. */
const KILLS = Number(process.env['KAKEIBO_LEASE_KILLS'] ?? 10);
// The fourth part of it is what a program may be kept from its processor without anybody seeing two of them inside.
const TTL_MS = Number(process.env['KAKEIBO_LEASE_TTL_MS'] ?? 3_000);

interface Note {
  readonly what: string;
  readonly token: number;
  readonly pid: number;
}

/** A file, programs that work on it by one lease, and what they noted. */
async function openPlace() {
  const folder = mkdtempSync(join(tmpdir(), 'kakeibo-lease-'));
  const order: WorkerOrder = { file: join(folder, 'ledger.db'), notes: join(folder, 'notes'), ttlMs: TTL_MS };
  const sqlite = await openSqlite({ file: order.file, busyTimeoutMs: 60_000 });
  const children = new Map<number, ChildProcess>();
  onTestFinished(async () => {
    for (const child of children.values()) child.kill('SIGKILL');
    await sqlite.close();
    rmSync(folder, { recursive: true });
  });
  const notes = (): readonly Note[] =>
    (existsSync(order.notes) ? readFileSync(order.notes, 'utf8') : '')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split(' '))
      .map(([what = '', token, pid]) => ({ what, token: Number(token), pid: Number(pid) }));
  return {
    sqlite,
    notes,
    start(): void {
      const child = spawn(process.execPath, [WORKER, JSON.stringify(order)], { stdio: ['ignore', 'ignore', 'inherit'] });
      children.set(child.pid ?? 0, child);
    },
    /** Stops a program where it is, but not in the midst of a write: the file would be locked for as long as it stands. */
    async stop(child: ChildProcess): Promise<void> {
      const database = new DatabaseSync(order.file, { timeout: 500 });
      for (;;) {
        child.kill('SIGSTOP');
        // Its threads take a moment to hear of it.
        await sleep(20);
        try {
          database.exec('BEGIN IMMEDIATE; ROLLBACK');
          database.close();
          return;
        } catch {
          child.kill('SIGCONT');
          await sleep(7);
        }
      }
    },
    /** The program that holds the lease, when it is a term after this one. */
    async holder(afterToken: number): Promise<{ readonly child: ChildProcess; readonly token: number }> {
      for (;;) {
        const lease = await sqlite.leases.read('runner');
        const child = children.get(Number(lease?.holder?.split(' ')[0]));
        if (lease !== undefined && child !== undefined && lease.token > afterToken) return { child, token: lease.token };
        await sleep(5);
      }
    },
  };
}

/** Appends for as long as the test runs; what was acknowledged is in `ids`. */
function appending({ events }: Sqlite): { readonly ids: string[]; stop(): Promise<void> } {
  const ids: string[] = [];
  let isStopped = false;
  const running = (async () => {
    while (!isStopped) {
      const id = randomUUID();
      await events.append('a', [{ id, type: 'Noted', data: {}, meta: {} }], { expected: ids.length });
      ids.push(id);
      await sleep(10);
    }
  })();
  // What it fails with is told when it is stopped.
  running.catch(() => undefined);
  return {
    ids,
    async stop() {
      isStopped = true;
      await running;
    },
  };
}

/** Every event is in the outbox, once, in order, and the checkpoint is at the end. */
async function expectAllHandled({ outbox }: Sqlite, ids: readonly string[]): Promise<void> {
  await expect.poll(() => outbox.checkpoint('mail')).toBe(ids.length);
  const wanted = ids.flatMap((id) => [`${id}/0`, `${id}/1`]);
  expect((await outbox.pending('mail', 10_000)).slice(0, wanted.length).map(({ id }) => id)).toEqual(wanted.slice(0, 10_000));
}

/** Nobody begins while another is inside, and no term comes back; who was killed inside never ends. */
function expectApart(notes: readonly Note[]): void {
  let inside: Note | undefined;
  let highest = 0;
  for (const note of notes) {
    if (note.what === 'begin') {
      expect(note.token, 'a term that is over does not come back').toBeGreaterThanOrEqual(highest);
      if (inside !== undefined) expect(note.token, 'it began while another was inside').toBeGreaterThan(inside.token);
      [inside, highest] = [note, note.token];
    } else {
      expect({ pid: note.pid, token: note.token }, 'it ended while another was inside').toEqual({
        pid: inside?.pid,
        token: inside?.token,
      });
      inside = undefined;
    }
  }
}

test(
  'the holder of a lease is killed again and again: nothing is lost or doubled, and two never work at once',
  async () => {
    const place = await openPlace();
    for (let programs = 0; programs < 3; programs += 1) place.start();
    let { child, token } = await place.holder(0);
    const { ids, stop } = appending(place.sqlite);
    const tookMs: number[] = [];
    for (let kill = 0; kill < KILLS; kill += 1) {
      await sleep((kill * 37) % 400);
      const killedMs = performance.now();
      child.kill('SIGKILL');
      place.start();
      ({ child, token } = await place.holder(token));
      tookMs.push(performance.now() - killedMs);
    }
    await stop();
    await expectAllHandled(place.sqlite, ids);
    expectApart(place.notes());
    expect(new Set(place.notes().map(({ pid }) => pid)).size).toBeGreaterThan(1);
    const sorted = tookMs.toSorted((a, b) => a - b).map(Math.round);
    console.log(
      `lease of ${TTL_MS} ms, ${KILLS} kills: taken over after ${sorted[0]} to ${sorted.at(-1)} ms (median ${sorted[sorted.length >> 1]}); ${ids.length} events, ${place.notes().length} notes`,
    );
  },
  60_000 + KILLS * TTL_MS * 10,
);

test('a holder that is stopped for longer than its lease writes nothing when it goes on', async () => {
  const place = await openPlace();
  place.start();
  let { child, token } = await place.holder(0);
  place.start();
  const { ids, stop } = appending(place.sqlite);
  const begunIn = async (term: number): Promise<void> => {
    await expect.poll(() => place.notes().some((note) => note.token === term)).toBe(true);
  };
  for (let stops = 0; stops < 2; stops += 1) {
    await begunIn(token);
    await sleep(200 + stops * 7);
    await place.stop(child);
    const stopped = { child, token };
    ({ child, token } = await place.holder(token));
    await begunIn(token);
    const before = place.notes().length;
    stopped.child.kill('SIGCONT');
    await sleep(TTL_MS / 2);
    const late = place
      .notes()
      .slice(before)
      .filter((note) => note.token <= stopped.token);
    // What it was inside of is refused, or was committed before it was stopped; it begins nothing more.
    expect(late.filter(({ what }) => what === 'begin')).toEqual([]);
    expect(late.length).toBeLessThanOrEqual(1);
  }
  await stop();
  await expectAllHandled(place.sqlite, ids);
  expect(new Set(place.notes().map((note) => note.token)).size).toBeGreaterThan(2);
});
