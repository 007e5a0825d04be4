import { setTimeout as sleep } from 'node:timers/promises';

import { openMysql } from '@kakeibo/adapters/mysql';
import type { Mysql } from '@kakeibo/adapters/mysql';
import type { StoredEvent } from '@kakeibo/core';
import { createConnection } from 'mysql2/promise';
import type { Connection } from 'mysql2/promise';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';

import type { AppenderLine } from './appender.ts';
import { crossTransfers } from './crossing.ts';
import { GALERA_LOGIN, startGalera, whyNoGalera } from './galera.ts';
import type { Galera, GaleraNode } from './galera.ts';
import { expectSound, wholeLog } from './history.ts';
import { countFaults, NO_FAULT, tell } from './kill-cycles.ts';
import { notRun } from './sqlite-mounts.ts';
import { batchOf, tally, write } from './writing.ts';

/** How long the drill takes by hand; in CI each node is harmed once. */
const MINUTES = Number(process.env['KAKEIBO_GALERA_MINUTES'] ?? 0);

const missing = whyNoGalera();
let galera: Galera;
beforeAll(async () => {
  if (missing === undefined) galera = await startGalera();
});
afterAll(() => galera?.close());

const openOn = (node: GaleraNode, database: string = GALERA_LOGIN.database): Promise<Mysql> =>
  openMysql({ host: '127.0.0.1', port: node.port, ...GALERA_LOGIN, database, queryTimeoutMs: 8_000, busyTimeoutMs: 3_000 });

/** What a node has, asked until it answers. */
async function logOn(node: GaleraNode): Promise<readonly StoredEvent[]> {
  const { events, close } = await openOn(node);
  const log = await wholeLog(events);
  await close();
  return log;
}

test('what one node acknowledged the next read on another node sees', async () => {
  if (missing !== undefined) return notRun('reads behind writes on Galera', missing);
  const stores = await Promise.all(galera.nodes.map((node) => openOn(node)));
  for (let round = 0; round < 60; round += 1) {
    const [one, other] = [stores[round % 3], stores[(round + 1) % 3]];
    const result = await one?.events.append('seen', batchOf(1), { expected: round });
    expect(result).toMatchObject({ kind: 'appended' });
    expect((await other?.events.read('seen', { after: 0, limit: 1_000 }))?.length).toBe(round + 1);
  }
  await Promise.all(stores.map(({ close }) => close()));
});

test('of appends to one place on every node at once just one wins', async () => {
  if (missing !== undefined) return notRun('crossing appends on Galera', missing);
  const stores = await Promise.all(galera.nodes.map((node) => openOn(node)));
  for (let round = 0; round < 40; round += 1) {
    const results = await Promise.all(stores.map(({ events }) => events.append('one', batchOf(2), { expected: round * 2 })));
    expect(results.map(({ kind }) => kind).toSorted()).toEqual(['appended', 'conflict', 'conflict']);
  }
  await Promise.all(stores.map(({ close }) => close()));
});

test('transfers of two programs on two nodes cross, and each arrives once', async () => {
  if (missing !== undefined) return notRun('transfers that cross on Galera', missing);
  await galera.nodes[0]?.sql('CREATE DATABASE transfers');
  const [one, other] = await Promise.all(galera.nodes.slice(1).map((node) => openOn(node, 'transfers')));
  if (one === undefined || other === undefined) throw new Error('two nodes are needed');
  await crossTransfers([one.events, other.events], 40);
  await Promise.all([one.close(), other.close()]);
});

