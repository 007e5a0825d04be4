/** Lines that are cut, locks that are held, and transactions that the server takes back. */
import { randomUUID } from 'node:crypto';

import { openMysql } from '@kakeibo/adapters/mysql';
import type { MysqlOptions } from '@kakeibo/adapters/mysql';
import type { EventStore, NewEvent } from '@kakeibo/core';
import { createConnection } from 'mysql2/promise';
import type { Connection } from 'mysql2/promise';
import { describe, expect, test } from 'vitest';

import { layLine } from '../servers/cut-line.ts';
import type { Line } from '../servers/cut-line.ts';
import type { TestServer } from '../servers/mysql-servers.ts';

const noted = (count = 2): readonly NewEvent[] =>
  Array.from({ length: count }, (_, note) => ({ id: randomUUID(), type: 'Noted', data: { note }, meta: {} }));

const logOf = async (events: EventStore): Promise<readonly string[]> =>
  (await events.readAll({ after: 0, limit: 1_000 })).map(({ id }) => id);

/** Runs work beside a connection of somebody else's. */
async function beside<Result>(url: string, work: (other: Connection) => Promise<Result>): Promise<Result> {
  const other = await createConnection(url);
  try {
    return await work(other);
  } finally {
    await other.end();
  }
}

/** Describes what happens on a server when something goes wrong. */
export function describeTroubles(server: () => Promise<TestServer>): void {
  const withStore = async (
    work: (to: {
      readonly store: Awaited<ReturnType<typeof openMysql>>;
      readonly line: Line;
      readonly url: string;
    }) => Promise<void>,
    options: MysqlOptions = {},
  ): Promise<void> => {
    const url = await (await server()).freshDatabase();
    const line = await layLine((await server()).port);
    const through = new URL(url);
    through.port = String(line.port);
    const store = await openMysql({ ...options, url: through.href });
    try {
      await work({ store, line, url });
    } finally {
      await store.close();
      await line.close();
    }
  };

  describe('a line that is cut at COMMIT', () => {
    test('after the server answered: the append is found to be there', () =>
      withStore(async ({ store: { events }, line }) => {
        const [one, two] = [noted(), noted()];
        line.cutNext('after COMMIT was answered');
        expect(await events.append('wallet-1', one, { expected: 0 })).toMatchObject({
          kind: 'appended',
          events: [{ position: 1 }, { position: 2 }],
        });
        expect(line.cuts()).toBe(1);
        expect(await events.append('wallet-1', two, { expected: 2 })).toMatchObject({ kind: 'appended' });
        expect(await logOf(events)).toEqual([...one, ...two].map(({ id }) => id));
      }));

    test('before the server heard of it: the old transaction is ended, and nothing was written', () =>
      withStore(async ({ store: { events }, line }) => {
        const one = noted();
        line.cutNext('before COMMIT arrives');
        await expect(events.append('wallet-1', one, { expected: 0 })).rejects.toMatchObject({ code: 'unavailable' });
        expect(line.cuts()).toBe(1);
        expect(await logOf(events)).toEqual([]);
        expect(await events.append('wallet-1', one, { expected: 0 })).toMatchObject({ kind: 'appended' });
      }));

    test('and nobody can be asked: the outcome is unknown until the same ids are sent again', () =>
      withStore(async ({ store: { events, check }, line }) => {
        for (const [at, cut] of (['after COMMIT was answered', 'before COMMIT arrives'] as const).entries()) {
          const one = noted();
          line.cutNext(cut);
          line.allow(false);
          await expect(events.append(`wallet-${at}`, one, { expected: 0 })).rejects.toMatchObject({ code: 'outcome-unknown' });
          expect(await check()).toMatchObject({ canWrite: false });
          line.allow(true);
          const kind = at === 0 ? 'repeated' : 'appended';
          expect(await events.append(`wallet-${at}`, one, { expected: 0 })).toMatchObject({ kind });
          expect(await check()).toEqual({ canRead: true, canWrite: true });
        }
      }));

    test('a batch finds out for each of its appends', () =>
      withStore(async ({ store: { events }, line }) => {
        const many = Array.from({ length: 20 }, () => noted(3));
        line.cutNext('after COMMIT was answered');
        const verdicts = await Promise.all(many.map((some, at) => events.append(`wallet-${at}`, some, { expected: 0 })));
        expect(verdicts.map(({ kind }) => kind)).toEqual(many.map(() => 'appended'));
        expect(await logOf(events)).toEqual(many.flat().map(({ id }) => id));
      }));

    test('a save of views: its caller is told that nobody knows', () =>
      withStore(async ({ store: { views }, line }) => {
        line.cutNext('after COMMIT was answered');
        const save = {
          stream: 's',
          views: [{ view: 'v@1', expected: 0, seen: 1 }],
          buckets: [{ view: 'v@1', bucket: 'b', value: 1 }],
        };
        await expect(views.save(save)).rejects.toMatchObject({ code: 'outcome-unknown' });
        expect(await views.save(save)).toBe('stale');
      }));
  });

  describe('connections', () => {
    test('that the server ended while they rested are made anew, without a word', () =>
      withStore(async ({ store: { events, views }, url }) => {
        const one = noted();
        await events.append('wallet-1', one, { expected: 0 });
        await Promise.all([1, 2, 3].map(() => logOf(events)));
        const { execute } = await server();
        const name = new URL(url).pathname.slice(1);
        const ours = await execute(`SELECT id AS id FROM information_schema.processlist WHERE db = '${name}'`);
        expect(ours.length).toBeGreaterThanOrEqual(2);
        for (const { id } of ours) await execute(`KILL ${String(id)}`);
        expect(await logOf(events)).toEqual(one.map(({ id }) => id));
        expect(await events.append('wallet-1', noted(), { expected: 2 })).toMatchObject({ kind: 'appended' });
        expect((await views.load('s', ['v@1'], [])).buckets).toEqual([]);
      }));

    test('are never more than was asked for', () =>
      withStore(
        async ({ store: { events }, url }) => {
          await events.append('wallet-1', noted(), { expected: 0 });
          await Promise.all(Array.from({ length: 50 }, () => logOf(events)));
          const name = new URL(url).pathname.slice(1);
          const { execute } = await server();
          expect(await execute(`SELECT id FROM information_schema.processlist WHERE db = '${name}'`)).toHaveLength(3);
        },
        { readers: 2 },
      ));

    test('are waited for no longer than was said', () =>
      withStore(
        async ({ store: { events }, url }) => {
          await beside(url, async (other) => {
            await other.query('LOCK TABLES events WRITE');
            const reads = await Promise.allSettled([logOf(events), logOf(events)]);
            expect(reads.map((read) => read.status === 'rejected' && read.reason.code)).toEqual(['unavailable', 'busy']);
            await other.query('UNLOCK TABLES');
          });
          expect(await logOf(events)).toEqual([]);
        },
        { readers: 1, acquireTimeoutMs: 300, queryTimeoutMs: 900 },
      ));
  });

  describe('locks', () => {
    test('that are held for too long refuse an append as busy, and leave nothing behind', () =>
      withStore(
        async ({ store: { events }, url }) => {
          await beside(url, async (other) => {
            await other.query('START TRANSACTION');
            await other.query('SELECT * FROM log_head FOR UPDATE');
            await expect(events.append('wallet-1', noted(), { expected: 0 })).rejects.toMatchObject({ code: 'busy' });
            await other.query('ROLLBACK');
          });
          expect(await events.append('wallet-1', noted(), { expected: 0 })).toMatchObject({ kind: 'appended' });
          expect(await logOf(events)).toHaveLength(2);
        },
        { busyTimeoutMs: 1_000 },
      ));

    test('that come half way take back the first half too', () =>
      withStore(
        async ({ store: { events, views }, url }) => {
          const save = (expected: number, seen: number) =>
            views.save({
              stream: 's',
              views: [
                { view: 'a@1', expected, seen },
                { view: 'b@1', expected, seen },
              ],
              buckets: [],
            });
          expect(await save(0, 1)).toBe('saved');
          await beside(url, async (other) => {
            await other.query('START TRANSACTION');
            await other.query("SELECT * FROM view_seen WHERE view = 'b@1' FOR UPDATE");
            await expect(save(1, 2)).rejects.toMatchObject({ code: 'busy' });
            await other.query('ROLLBACK');
          });
          await events.append('wallet-1', noted(), { expected: 0 });
          expect([...(await views.load('s', ['a@1', 'b@1'], [])).seen.values()]).toEqual([1, 1]);
        },
        { busyTimeoutMs: 1_000 },
      ));

    test('that two hold crosswise are a deadlock, and the save is done again', () =>
      withStore(async ({ store: { views }, url }) => {
        const save = (expected: number, seen: number) =>
          views.save({
            stream: 's',
            views: [
              { view: 'a@1', expected, seen },
              { view: 'b@1', expected, seen },
            ],
            buckets: [],
          });
        expect(await save(0, 1)).toBe('saved');
        await beside(url, async (other) => {
          await other.query('START TRANSACTION');
          // The one that changed less is taken back.
          await other.query("INSERT INTO probe (id, body) SELECT 100 + position, '' FROM log_head");
          for (let id = 200; id < 230; id += 1) await other.query('INSERT INTO probe (id, body) VALUES (?, ?)', [id, '']);
          await other.query("SELECT * FROM view_seen WHERE view = 'b@1' FOR UPDATE");
          const saving = save(1, 2);
          await waiting(url);
          await other.query("SELECT * FROM view_seen WHERE view = 'a@1' FOR UPDATE");
          await other.query('ROLLBACK');
          expect(await saving).toBe('saved');
        });
        expect([...(await views.load('s', ['a@1', 'b@1'], [])).seen.values()]).toEqual([2, 2]);
      }));

    test('a statement that is not answered in time costs its connection, and nothing was written', () =>
      withStore(
        async ({ store: { events }, url }) => {
          const one = noted();
          await beside(url, async (other) => {
            await other.query('START TRANSACTION');
            await other.query('SELECT * FROM log_head FOR UPDATE');
            const append = events.append('wallet-1', one, { expected: 0 });
            await expect(append).rejects.toMatchObject({
              code: 'unavailable',
              message: expect.stringContaining('within 700 ms'),
            });
            await other.query('ROLLBACK');
          });
          expect(await logOf(events)).toEqual([]);
          expect(await events.append('wallet-1', one, { expected: 0 })).toMatchObject({ kind: 'appended' });
        },
        { queryTimeoutMs: 700, busyTimeoutMs: 10_000 },
      ));
  });

  /** Until somebody waits for a lock. */
  const waiting = async (url: string): Promise<void> => {
    const { execute } = await server();
    const name = new URL(url).pathname.slice(1);
    for (;;) {
      const rows = await execute(
        `SELECT trx_id FROM information_schema.innodb_trx JOIN information_schema.processlist ON id = trx_mysql_thread_id WHERE trx_state = 'LOCK WAIT' AND db = '${name}'`,
      );
      if (rows.length > 0) return;
    }
  };
}
