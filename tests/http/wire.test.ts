import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { startService } from './service.ts';

/** Writes bytes to the service, and reads until it hangs up (or for so long). */
function exchange(
  url: string,
  pieces: readonly string[],
  options: { readonly pauseMs?: number; readonly waitMs?: number } = {},
): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    let text = '';
    const left = [...pieces];
    const write = (): void => {
      const piece = left.shift();
      if (piece === undefined || socket.destroyed) return;
      socket.write(piece);
      setTimeout(write, options.pauseMs ?? 0);
    };
    socket.on('connect', write);
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(text));
    setTimeout(() => socket.destroy(), options.waitMs ?? 60_000);
  });
}

const HEAD = 'POST /api/v1/wallets HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n';
const statuses = (text: string): readonly string[] => [...text.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, status = '']) => status);

test.each([
  ['no HTTP', 'hello\r\n\r\n', '400'],
  ['an unknown method', 'BREW /pot HTTP/1.1\r\nHost: localhost\r\n\r\n', '400'],
  ['no Host', 'GET /healthz HTTP/1.1\r\n\r\n', '400'],
  ['an empty Host', 'GET /healthz HTTP/1.1\r\nHost: \r\nConnection: close\r\n\r\n', '403'],
  ['two lengths', `${HEAD}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`, '400'],
  ['a length and chunks', `${HEAD}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, '400'],
  ['chunks that are none', `${HEAD}Transfer-Encoding: chunked\r\n\r\nxyz\r\n{}\r\n`, '400'],
  ['a header without an end', `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`, '431'],
  ['a line break in a header', 'GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: a\nb\r\n\r\n', '400'],
])('%s is answered %3$s and the line ends', async (_, sent, status) => {
  const service = await startService();
  expect(statuses(await exchange(service.url, [sent]))).toEqual([status]);
  expect((await service.call('GET', '/healthz')).status).toBe(200);
});

test('garbage behind good requests on one line harms nobody', async () => {
  const service = await startService();
  const good = 'GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n';
  const text = await exchange(service.url, [`${good}${good}\u0000\u0001garbage\r\n\r\n${good}`]);
  expect(statuses(text).at(-1)).toBe('400');
  expect((await service.call('GET', '/healthz')).status).toBe(200);
});

test('headers that drip are cut', async () => {
  const service = await startService({ serve: { headersTimeoutMs: 400 } });
  const text = await exchange(
    service.url,
    ['GET /healthz HTTP/1.1\r\n', ...Array.from({ length: 100 }, (_, line) => `X-${line}: y\r\n`)],
    { pauseMs: 100, waitMs: 60_000 },
  );
  expect(statuses(text)).toEqual(['408']);
});

test('a body that drips is cut, and the service goes on', async () => {
  const service = await startService({ serve: { headersTimeoutMs: 400, requestTimeoutMs: 800 } });
  const text = await exchange(service.url, [`${HEAD}Content-Length: 1000\r\n\r\n`, ...Array.from({ length: 100 }, () => ' ')], {
    pauseMs: 100,
    waitMs: 60_000,
  });
  expect(statuses(text)).toEqual(['408']);
  expect((await service.call('GET', '/healthz')).status).toBe(200);
});

test('a body that breaks off books nothing', async () => {
  const service = await startService();
  const wallet = await service.open();
  const { hostname, port } = new URL(service.url);
  await new Promise<void>((resolve) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(
        `POST ${wallet}/expenses HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"amount":"1","category":"a"}`,
      );
      setTimeout(() => socket.destroy(), 50);
    });
    socket.on('close', () => resolve());
  });
  expect((await service.call('GET', wallet)).json['version']).toBe(1);
});

test('a handler that takes too long is answered 503, and may be asked again with the same key', async () => {
  const service = await startService({ app: { handlerTimeoutMs: 50, health: () => new Promise(() => undefined) } });
  const answer = await service.call('GET', '/readyz');
  expect([answer.status, answer.json['code'], answer.headers.get('retry-after')]).toEqual([503, 'time-out', '5']);
});
