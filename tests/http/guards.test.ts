import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import { startService, type Service } from './service.ts';

/** `fetch` sets these headers itself, so the request goes out by hand. */
function withHeaders(
  url: string,
  method: string,
  headers: Readonly<Record<string, string>>,
  body = '',
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      { method, headers: { ...headers, ...(body === '' ? {} : { 'content-length': Buffer.byteLength(body) }) } },
      (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

describe('the Host', () => {
  test.each(['localhost', 'localhost:3000', 'LOCALHOST:1', '127.0.0.1', '127.1.2.3:8080', '[::1]', '[::1]:3000'])(
    '%s is this machine',
    async (host) => {
      const { url } = await startService();
      expect((await withHeaders(`${url}/healthz`, 'GET', { host })).status).toBe(200);
    },
  );
  test.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '10.0.0.1',
    '0.0.0.0',
    '[::2]',
    'localhost:3000@evil.example',
    '128.0.0.1',
  ])('%j is refused, also for what is no API', async (host) => {
    const { url } = await startService();
    for (const path of ['/api/v1/wallets', '/healthz', '/metrics', '/docs', '/']) {
      const { status, text } = await withHeaders(url + path, 'GET', { host });
      expect([path, status, text]).toEqual([path, 403, expect.stringContaining('"code":"host-refused"')]);
    }
  });
});

describe('a write', () => {
  const write = (url: string, headers: Readonly<Record<string, string>>) =>
    withHeaders(
      `${url}/api/v1/wallets`,
      'POST',
      { 'content-type': 'application/json', ...headers },
      '{"name":"a","currency":"EUR"}',
    );

  test.each([
    ['another site', { origin: 'https://evil.example' }],
    ['another port of this machine', { origin: 'http://127.0.0.1:1' }],
    ['a page without an origin', { origin: 'null' }],
    ['another site that says so', { 'sec-fetch-site': 'cross-site' }],
  ])('of %s is refused', async (_, headers) => {
    const { url, ledger } = await startService();
    const { status, text } = await write(url, headers);
    expect([status, text]).toEqual([403, expect.stringContaining('"code":"origin-refused"')]);
    expect(await ledger.wallets()).toEqual([]);
  });

  test('of our own page, and of a program, is taken', async () => {
    const { url } = await startService();
    expect((await write(url, { origin: url, 'sec-fetch-site': 'same-origin' })).status).toBe(201);
    expect((await write(url, {})).status).toBe(201);
  });
});

test('without the guards another application decides', async () => {
  const { url } = await startService({ app: { guard: false } });
  expect((await withHeaders(`${url}/healthz`, 'GET', { host: 'bank.example' })).status).toBe(200);
});

describe('every answer', () => {
  const CSP =
    "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data: blob:;connect-src 'self';form-action 'self';base-uri 'none';frame-ancestors 'none'";

  test.each(['/api/v1/wallets', '/api/v1/wallets/x', '/healthz', '/metrics', '/docs', '/docs.css', '/openapi.json', '/nothing'])(
    '%s has the headers',
    async (path) => {
      const service = await startService();
      const { headers } = await service.call('GET', path);
      expect(Object.fromEntries(headers)).toMatchObject({
        'content-security-policy': CSP,
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
        'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      });
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('access-control-allow-origin')).toBeNull();
      expect(headers.get('content-type')).toMatch(/charset=utf-8/);
      if (path.startsWith('/api')) expect(headers.get('cache-control')).toBe('no-store');
    },
  );
});

describe('an address', () => {
  const nothing = '/api/v1/wallets/11111111-1111-4111-8111-111111111111';
  test.each([
    ['PUT', '/api/v1/wallets', 'POST, GET, HEAD'],
    ['DELETE', `${nothing}/expenses`, 'POST'],
    ['POST', `${nothing}/reports/spending`, 'GET, HEAD'],
    ['OPTIONS', nothing, 'GET, HEAD, PATCH, DELETE'],
    ['POST', '/healthz', 'GET, HEAD'],
  ])('%s %s is refused with what it takes', async (method, path, allow) => {
    const service = await startService();
    const answer = await service.call(method, path);
    expect([answer.status, answer.json['code'], answer.headers.get('allow')]).toEqual([405, 'method-not-allowed', allow]);
  });

  test.each([
    '/api',
    '/api/v1',
    '/api/v2/wallets',
    '/api/v1/Wallets',
    '/api/v1/wallets/',
    '/.git/config',
    '/dist/main.js',
    '/api/v1/wallets/../../etc/passwd',
  ])('%s is nothing', async (path) => {
    const service = await startService();
    expect((await service.call('GET', path)).json).toMatchObject({ status: 404, code: 'not-found' });
  });

  test('HEAD answers like GET, without the body', async () => {
    const service = await startService();
    const wallet = await service.open();
    const [head, get] = [await service.call('HEAD', wallet), await service.call('GET', wallet)];
    expect([head.status, head.text, head.headers.get('etag'), head.headers.get('content-length')]).toEqual([
      200,
      '',
      '"1"',
      String(get.text.length),
    ]);
  });
});

describe('too many writes', () => {
  const codes = async (service: Service, count: number) => {
    const statuses: number[] = [];
    for (let sent = 0; sent < count; sent += 1)
      statuses.push((await service.call('POST', '/api/v1/wallets', { body: { name: 'a', currency: 'EUR' } })).status);
    return statuses;
  };

  test('are refused for a while, and reads are not', async () => {
    const service = await startService({ app: { writesPerMinute: 3 } });
    expect(await codes(service, 5)).toEqual([201, 201, 201, 429, 429]);
    const refused = await service.call('POST', '/api/v1/wallets', { body: {} });
    expect([refused.json['code'], refused.headers.get('retry-after')]).toEqual(['rate-limited', '60']);
    expect((await service.call('GET', '/api/v1/wallets')).status).toBe(200);
    expect((await service.call('GET', '/healthz')).status).toBe(200);
  });
});
