/** Opening: what is wrong is said once, clearly, and without the password. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { inspect, promisify } from 'node:util';

import { openEventStore } from '@kakeibo/adapters/eventstoredb';
import { createMemoryViewStore, StoreError } from '@kakeibo/core';
import { afterEach, describe, expect, test } from 'vitest';

import { selfSigned } from './certificate.ts';
import { startDouble } from './double.ts';
import type { Double, DoubleOptions } from './double.ts';
import { openOn } from './fresh.ts';

const PASSWORD = 'geheim/!?#42';
const credentials = { username: 'admin', password: PASSWORD };
const views = createMemoryViewStore();
const running: Double[] = [];
const start = async (options: DoubleOptions = {}): Promise<Double> => {
  const double = await startDouble(options);
  running.push(double);
  return double;
};
afterEach(async () => {
  await Promise.all(running.splice(0).map((double) => double.close()));
});

/** What opening throws, which holds no password, however deep one looks. */
async function thrown(work: Promise<unknown>): Promise<StoreError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(StoreError);
  const seen = inspect(error, { depth: 20, showHidden: true });
  for (const secret of [PASSWORD, encodeURIComponent(PASSWORD), Buffer.from(`admin:${PASSWORD}`).toString('base64')])
    expect(seen).not.toContain(secret);
  return error as StoreError;
}

const event = { id: '0a0a0a0a-0000-4000-8000-000000000001', type: 'Noted', data: {}, meta: {} };

/** Longer than a test may take: what is answered before was answered at once. */
const FOR_EVER_MS = 3_600_000;

describe('over TLS', () => {
  test('name and password are sent, and an append is done', async () => {
    const tls = selfSigned();
    const double = await start({ tls, credentials });
    const connectionString = `esdb://admin:${encodeURIComponent(PASSWORD)}@localhost:${double.port}`;
    const { events, settings, close } = await openEventStore({ connectionString, ca: tls.certificate, views });
    expect((await events.append('a', [event], { expected: 0 })).kind).toBe('appended');
    expect(settings).toMatchObject({ tls: true, hosts: `localhost:${double.port}`, events: 0 });
    await close();
  });

  test('a wrong password is refused at once', async () => {
    const tls = selfSigned();
    const double = await start({ tls, credentials: { username: 'admin', password: 'another' } });
    const error = await thrown(
      openOn(double, { connectionString: `esdb://localhost:${double.port}`, credentials, ca: tls.certificate }),
    );
    expect(error.code).toBe('refused');
    expect(error.message).toMatch(/refuses these credentials/);
  });

  test('a certificate that nobody vouches for is refused at once', async () => {
    const double = await start({ tls: selfSigned() });
    const connectionString = `esdb://localhost:${double.port}`;
    const error = await thrown(openOn(double, { connectionString, credentials, deadlineMs: FOR_EVER_MS }));
    expect([error.code, error.message]).toEqual(['refused', expect.stringContaining('name its ca')]);
    const other = await thrown(
      openOn(double, { connectionString, credentials, ca: selfSigned().certificate, deadlineMs: FOR_EVER_MS }),
    );
    expect(other.code).toBe('refused');
  });

  test('a server without it is refused at once', async () => {
    const double = await start();
    const error = await thrown(
      openOn(double, { connectionString: `esdb://localhost:${double.port}`, credentials, deadlineMs: FOR_EVER_MS }),
    );
    expect(error.code).toBe('refused');
    expect(error.message).toContain(`localhost:${double.port}`);
  });
});

describe('a server that is not there', () => {
  test('is told of with its address', async () => {
    const double = await start();
    await double.close();
    const connectionString = `esdb://admin:${encodeURIComponent(PASSWORD)}@localhost:${double.port}?tls=false`;
    const error = await thrown(openEventStore({ connectionString, views, deadlineMs: 300 }));
    expect([error.code, error.message]).toEqual(['unavailable', expect.stringContaining(`localhost:${double.port}`)]);
  });

  test('is waited for until the deadline', async () => {
    const double = await start();
    await double.goAway();
    const opening = openOn(double, { deadlineMs: 60_000 });
    setTimeout(() => void double.comeBack(), 300);
    await (await opening).close();
  });

  test('is not waited for when it takes the call and never answers', async () => {
    const double = await start();
    double.faults.silent.add('read');
    const error = await thrown(openOn(double, { deadlineMs: 300 }));
    expect([error.code, error.message]).toEqual(['unavailable', expect.stringMatching(/does not answer/)]);
  });
});

