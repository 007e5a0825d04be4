/** Connections that are in use, locks that are held, and transactions that the server takes back. */
import { setTimeout as sleep } from 'node:timers/promises';

import { openMysql } from '@kakeibo/adapters/mysql';
import { describe, expect, test } from 'vitest';

import type { TestServer } from '../servers/mysql-servers.ts';
import { beside, logOf, noted, storesOn } from './mysql-stores.ts';

/** Describes connections to a server. */
export function describeConnections(server: () => Promise<TestServer>): void {
  const withStore = storesOn(server);

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
        { readers: 1, acquireTimeoutMs: 500, queryTimeoutMs: 2_000 },
      ));
  });
}

/** Describes locks on a server. */
export function describeLocks(server: () => Promise<TestServer>): void {
  const withStore = storesOn(server);

  /** Until somebody waits for a lock. */
  const waiting = async (url: string): Promise<void> => {
    const { execute } = await server();
    const name = new URL(url).pathname.slice(1);
    for (;;) {
      const rows = await execute(
        `SELECT trx_id FROM information_schema.innodb_trx JOIN information_schema.processlist ON id = trx_mysql_thread_id WHERE trx_state = 'LOCK WAIT' AND db = '${name}'`,
      );
      if (rows.length > 0) return;
      // The server looks anew only when nobody has asked for a tenth of a second.
      await sleep(150);
    }
  };

  describe('locks', () => {
    test('that are held for too long refuse an append as busy, and leave nothing behind', () =>
      withStore(
        async ({ store: { events }, url }) => {
          await beside(url, async (other) => {
            await other.query('START TRANSACTION');
            await other.query('SELECT * FROM log_turn FOR UPDATE');
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
              views: [{ view: 'a@1', expected, seen }],
              buckets: [{ view: 'a@1', bucket: 'b', value: seen }],
            });
          expect(await save(0, 1)).toBe('saved');
          await beside(url, async (other) => {
            await other.query('START TRANSACTION');
            await other.query("SELECT * FROM views WHERE view = 'a@1' FOR UPDATE");
            await expect(save(1, 2)).rejects.toMatchObject({ code: 'busy' });
            await other.query('ROLLBACK');
          });
          await events.append('wallet-1', noted(), { expected: 0 });
          const { seen, buckets } = await views.load('s', ['a@1'], [{ view: 'a@1', bucket: 'b' }]);
          expect([[...seen.values()], buckets.map(({ value }) => value)]).toEqual([[1], [1]]);
        },
        { busyTimeoutMs: 1_000 },
      ));

    test('on what is not there yet let one of two programs save a view, and tell the other', () =>
      withStore(async ({ store, url }) => {
        const other = await openMysql({ url });
        for (let round = 0; round < 30; round += 1) {
          const saves = [store, other].map(({ views }, at) =>
            views.save({
              stream: `s${round}`,
              views: ['a@1', 'b@1'].map((view) => ({ view, expected: 0, seen: 1 })),
              buckets: [{ view: 'a@1', bucket: 'b', value: at }],
            }),
          );
          expect((await Promise.all(saves)).toSorted()).toEqual(['saved', 'stale']);
        }
        await other.close();
      }));

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
          await other.query("INSERT INTO probe (id, body) VALUES (100, '')");
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
            await other.query('SELECT * FROM log_turn FOR UPDATE');
            const append = events.append('wallet-1', one, { expected: 0 });
            await expect(append).rejects.toMatchObject({
              code: 'unavailable',
              message: expect.stringContaining('within 1500 ms'),
            });
            await other.query('ROLLBACK');
          });
          expect(await logOf(events)).toEqual([]);
          expect(await events.append('wallet-1', one, { expected: 0 })).toMatchObject({ kind: 'appended' });
        },
        { queryTimeoutMs: 1_500, busyTimeoutMs: 10_000 },
      ));
  });
}
