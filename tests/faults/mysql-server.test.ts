import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { openMysql } from '@kakeibo/adapters/mysql';
import { createConnection } from 'mysql2/promise';
import type { Connection } from 'mysql2/promise';
import { describe, expect, onTestFinished, test } from 'vitest';

import { mariadbServer, mysqlServer, serverOf } from '../servers/mysql-servers.ts';
import { isInstalled } from '../servers/programs.ts';
import { startServer } from '../servers/start.ts';
import type { AppenderLine } from './appender.ts';
import { expectSound, wholeLog } from './history.ts';
import { tell } from './kill-cycles.ts';
import { startProxy } from './proxy.ts';
import { notRun } from './sqlite-mounts.ts';
import { batchOf, tally, write } from './writing.ts';

/** How often the server is killed. */
const SERVER_KILLS = Number(process.env['KAKEIBO_SERVER_KILLS'] ?? 4);

const engines = [
  ['mysql', mysqlServer],
  ['mariadb', mariadbServer],
] as const;

for (const [engine, server] of engines) {
  const has = isInstalled(engine);
  const missing = (name: string): void => notRun(name, `there is no ${engine} here`);
  /** A connection past the store. */
  const byHand = async (url: string): Promise<Connection> => {
    const connection = await createConnection({ uri: url });
    onTestFinished(() => connection.destroy());
    return connection;
  };

  describe(`a ${engine} in trouble`, () => {
    test('the server is killed under its writers, and has everything that it acknowledged when it is back', async () => {
      if (!has) return missing('kill -9 of the server');
      const folder = mkdtempSync(join(tmpdir(), `kakeibo-killed-${engine}-`));
      let started = await startServer(engine, { folder });
      onTestFinished(() => {
        process.kill(started.pid, 'SIGKILL');
        rmSync(folder, { recursive: true, force: true });
      });
      const url = await serverOf(started).freshDatabase();
      const { events, close } = await openMysql({ url, queryTimeoutMs: 5_000 });
      const lines: AppenderLine[] = [];
      let isOver = false;
      const goesOn = (): boolean => !isOver;
      const writers = ['a', 'b', 'c'].map((stream) => write(events, { stream, events: 2, goesOn }, lines));
      for (let kills = 0; kills < SERVER_KILLS; kills += 1) {
        const before = lines.filter(({ answer }) => answer === 'appended').length;
        while (lines.filter(({ answer }) => answer === 'appended').length < before + 20) await sleep(5);
        await sleep((kills * 13) % 50);
        process.kill(started.pid, 'SIGKILL');
        await sleep(300);
        started = await startServer(engine, { folder, port: started.port });
      }
      await sleep(200);
      isOver = true;
      await Promise.all(writers);
      const log = await wholeLog(events);
      tell(`${engine}: server killed ${SERVER_KILLS} times`, { stored: log.length, ...tally(lines) });
      expectSound(log, lines, 2);
      await close();
    });

    test('a server that is away at the start is told of by its address, and found when it is there', async () => {
      if (!has) return missing('a server that is away');
      const { port, freshDatabase } = await server();
      const url = new URL(await freshDatabase());
      const proxy = await startProxy(port);
      onTestFinished(() => proxy.close());
      url.port = String(proxy.port);
      proxy.off();
      const refused = await openMysql({ url: url.href, connectTimeoutMs: 5_000 }).catch((error: unknown) => error);
      expect(refused).toMatchObject({ code: 'unavailable', message: expect.stringContaining(`127.0.0.1:${proxy.port}`) });
      expect(JSON.stringify([String(refused), refused])).not.toContain(url.password);
      await proxy.on();
      const { events, check, close } = await openMysql({ url: url.href, connectTimeoutMs: 5_000 });
      expect((await events.append('a', batchOf(2), { expected: 0 })).kind).toBe('appended');
      // It goes away while it is open, and comes back.
      proxy.off();
      await sleep(20);
      expect(await check()).toMatchObject({ canRead: false, canWrite: false });
      await expect(events.append('a', batchOf(2), { expected: 2 })).rejects.toMatchObject({ code: 'unavailable' });
      await expect(events.read('a', { after: 0, limit: 10 })).rejects.toMatchObject({ code: 'unavailable' });
      await proxy.on();
      expect((await events.append('a', batchOf(2), { expected: 2 })).kind).toBe('appended');
      expect(await check()).toMatchObject({ canRead: true, canWrite: true });
      await close();
    });

    test('a server that has no connection left says so, and serves when one is free', async () => {
      if (!has) return missing('no connection left');
      const { freshDatabase, execute } = await server();
      const url = new URL(await freshDatabase());
      const user = `few_${process.pid}`;
      await execute(`CREATE USER ${user}@'%' IDENTIFIED BY 'few-secret' WITH MAX_USER_CONNECTIONS 2`);
      await execute(`GRANT ALL ON ${url.pathname.slice(1)}.* TO ${user}@'%'`);
      onTestFinished(async () => void (await execute(`DROP USER ${user}@'%'`)));
      url.username = user;
      url.password = 'few-secret';
      const { events, close } = await openMysql({ url: url.href, readers: 4 });
      expect((await events.append('a', batchOf(2), { expected: 0 })).kind).toBe('appended');
      const other = await byHand(url.href);
      const refusal = await events.read('a', { after: 0, limit: 10 }).catch((error: unknown) => error);
      expect(refusal).toMatchObject({ code: 'busy' });
      expect(String(refusal)).not.toContain('few-secret');
      expect((await events.append('a', batchOf(1), { expected: 2 })).kind, 'what is connected goes on').toBe('appended');
      await other.end();
      const seen = (): Promise<unknown> =>
        events.read('a', { after: 0, limit: 10 }).then(
          ({ length }) => length,
          (error: unknown) => error,
        );
      // The server takes a moment to see that one has gone.
      await expect.poll(seen).toBe(3);
      // More readers than the server lets in: some wait or are refused, none gets something wrong.
      const reads = await Promise.allSettled(Array.from({ length: 12 }, () => events.read('a', { after: 0, limit: 10 })));
      for (const read of reads) {
        if (read.status === 'fulfilled') expect(read.value.length).toBe(3);
        else expect(read.reason).toMatchObject({ code: 'busy' });
      }
      await close();
    });

    test('a head that is locked by another for longer than the time-out refuses appends as busy, and nothing is half done', async () => {
      if (!has) return missing('a lock that is held');
      const url = await (await server()).freshDatabase();
      const { events, check, close } = await openMysql({ url, busyTimeoutMs: 1_000 });
      await events.append('a', batchOf(2), { expected: 0 });
      const other = await byHand(url);
      await other.beginTransaction();
      await other.query('SELECT * FROM log_turn WHERE id = 1 FOR UPDATE');
      const results = await Promise.allSettled(['a', 'b'].map((stream) => events.append(stream, batchOf(3), { expected: 2 })));
      expect(results.map((result) => result.status === 'rejected' && (result.reason as { code?: unknown }).code)).toEqual([
        'busy',
        'busy',
      ]);
      expect((await wholeLog(events)).length).toBe(2);
      expect(await check()).toMatchObject({ canRead: true, canWrite: false });
      await other.rollback();
      expect((await events.append('a', batchOf(3), { expected: 2 })).kind).toBe('appended');
      expect((await wholeLog(events)).map(({ position }) => position)).toEqual([1, 2, 3, 4, 5]);
      await close();
    });

    test('a deadlock that it loses is tried again, and done once', async () => {
      if (!has) return missing('a deadlock');
      const url = await (await server()).freshDatabase();
      const { views, close } = await openMysql({ url });
      const one = { stream: 's', views: [{ view: 'a@1', expected: 0, seen: 1 }], buckets: [] };
      await views.save(one);
      await views.save({ ...one, views: [{ view: 'b@1', expected: 0, seen: 1 }] });
      const other = await byHand(url);
      await other.query('CREATE TABLE heavy (id INT PRIMARY KEY)');
      let deadlocks = 0;
      for (let seen = 1; seen <= 6; seen += 1) {
        await other.beginTransaction();
        // Who has changed more is not the one that a deadlock is solved with.
        await other.query(
          `INSERT INTO heavy VALUES ${Array.from({ length: 200 }, (_, at) => `(${seen * 1_000 + at})`).join(',')}`,
        );
        await other.query("SELECT * FROM view_seen WHERE view = 'b@1' FOR UPDATE");
        const saving = views.save({
          stream: 's',
          views: ['a@1', 'b@1'].map((view) => ({ view, expected: seen, seen: seen + 1 })),
          buckets: [],
        });
        await sleep(60);
        await other.query("SELECT * FROM view_seen WHERE view = 'a@1' FOR UPDATE").catch(() => (deadlocks += 1));
        await other.rollback();
        expect(await saving).toBe('saved');
      }
      expect(deadlocks, 'the other one was never the victim').toBeLessThan(6);
      expect([...(await views.load('s', ['a@1', 'b@1'], [])).seen.values()]).toEqual([7, 7]);
      await close();
    });
  });
}
