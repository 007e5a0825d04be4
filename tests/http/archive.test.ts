import { openSqlite } from '@kakeibo/adapters/sqlite';
import { createMemoryEventStore, type NewEvent } from '@kakeibo/core';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { listen } from './events.ts';
import { API, bytesOf, household } from './export-books.ts';
import { startService, type Answer, type Service } from './service.ts';

const PATH = `${API}/archive`;
const headers = { 'content-type': 'application/x-ndjson' };

async function archiveOf(service: Service): Promise<string> {
  return new TextDecoder().decode(await bytesOf(service, PATH));
}

function restore(service: Service, raw: string | Uint8Array<ArrayBuffer>): Promise<Answer> {
  return service.call('POST', PATH, { raw, headers });
}

/** All that two services with the same events must answer alike. */
async function answersOf(service: Service, wallets: readonly string[]): Promise<readonly string[]> {
  const below = ['', '/entries?void=include', '/limits', '/exports/csv', '/exports/beancount', '/exports/ofx', '/transfers'];
  const reports = ['balance', 'spending', 'cashflow'].map((name) => `/reports/${name}?from=2026-09-01&to=2026-11-01`);
  const paths = [
    `${API}/wallets`,
    `${API}/exports/hledger`,
    `${API}/transfers`,
    ...wallets.flatMap((wallet) => [...below, ...reports].map((each) => wallet + each)),
  ];
  return Promise.all(paths.map(async (path) => (await service.call('GET', path)).text));
}

describe('an archive', () => {
  test('restored into an empty ledger gives equal events, reports and exports', async () => {
    const { service, cash, giro } = await household();
    const archive = await archiveOf(service);
    const copy = await startService();
    const { status, json } = await restore(copy, archive);
    const events = archive.trimEnd().split('\n').length - 1;
    expect([status, json]).toEqual([200, { events, present: 0, redated: 0 }]);
    expect(await archiveOf(copy)).toBe(archive);
    expect(await answersOf(copy, [cash, giro])).toEqual(await answersOf(service, [cash, giro]));
  });

  test('is restored into a file too, byte for byte', async () => {
    const { service } = await household();
    const archive = await archiveOf(service);
    const folder = mkdtempSync(join(tmpdir(), 'kakeibo-archive-'));
    const sqlite = await openSqlite({ file: join(folder, 'ledger.db') });
    onTestFinished(async () => {
      await sqlite.close();
      rmSync(folder, { recursive: true });
    });
    const copy = await startService({ store: sqlite.events, views: sqlite.views });
    expect((await restore(copy, archive)).status).toBe(200);
    expect(await archiveOf(copy)).toBe(archive);
  });

  test('restored twice changes nothing', async () => {
    const { service, giro } = await household();
    const archive = await archiveOf(service);
    const { json } = await restore(service, archive);
    expect(json['present']).toBe(json['events']);
    expect(await archiveOf(service)).toBe(archive);
    expect((await service.call('GET', giro)).json['balance']).toBe('519.90');
  });

  test('of which a part is there already is brought to its end', async () => {
    const { service, giro } = await household();
    const archive = await archiveOf(service);
    const store = createMemoryEventStore({ clock: { now: () => Date.parse('2026-10-01T00:00:00Z') } });
    for (const line of archive.trimEnd().split('\n').slice(1, 4)) {
      const { stream, version, ...event } = JSON.parse(line) as { stream: string; version: number };
      await store.append(stream, [event as unknown as NewEvent], { expected: version - 1 });
    }
    const copy = await startService({ store });
    expect((await restore(copy, archive)).json['present']).toBe(3);
    expect((await copy.call('GET', giro)).json['balance']).toBe('519.90');
  });

  test('tells how far it is, and what came of it', async () => {
    const { service } = await household();
    const archive = await archiveOf(service);
    const copy = await startService();
    const init = { method: 'POST', body: archive, headers: { ...headers, accept: 'text/event-stream' } };
    const told = [];
    for await (const event of await listen(copy.url + PATH, init)) told.push(event);
    const events = archive.trimEnd().split('\n').length - 1;
    expect(told.at(-1)).toMatchObject({ event: 'result', data: { events, present: 0 } });
    expect(told.slice(0, -1).every(({ event }) => event === 'progress')).toBe(true);
    expect(told.at(-2)?.data).toEqual({ done: events, total: events });
    const other = await startService();
    await other.open();
    const refused = [];
    for await (const event of await listen(other.url + PATH, init)) refused.push(event);
    expect(refused).toMatchObject([{ event: 'problem', data: { code: 'ledger-not-empty', status: 409 } }]);
  });

  test('of an empty ledger restores to an empty one', async () => {
    const [one, other] = [await startService(), await startService()];
    expect((await restore(other, await archiveOf(one))).json).toEqual({ events: 0, present: 0, redated: 0 });
  });
});

