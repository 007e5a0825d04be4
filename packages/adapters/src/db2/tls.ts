/** Whether a server speaks TLS, asked before IBM's client is: in a handshake that one waits for ever, with a thread that no exit gets over. */
import { isIP } from 'node:net';
import { connect } from 'node:tls';

import { StoreError } from '@kakeibo/core';

import type { Db2Settings } from './settings.ts';

/** What OpenSSL calls an answer that is no TLS. */
const NO_TLS = /^(ERR_SSL_|EPROTO)/;

/**
 * Begins TLS and hangs up; whether the server is the right one, IBM's client finds out. Throws a `StoreError` when there is no TLS.
 *
 * @example
 * await assertSpeaksTls({ host: 'db2.example', port: 50001, connectTimeoutMs: 10_000 });
 */
export async function assertSpeaksTls({
  host,
  port,
  connectTimeoutMs,
}: Pick<Db2Settings, 'host' | 'port' | 'connectTimeoutMs'>): Promise<void> {
  const failure = await new Promise<string | undefined>((resolve) => {
    const name = isIP(host) === 0 ? { servername: host } : {};
    const socket = connect({ host, port, rejectUnauthorized: false, ...name }, () => end(undefined));
    const end = (code: string | undefined): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(code);
    };
    const timer = setTimeout(() => end('ETIMEDOUT'), connectTimeoutMs);
    socket.on('error', (error) => end('code' in error ? String(error.code) : error.message));
  });
  if (failure === undefined) return;
  const server = `the Db2 server at ${host}:${port}`;
  if (NO_TLS.test(failure))
    throw new StoreError('refused', `${server} does not speak TLS (${failure}): name its port for TLS, or turn tls off`);
  const seconds = connectTimeoutMs / 1_000;
  throw new StoreError(
    'unavailable',
    failure === 'ETIMEDOUT'
      ? `${server} does not begin TLS within ${seconds} s: check the host, the port, and whether it speaks TLS`
      : `${server} cannot be reached over TLS (${failure})`,
  );
}