test.each([
  ['localhost:2113', /has the form/],
  ['http://localhost:2113', /has the form/],
  [`esdb://admin:${PASSWORD}@localhost:2113`, /has the form|host/],
  ['esdb://admin@localhost:2113', /a name without a password/],
  [`esdb://admin:${encodeURIComponent(PASSWORD)}@local host`, /names a host/],
  [`esdb://admin:${encodeURIComponent(PASSWORD)}@localhost:99999`, /names a host/],
  [`esdb://admin:50%@localhost`, /%25/],
  [`esdb://admin:${encodeURIComponent(PASSWORD)}@localhost?tls=maybe`, /says tls/],
  [`esdb://localhost?password=${encodeURIComponent(PASSWORD)}`, /not known here/],
  ['esdb://localhost?gossipTimeout=soon', /whole number/],
  ['esdb://localhost?nodePreference=follower', /only the leader/],
  ['esdb://localhost?tlsCAFile=/nowhere/ca.pem', /cannot be read: \/nowhere\/ca.pem/],
  ['esdb://localhost?userCertFile=/nowhere/cert.pem', /userKeyFile/],
])('the address %s is refused', async (connectionString, message) => {
  const error = await thrown(openEventStore({ connectionString, views }));
  expect([error.code, error.message]).toEqual(['refused', expect.stringMatching(message)]);
});

test('a client that is not installed is named in one line', async () => {
  const without = `import { registerHooks } from 'node:module';
    registerHooks({ resolve(name, context, next) {
      if (name === '@eventstore/db-client') throw Object.assign(new Error('not found'), { code: 'ERR_MODULE_NOT_FOUND' });
      return next(name, context);
    } });`;
  const program = `import { openEventStore } from '@kakeibo/adapters/eventstoredb';
    await openEventStore({ connectionString: 'esdb://localhost', views: {} }).catch(({ code, message }) => console.log(code, message));`;
  const args = ['--import', `data:text/javascript,${encodeURIComponent(without)}`, '--input-type=module', '--eval', program];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: fileURLToPath(new URL('.', import.meta.url)) });
  expect(stdout).toBe('refused EventStoreDB needs its client, which is not installed: npm install @eventstore/db-client@6\n');
});

test('a cluster is found by gossip, and its leader is taken', async () => {
  const leader = await start();
  const follower = await start({
    log: leader.log,
    members: () => [
      { port: follower.port, leads: false },
      { port: leader.port, leads: true },
    ],
  });
  const { events, close } = await openOn(follower, { connectionString: `esdb+discover://localhost:${follower.port}?tls=false` });
  expect((await events.append('a', [event], { expected: 0 })).kind).toBe('appended');
  expect([leader.faults.appends, follower.faults.appends]).toEqual([1, 0]);
  await close();
});

test('two ledgers on one server do not see each other', async () => {
  const double = await start();
  const one = await openOn(double, { ledger: 'one' });
  const other = await openOn(double, { ledger: 'other' });
  await one.events.append('a', [event], { expected: 0 });
  expect((await other.events.append('a', [event], { expected: 0 })).kind).toBe('appended');
  expect(await one.events.readAll({ after: 0, limit: 10 })).toHaveLength(1);
  await Promise.all([one.close(), other.close()]);
});

test('a diagnosis tells of ids that two streams have, and of a server that is away', async () => {
  const double = await start();
  const { events, diagnose, close } = await openOn(double, { deadlineMs: 2_500 });
  await events.append('a', [event], { expected: 0 });
  const states = async () => Object.fromEntries((await diagnose()).map(({ what, state }) => [what, state]));
  expect(await states()).toEqual({ log: 'ok', 'event ids': 'ok', encryption: 'ok', credentials: 'ok' });
  const [written] = double.log.all.filter(({ stream }) => stream === 'kakeibo-a');
  if (written !== undefined) double.log.append('kakeibo-b', [written], 'no_stream');
  expect(await states()).toMatchObject({ log: 'ok', 'event ids': 'bad' });
  expect(await events.read('b', { after: 0, limit: 10 })).toMatchObject([{ stream: 'b', position: 2, version: 1 }]);
  expect(await events.find('a', [event.id])).toMatchObject([{ stream: 'a', position: 1 }]);
  await double.goAway();
  expect(await states()).toMatchObject({ log: 'bad' });
  await close();
});

test('a ledger is asked whether it can be read and written, and does not grow by it', async () => {
  const double = await start();
  const { check, close } = await openOn(double);
  const before = double.log.all.length;
  expect(await check()).toEqual({ canRead: true, canWrite: true });
  expect(double.log.all).toHaveLength(before);
  double.faults.silent.add('append');
  expect(await check()).toMatchObject({ canRead: true, canWrite: false });
  await double.goAway();
  expect(await check({ timeoutMs: 200 })).toMatchObject({ canRead: false, canWrite: false, reason: expect.any(String) });
  await close();
});