describe('an archive is refused, with its line, and nothing is stored', () => {
  const broken: readonly (readonly [string, (lines: string[]) => string, string, number])[] = [
    ['no archive', () => 'Date,Amount\n', 'archive-header-invalid', 1],
    ['nothing at all', () => '', 'archive-header-invalid', 0],
    [
      'of a newer form',
      ([head = '', ...rest]) => [head.replace('"version":1', '"version":2'), ...rest].join('\n'),
      'archive-version-unknown',
      1,
    ],
    ['with a line that is no JSON', (lines) => lines.with(3, '{').join('\n'), 'archive-line-invalid', 4],
    [
      'with an event that nobody knows',
      (lines) => lines.with(2, (lines[2] ?? '').replace(/"type":"\w+"/, '"type":"MoneyPrinted"')).join('\n'),
      'archive-event-unknown',
      3,
    ],
    ['with a version left out', (lines) => lines.toSpliced(3, 1).join('\n'), 'archive-version-gap', 4],
    [
      'with a line changed',
      (lines) => lines.with(3, (lines[3] ?? '').replace('1000', '9000')).join('\n'),
      'archive-digest-wrong',
      13,
    ],
    ['cut off', (lines) => lines.slice(0, -2).join('\n'), 'archive-incomplete', 11],
    ['cut off in a line', (lines) => lines.join('\n').slice(0, -30), 'archive-line-invalid', 13],
    ['with a line that never ends', (lines) => `${lines[0]}\n${'x'.repeat(3_000_000)}`, 'archive-line-too-long', 2],
  ];

  test.each(broken)('%s', async (_, spoil, code, line) => {
    const { service } = await household();
    const lines = (await archiveOf(service)).trimEnd().split('\n');
    const copy = await startService();
    const { status, json } = await restore(copy, spoil(lines));
    expect([status, json['code']]).toEqual([422, code]);
    expect(json['figures']).toEqual({ line });
    expect((await copy.call('GET', `${API}/wallets`)).json).toEqual({ items: [] });
  });

  test('while most of it is still on its way', async () => {
    const rest = 'x'.repeat(1_000).concat('\n').repeat(40_000);
    const { status, json } = await restore(await startService(), `{}\n${rest}`);
    expect([status, json['code'], json['figures']]).toEqual([422, 'archive-header-invalid', { line: 1 }]);
  });

  test('that is not UTF-8', async () => {
    const { service } = await household();
    const bytes = Buffer.from(await archiveOf(service));
    const at = bytes.indexOf('\n') + 5;
    bytes[at] = 0xff;
    const { status, json } = await restore(await startService(), new Uint8Array(bytes));
    expect([status, json['code'], json['figures']]).toEqual([422, 'archive-line-invalid', { line: 2 }]);
  });

  test('in a ledger with other wallets, or whose wallets have gone another way', async () => {
    const { service, giro } = await household();
    const archive = await archiveOf(service);
    const other = await startService();
    await other.open();
    expect((await restore(other, archive)).json).toMatchObject({ status: 409, code: 'ledger-not-empty' });
    await service.call('POST', `${giro}/income`, { body: { amount: '1', category: 'Found' } });
    expect((await restore(service, archive)).json).toMatchObject({ status: 409, code: 'restore-stream-taken' });
  });

  test('as another type of content', async () => {
    const service = await startService();
    const { status } = await service.call('POST', PATH, { raw: '{}', headers: { 'content-type': 'application/json' } });
    expect(status).toBe(415);
  });
});
