/** Users who may not do everything, and tables that are there already. */
import { randomUUID } from 'node:crypto';

import { openMysql } from '@kakeibo/adapters/mysql';
import { describe, expect, test } from 'vitest';

import type { TestServer } from '../servers/mysql-servers.ts';
import { newUser, refusal } from './mysql-refusals.ts';

const noted = (note: string) => [{ id: randomUUID(), type: 'Noted', data: { note }, meta: {} }];

/** Describes what is looked at in a database before the first entry. */
export function describeTables(server: () => Promise<TestServer>): void {
  const fresh = async (more = ''): Promise<string> => (await server()).freshDatabase(more);

  describe('opening a database', () => {
    test('a user who may only read is told so, and can open for reading', async () => {
      const url = await fresh();
      const reader = await newUser(await server(), 'SELECT', url);
      expect(await refusal({ url, ...reader })).toMatchObject({ code: 'read-only', message: expect.stringContaining('grant') });
      expect(await refusal({ url, ...reader, access: 'read' })).toMatchObject({ code: 'incompatible' });
      const { events, close } = await openMysql({ url });
      await events.append('wallet-1', noted('one'), { expected: 0 });
      await close();
      expect(await refusal({ url, ...reader })).toMatchObject({ code: 'read-only', message: expect.stringContaining('grant') });
      const open = await openMysql({ url, ...reader, access: 'read' });
      expect(open.settings.readOnly).toBe(true);
      expect(await open.events.readAll({ after: 0, limit: 10 })).toHaveLength(1);
      await expect(open.events.append('wallet-1', noted('two'), { expected: 1 })).rejects.toMatchObject({ code: 'read-only' });
      expect(await open.check()).toMatchObject({ canRead: true, canWrite: false });
      expect((await open.diagnose()).find(({ what }) => what === 'log')).toMatchObject({ state: 'ok' });
      await open.close();
    });

    test('a user who may not write one of the tables is told when it opens', async () => {
      const url = await fresh();
      await (await openMysql({ url })).close();
      const some = await newUser(await server(), 'SELECT, UPDATE, DELETE', url);
      expect(await refusal({ url, ...some })).toMatchObject({ code: 'read-only' });
      const enough = await newUser(await server(), 'SELECT, INSERT, UPDATE, DELETE', url);
      await (await openMysql({ url, ...enough })).close();
    });

    test("somebody else's table stays as it is, and nothing is made beside it", async () => {
      const url = await fresh();
      const name = new URL(url).pathname.slice(1);
      const { execute } = await server();
      await execute(`CREATE TABLE ${name}.views (id INT PRIMARY KEY, title VARCHAR(20))`);
      expect(await refusal({ url })).toMatchObject({ code: 'incompatible', message: expect.stringContaining('views') });
      expect(await execute(`SHOW TABLES FROM ${name}`)).toHaveLength(1);
    });

    test('a schema of a newer program is refused', async () => {
      const url = await fresh();
      await (await openMysql({ url })).close();
      await (await server()).execute(`UPDATE ${new URL(url).pathname.slice(1)}.kakeibo_schema SET version = 99`);
      expect(await refusal({ url })).toMatchObject({ code: 'incompatible', message: expect.stringContaining('newer program') });
      expect(await refusal({ url, access: 'read' })).toMatchObject({ code: 'incompatible' });
    });

    test("a database's own character set does not matter", async () => {
      const { events, diagnose, close } = await openMysql({ url: await fresh('CHARACTER SET latin1 COLLATE latin1_swedish_ci') });
      for (const stream of ['ü', 'Ü', 'u', 'u ', '家計簿 🧾'])
        expect(await events.append(stream, noted('家計簿 🧾'), { expected: 0 })).toMatchObject({ kind: 'appended' });
      const log = await events.readAll({ after: 0, limit: 10 });
      expect(log.map(({ stream, data }) => [stream, data['note']])).toEqual(
        ['ü', 'Ü', 'u', 'u ', '家計簿 🧾'].map((stream) => [stream, '家計簿 🧾']),
      );
      expect((await diagnose()).find(({ what }) => what === 'character set')?.message).toContain('latin1');
      await close();
    });

    test('buckets that are too large together for one packet are saved at once', async () => {
      const { views, close } = await openMysql({ url: await fresh() });
      const buckets = Array.from({ length: 128 }, (_, at) => ({ view: 'a@1', bucket: `b${at}`, value: 'é'.repeat(70_000 + at) }));
      const save = { stream: 's', views: [{ view: 'a@1', expected: 0, seen: 1 }], buckets };
      expect(await views.save(save)).toBe('saved');
      const ends = [buckets[0], buckets[127]].flatMap((bucket) => bucket ?? []);
      expect((await views.load('s', ['a@1'], ends)).buckets).toEqual(ends);
      await close();
    });

    test('programs that start at once make the tables once', async () => {
      const url = await fresh();
      const opened = await Promise.all(Array.from({ length: 4 }, () => openMysql({ url })));
      const verdicts = await Promise.all(opened.map(({ events }, at) => events.append(`s${at}`, noted('x'), { expected: 0 })));
      expect(verdicts.map(({ kind }) => kind)).toEqual(verdicts.map(() => 'appended'));
      await Promise.all(opened.map(({ close }) => close()));
    });

    test('everything that an operator should know is looked at', async () => {
      const { engine } = await server();
      const { diagnose, settings, close } = await openMysql({ url: await fresh() });
      expect(settings).toMatchObject({ engine, readOnly: false, server: expect.stringMatching(/^127.0.0.1:\d+$/) });
      const found = await diagnose();
      expect(found.filter(({ state }) => state !== 'ok')).toEqual([]);
      expect(found.map(({ what }) => what)).toEqual(
        expect.arrayContaining([
          'version',
          'TLS',
          'innodb_flush_log_at_trx_commit',
          'sync_binlog',
          "the server's clock",
          'schema',
          'log',
        ]),
      );
      await close();
    });
  });
}