test('a place that was taken and given back on one node is refused to a transaction that wrote there on another', async () => {
  if (missing !== undefined) return notRun('the fence on Galera', missing);
  const [one, other] = galera.nodes as [GaleraNode, GaleraNode, GaleraNode];
  const { close } = await openOn(one);
  const connect = (node: GaleraNode): Promise<Connection> =>
    createConnection({ host: '127.0.0.1', port: node.port, ...GALERA_LOGIN });
  const [old, fence] = await Promise.all([connect(one), connect(other)]);
  const add =
    "INSERT INTO events (position, stream, version, id, type, data, meta, recorded_at) VALUES (9e9, ?, 1, ?, '', '', '', 0)";
  await old.beginTransaction();
  await old.execute(add, ['old', 'old']);
  await fence.beginTransaction();
  await fence.execute(add, ['', 'fence']);
  await fence.execute('DELETE FROM events WHERE position = 9e9');
  await fence.commit();
  await expect(old.commit()).rejects.toMatchObject({ code: 'ER_LOCK_DEADLOCK' });
  for (const connection of [old, fence]) {
    const [rows] = await connection.query('SELECT position FROM events WHERE position = 9e9');
    expect(rows).toEqual([]);
    await connection.end();
  }
  await close();
});

/** Cuts a node off; whatever comes, it is back when the test is over. */
async function cutOff(node: GaleraNode): Promise<void> {
  onTestFinished(async () => {
    await node.isolate(false);
    await galera.whole();
  });
  await node.isolate(true);
}

test('an operator is told of a whole cluster, and of a node that is cut off', async () => {
  if (missing !== undefined) return notRun('what is told of Galera', missing);
  const node = galera.nodes[1] as GaleraNode;
  const { events, diagnose, check, close } = await openOn(node);
  await events.append('told', batchOf(1), { expected: 0 });
  expect((await diagnose()).find(({ what }) => what === 'Galera')).toMatchObject({
    state: 'ok',
    message: 'Primary, Synced, 3 nodes',
  });
  await cutOff(node);
  while ((await node.state()) === 'Synced') await sleep(50);
  expect((await diagnose()).filter(({ state }) => state === 'bad').length).toBeGreaterThan(0);
  expect(await check({ timeoutMs: 1_000 })).toMatchObject({ canRead: false, canWrite: false });
  // The check's own write may still wait there for the cluster, and hold the head.
  const refused = { code: expect.stringMatching(/^(unavailable|busy)$/) as string };
  await expect(events.append('told', batchOf(1), { expected: 1 })).rejects.toMatchObject(refused);
  await expect(events.read('told', { after: 0, limit: 1 })).rejects.toMatchObject({ code: 'unavailable' });
  await node.isolate(false);
  await galera.whole();
  expect((await events.append('told', batchOf(1), { expected: 1 })).kind).toBe('appended');
  await close();
});

test('a ledger that names every node goes on at the next one when its own is killed or cut off, and nothing is lost or doubled', async () => {
  if (missing !== undefined) return notRun('the next node of Galera', missing);
  const [first, second, third] = galera.nodes as [GaleraNode, GaleraNode, GaleraNode];
  const before = await logOn(third);
  const { user, password, database } = GALERA_LOGIN;
  const hosts = [first, second, third].map(({ port }) => `127.0.0.1:${port}`).join(',');
  const url = `mysql://${user}:${password}@${hosts}/${database}`;
  const store = await openMysql({ url, queryTimeoutMs: 8_000, busyTimeoutMs: 3_000 });
  const lines: AppenderLine[] = [];
  const written = (): number => lines.filter(({ answer }) => answer === 'appended').length;
  let isOver = false;
  const writing = write(store.events, { stream: 'moving', events: 2, goesOn: () => !isOver, restMs: 5 }, lines);
  const firstAfterMs: number[] = [];
  const more = async (count: number): Promise<void> => {
    const beganMs = performance.now();
    const goal = written() + count;
    while (written() <= goal - count) await sleep(10);
    firstAfterMs.push(Math.round(performance.now() - beganMs));
    while (written() < goal) await sleep(20);
  };
  await more(30);
  await first.kill();
  await more(30);
  expect((await store.events.read('moving', { after: 0, limit: 1_000 })).length).toBeGreaterThanOrEqual(120);
  await first.start();
  await galera.whole();
  await cutOff(second);
  await more(30);
  expect(await store.check({ timeoutMs: 8_000 })).toMatchObject({ canRead: true, canWrite: true });
  isOver = true;
  await writing;
  await store.close();
  await second.isolate(false);
  await galera.whole();
  const own = (await logOn(second)).slice(before.length);
  tell('Galera, from node to node', { firstAfterMs, ...tally(lines), ...countFaults(own, lines, 2) });
  expect(countFaults(own, lines, 2)).toMatchObject(NO_FAULT);
});

