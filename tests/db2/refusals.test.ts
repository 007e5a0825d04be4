import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openDb2 } from '@kakeibo/adapters/db2';
import type { Db2, Db2Options } from '@kakeibo/adapters/db2';
import { StoreError } from '@kakeibo/core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { freshLine, run } from './derby.ts';
import type { Db2Line } from './derby.ts';
import { hasDb2 } from './presence.ts';

const SEED = Number(process.env['KAKEIBO_SEED'] ?? 20_261_126);
const ODD = Array.from(';={}()[]"\'\\,@!?* %aA0é円');
const SECRET = 'pa55-s3cret';

async function refusal(options: Db2Options): Promise<StoreError> {
  try {
    const { close } = await openDb2(options);
    await close();
  } catch (error) {
    if (error instanceof StoreError) return error;
    throw error;
  }
  throw new Error('it opened');
}

/** All that an error tells anyone who prints it. */
function told(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return [error.message, error.stack ?? '', JSON.stringify(error), told(error.cause ?? '')].join('\n');
}

let line: Db2Line;
beforeAll(async () => {
  line = await freshLine();
});

describe.runIf(hasDb2())('what keeps Db2 from being opened is said at once, and holds no secret', () => {
  const cases: readonly (readonly [string, Partial<Db2Options>, string, RegExp])[] = [
    ['a wrong password', { password: SECRET }, 'refused', /user and password/],
    ['an unknown user', { user: 'nobody', password: SECRET }, 'refused', /user and password/],
    ['an unknown database', { database: 'NOPE' }, 'refused', /no such database/],
    [
      'nobody at the port',
      { port: 1, connectTimeoutMs: 2_000 },
      'unavailable',
      /gave no answer .* check the host|connection to the Db2 server/,
    ],
    ['a schema that is not there', { schema: 'NOT_THERE' }, 'refused', /schema is missing/],
    ['TLS where the server has none', { tls: true, connectTimeoutMs: 3_000 }, 'unavailable', /Db2/],
    ['a semicolon in the password', { password: `${SECRET};DATABASE=OTHER` }, 'refused', /password has a semicolon/],
    ['a line break in the user', { user: 'a\nb' }, 'refused', /user .* control character/],
    ['a schema that is SQL', { schema: 'A"; DROP TABLE B' }, 'refused', /schema is named by/],
    ['a host that is none', { host: 'a;b' }, 'refused', /host/],
    ['a port that is none', { port: 70_000 }, 'refused', /port/],
    ['readers without bound', { readers: 1_000 }, 'refused', /readers/],
  ];
  test.each(cases)('%s', async (_, options, code, message) => {
    const error = await refusal({ ...line.options, ...options });
    expect([error.code, error.message]).toEqual([code, expect.stringMatching(message)]);
    expect(told(error)).not.toContain(SECRET);
  });

  test.each([
    ['mysql://a:b@c/D', /db2:\/\/user/],
    ['db2://a:b@c', /db2:\/\/user/],
    [`db2://a:${SECRET}%zz@c/D`, /percent/],
    [`db2://a:${SECRET}@c/D?fast=yes`, /no setting "fast"/],
    [`db2://a:${SECRET}@c/D?tls=maybe`, /tls is true or false/],
    [`db2://a:${SECRET}%3B@c/D`, /semicolon/],
  ])('the address %s', async (address, message) => {
    const error = await refusal(address as unknown as Db2Options);
    expect(error.message).toMatch(message);
    expect(told(error)).not.toContain(SECRET);
  });

  test('a table that somebody else made', async () => {
    const { options } = await freshLine();
    await run(options, 'CREATE TABLE events (what INT)');
    expect(await refusal(options)).toMatchObject({
      code: 'incompatible',
      message: expect.stringContaining('a schema of its own'),
    });
  });

  test('a schema from a newer program', async () => {
    const { options } = await freshLine();
    await (await openDb2(options)).close();
    await run(options, 'INSERT INTO kakeibo_schema (version) VALUES (99)');
    expect(await refusal(options)).toMatchObject({ code: 'incompatible', message: expect.stringContaining('newer program') });
  });

  test('the binding, where it is not installed', async () => {
    const { driver: _, ...options } = line.options;
    const error = await refusal(options);
    expect(error.code).toBe('refused');
    expect(error.message).toMatch(/^Db2 needs the package ibm_db: run `npm install ibm_db@4`/);
  });
});

test.runIf(hasDb2())('a user who may only read does, and every write is refused', async () => {
  const { options } = await freshLine();
  const writing = await openDb2(options);
  const event = { id: 'bad00000-0000-4000-8000-000000000001', type: 'Noted', data: {}, meta: {} };
  await writing.events.append('s', [event], { expected: 0 });
  await writing.close();
  const tables = ['events', 'log_turn', 'views', 'view_seen', 'probe', 'kakeibo_schema'];
  await run(options, ...tables.map((table) => `GRANT SELECT ON ${table} TO reader`));
  const reading = await openDb2({ ...options, user: 'reader', password: 'reader' });
  expect(reading.settings.readOnly).toBe(true);
  expect(await reading.events.readAll({ after: 0, limit: 9 })).toHaveLength(1);
  await expect(reading.events.append('s', [event], { expected: 1 })).rejects.toMatchObject({ code: 'read-only' });
  expect(await reading.check()).toMatchObject({ canRead: true, canWrite: false });
  await reading.close();
});

