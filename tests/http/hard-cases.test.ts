import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { listen } from './events.ts';
import { startService } from './service.ts';

// Each of these went wrong once.

test('a page asked for in parts that it does not have is refused, not broken', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kakeibo-page-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>page</title>');
  writeFileSync(join(folder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  const service = await startService({ app: { dashboard: folder } });
  const icon = (headers: Record<string, string>) => service.call('GET', '/icon.svg', { headers });
  expect((await icon({ range: 'bytes=99999999-' })).status).toBe(416);
  expect((await icon({ 'if-match': '"x"' })).status).toBe(412);
  expect((await icon({})).status).toBe(200);
  expect((await service.call('GET', '/', { headers: { accept: '*/*' } })).status).toBe(200);
});

test('a listener that knows more than the log has hears what comes from now on', async () => {
  const service = await startService();
  const wallet = await service.open();
  const events = await listen(`${service.url}/api/v1/live`, { headers: { 'last-event-id': '5000' } });
  onTestFinished(() => void events.return(undefined));
  const first = events.next();
  await service.call('POST', `${wallet}/expenses`, { body: { amount: '8', category: 'Food' } });
  expect((await first).done).toBe(false);
});

test('tomorrow a wallet is answered anew, although nothing was booked', async () => {
  let now = Date.parse('2026-11-23T12:00:00Z');
  const service = await startService({ now: () => now });
  const wallet = await service.open();
  const held = await service.call('GET', wallet);
  now = Date.parse('2026-12-02T12:00:00Z');
  const fresh = await service.call('GET', wallet, { headers: { 'if-none-match': held.headers.get('etag') ?? '' } });
  expect([fresh.status, fresh.json['today']]).toEqual([200, '2026-12-02']);
});