/** One thing after another happens to the cluster. */
const HARMS: readonly (readonly [string, (node: GaleraNode) => Promise<void>])[] = [
  [
    'killed',
    async (node) => {
      await node.kill();
      await sleep(1_000);
      await node.start();
    },
  ],
  [
    'cut off',
    async (node) => {
      await node.isolate(true);
      await sleep(6_000);
      await node.isolate(false);
    },
  ],
  [
    'halted',
    async (node) => {
      node.halt(true);
      await sleep(6_000);
      node.halt(false);
    },
  ],
];

test(
  'nodes are killed, cut off, halted and join again while all of them are written to, and nothing is lost or doubled',
  async () => {
    if (missing !== undefined) return notRun('the drill on Galera', missing);
    const lines: AppenderLine[] = [];
    const before = await logOn(galera.nodes[0] as GaleraNode);
    let isOver = false;
    const stores = await Promise.all(galera.nodes.map((node) => openOn(node)));
    const writers = stores.flatMap(({ events }, at) =>
      // A stream of its own, and one that is shared with the other nodes' writers.
      [`own-${at}`, 'common'].map((stream) => write(events, { stream, events: 2, goesOn: () => !isOver, restMs: 10 }, lines)),
    );
    const end = performance.now() + MINUTES * 60_000;
    const met: Record<string, number> = {};
    for (let round = 0; round < HARMS.length || performance.now() < end; round += 1) {
      const [name, harm] = HARMS[round % HARMS.length] as (typeof HARMS)[number];
      await sleep(1_000);
      await harm(galera.nodes[(round + Math.floor(round / 3)) % 3] as GaleraNode);
      await galera.whole();
      met[name] = (met[name] ?? 0) + 1;
    }
    await sleep(1_000);
    isOver = true;
    await Promise.all(writers);
    await Promise.all(stores.map(({ close }) => close()));

    const logs = await Promise.all(galera.nodes.map(logOn));
    const [log = []] = logs;
    const own = log.slice(before.length);
    tell('Galera', { ...met, ...tally(lines), ...countFaults(own, lines, 2) });
    for (const other of logs)
      expect(
        other.map(({ id }) => id),
        'every node has the same',
      ).toEqual(log.map(({ id }) => id));
    expect(countFaults(own, lines, 2)).toMatchObject(NO_FAULT);
    expectSound(
      own.map((event) => ({ ...event, position: event.position - before.length })),
      lines,
      2,
    );
    expect(lines.filter(({ answer }) => answer === 'appended').length).toBeGreaterThan(100);
  },
  Math.max(240_000, MINUTES * 60_000 * 2 + 120_000),
);

test('when every node was killed at once, the cluster that begins with the furthest one has all that was acknowledged', async () => {
  if (missing !== undefined) return notRun('all nodes of Galera killed', missing);
  const before = await logOn(galera.nodes[0] as GaleraNode);
  const lines: AppenderLine[] = [];
  let isOver = false;
  const stores = await Promise.all(galera.nodes.map((node) => openOn(node)));
  const writers = stores.map(({ events }, at) =>
    write(events, { stream: `last-${at}`, events: 2, goesOn: () => !isOver }, lines),
  );
  while (lines.length < 150) await sleep(5);
  await Promise.all(galera.nodes.map((node) => node.kill()));
  const furthest = galera.nodes
    .map((node) => ({ node, seqno: node.recoveredSeqno() }))
    .toSorted((one, other) => other.seqno - one.seqno)
    .map(({ node }) => node);
  for (const [at, node] of furthest.entries()) await node.start({ first: at === 0 });
  await galera.whole();
  isOver = true;
  await Promise.all(writers);
  await Promise.all(stores.map(({ close }) => close()));
  const own = (await logOn(galera.nodes[2] as GaleraNode)).slice(before.length);
  tell('Galera, all killed', { ...tally(lines), ...countFaults(own, lines, 2) });
  expect(countFaults(own, lines, 2)).toMatchObject(NO_FAULT);
});