test.runIf(hasDb2())('diagnose finds an old server, and a log with a gap', async () => {
  const { options } = await freshLine();
  const store = await openDb2(options);
  const states = async (): Promise<unknown> =>
    Object.fromEntries((await store.diagnose()).map(({ what, state }) => [what, state]));
  expect(await states()).toEqual({
    server: 'weak',
    schema: 'ok',
    log: 'ok',
    streams: 'ok',
    clock: 'ok',
    connection: 'ok',
    "the server's clock": 'ok',
    threads: expect.stringMatching(/ok|weak/),
  });
  await run(options, "INSERT INTO events VALUES (7, 's', 1, 'bad00000-0000-4000-8000-000000000007', 'Noted', '{}', '{}', 0)");
  expect(await states()).toMatchObject({ log: 'bad' });
  expect(JSON.stringify(await store.diagnose())).not.toContain(options.password + '@');
  await store.close();
});

describe.runIf(hasDb2())('names', () => {
  test('that differ in blanks at their end only are different streams', async () => {
    const { options } = await freshLine();
    const store: Db2 = await openDb2(options);
    const names = ['a', 'a ', 'a  ', 'a\u007f', 'a \u007f', ' a', 'x'.repeat(254), `${'x'.repeat(254)} `];
    for (const [at, name] of names.entries()) {
      const event = { id: `bad10000-0000-4000-8000-${String(at).padStart(12, '0')}`, type: `${name}`, data: { at }, meta: {} };
      expect((await store.events.append(name, [event], { expected: 0 })).kind).toBe('appended');
    }
    for (const [at, name] of names.entries()) {
      const found = await store.events.read(name, { after: 0, limit: 9 });
      expect(found.map(({ stream, type, data }) => [stream, type, data])).toEqual([[name, name, { at }]]);
    }
    await store.close();
  });
});

describe.runIf(hasDb2())('a part of a connection string', () => {
  test('arrives at the server as it is, or is refused', async () => {
    const odd = fc.string({ unit: fc.constantFrom(...ODD), minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(odd, async (password) => {
        const error = await refusal({ ...line.options, password });
        if (/semicolon|blank/.test(error.message)) expect(password).toMatch(/;|^ /);
        else expect([error.message, await line.password()]).toEqual([expect.stringMatching(/user and password/), password]);
      }),
      { seed: SEED, numRuns: 40 },
    );
  });

  test('changes no other part, whatever is in it', async () => {
    const texts: string[] = [];
    class Database {
      open(text: string, answer: (error: unknown) => void): void {
        texts.push(text);
        answer(Object.assign(new Error('no'), { sqlcode: -30081, sqlstate: '08001' }));
      }
      close(answer: (error: unknown) => void): void {
        answer(null);
      }
    }
    const part = fc.string({ minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(part, part, part, async (database, user, password) => {
        texts.length = 0;
        const driver = { Database } as unknown as NonNullable<Db2Options['driver']>;
        await refusal({ host: 'h', database, user, password, driver });
        for (const text of texts) {
          // As the client reads it: up to the next semicolon, and from the first equals sign.
          const read = new Map(text.split(';').map((pair) => [pair.split('=', 1)[0], pair.slice(pair.indexOf('=') + 1)]));
          expect([read.get('DATABASE'), read.get('UID'), read.get('PWD')]).toEqual([database, user, password]);
          expect(text.split(';').filter((pair) => /^(DATABASE|HOSTNAME|UID|PWD|SECURITY)=/.test(pair))).toHaveLength(4);
        }
      }),
      { seed: SEED, numRuns: 300 },
    );
  });
});

describe.runIf(hasDb2())('TLS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kakeibo-db2-tls-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const certificate = (name: string): { key: string; cert: string; file: string } => {
    const [key, file] = [join(folder, `${name}.key`), join(folder, `${name}.pem`)];
    execFileSync(
      'openssl',
      `req -x509 -newkey rsa:2048 -nodes -days 2 -keyout ${key} -out ${file} -subj /CN=${name} -addext subjectAltName=IP:127.0.0.1,DNS:localhost`.split(
        ' ',
      ),
      { stdio: 'ignore' },
    );
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(file, 'utf8'), file };
  };

  test('with the certificate it opens and writes; with another one, or none, it does not', async () => {
    const [ours, other] = [certificate('localhost'), certificate('other')];
    const tls = await freshLineWith(ours);
    const { events, close, diagnose } = await openDb2({ ...tls, ca: ours.file });
    const event = { id: 'bad20000-0000-4000-8000-000000000001', type: 'Noted', data: {}, meta: {} };
    expect((await events.append('s', [event], { expected: 0 })).kind).toBe('appended');
    expect(await diagnose()).toContainEqual(
      expect.objectContaining({ what: 'connection', message: expect.stringMatching(/^TLS/) }),
    );
    await close();
    for (const [wrong, message] of [
      [{ ...tls, ca: other.file }, /no safe \(TLS\) connection/],
      [tls, /no safe \(TLS\) connection/],
      [{ ...tls, ca: join(folder, 'missing.pem') }, /check the ca/],
    ] as const)
      // The client takes some five seconds to say so.
      expect(await refusal({ ...wrong, connectTimeoutMs: 30_000 })).toMatchObject({
        code: 'refused',
        message: expect.stringMatching(message),
      });
  });

  async function freshLineWith(chosen: { key: string; cert: string }): Promise<Db2Options> {
    const plain = await freshLine();
    const { options } = await freshLine({ ...chosen, schema: plain.options.schema ?? '' });
    return { ...options, tls: true };
  }
});
