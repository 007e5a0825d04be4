/** Lines that are cut. */
import { openMysql } from '@kakeibo/adapters/mysql';
import { describe, expect, test } from 'vitest';

import { layLine } from '../servers/cut-line.ts';
import type { TestServer } from '../servers/mysql-servers.ts';
import { logOf, noted, storesOn, through } from './mysql-stores.ts';

/** Describes what comes of a line to a server that is cut. */
export function describeCuts(server: () => Promise<TestServer>): void {
  const withStore = storesOn(server);

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

  describe('a program that dies while it makes the tables', () => {
    test('leaves what the next one goes on with, wherever it was', async () => {
      const { port, freshDatabase } = await server();
      let isWhole = false;
      for (let packets = 7; !isWhole; packets += 5) {
        const url = await freshDatabase();
        const line = await layLine(port);
        line.cutAfter(packets);
        await openMysql({ url: through(url, line) }).then(
          ({ close }) => close(),
          (error: unknown) => expect(error).toMatchObject({ code: 'unavailable' }),
        );
        isWhole = line.cuts() === 0;
        await line.close();
        const { events, diagnose, close } = await openMysql({ url });
        expect(await events.append('wallet-1', noted(), { expected: 0 })).toMatchObject({ kind: 'appended' });
        expect((await diagnose()).filter(({ state }) => state !== 'ok')).toEqual([]);
        await close();
      }
    });
  });
}
