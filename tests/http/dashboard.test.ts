import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newFolder } from './main-process.ts';
import { startService } from './service.ts';

const HTML = { headers: { accept: 'text/html,*/*' } };

function page(): string {
  const folder = newFolder();
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Page</title>');
  writeFileSync(join(folder, 'assets', 'main-4711.js'), 'export {};');
  writeFileSync(join(folder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  return folder;
}

test('files with a hash are kept for ever, the page is asked for anew', async () => {
  const service = await startService({ app: { dashboard: page() } });
  const asset = await service.call('GET', '/assets/main-4711.js');
  expect([asset.status, asset.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable']);
  expect((await service.call('GET', '/icon.svg')).headers.get('cache-control')).toBe('no-cache');
  for (const path of ['/', '/limits', '/wallets/x/entries']) {
    const { status, text, headers } = await service.call('GET', path, HTML);
    expect([path, status, headers.get('cache-control'), headers.get('content-type')]).toEqual([
      path,
      200,
      'no-cache',
      'text/html; charset=utf-8',
    ]);
    expect(text).toContain('<title>Page</title>');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  }
});

test('what is no page is no page', async () => {
  const service = await startService({ app: { dashboard: page() } });
  for (const path of ['/api/v1/nothing', '/api/v2', '/assets/gone.js', '/../package.json', '/%2e%2e/package.json', '/.env']) {
    const { status, json } = await service.call('GET', path, path.startsWith('/api') ? HTML : {});
    expect([path, status, json['code']]).toEqual([path, 404, 'not-found']);
  }
  expect((await service.call('POST', '/', HTML)).status).toBe(404);
});

test('without a built page there is the rest', async () => {
  const service = await startService();
  expect((await service.call('GET', '/', HTML)).json['code']).toBe('not-found');
  expect((await service.call('GET', '/docs', HTML)).status).toBe(200);
});
