import { join } from 'node:path';
import { openDb2 } from '@kakeibo/adapters/db2';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectCommand, expectStart, SECRETS, type BadInput, type Env } from '../http/bad-input.ts';
import { startMain } from '../http/main-process.ts';
import { freePort } from '../servers/ports.ts';
import { freshLine, run } from './derby.ts';
import type { Db2Line } from './derby.ts';
import { hasDb2 } from './presence.ts';

const [WITH_SEMICOLON, WRONG] = SECRETS;
/** IBM's binding is in this folder, and the programs that are started look there too. */
const NODE_PATH = join(import.meta.dirname, 'node_modules');

let line: Db2Line;
beforeAll(async () => {
  if (hasDb2()) line = await freshLine();
});

/** Those who are there may take their time; for those who are not nobody waits long. */
const [PATIENT, SHORT] = ['&connectTimeoutMs=60000', '&connectTimeoutMs=2000'] as const;

function addressOf(
  { options }: Db2Line,
  { login = 'app:app', at = '', database = 'KAKEIBO', more = '', patience = PATIENT as string } = {},
): string {
  const place = at === '' ? `127.0.0.1:${options.port}` : at;
  return `db2://${login}@${place}/${database}?schema=${options.schema}&authentication=server&readers=1${patience}${more}`;
}

const named = (address: string): Env => ({ KAKEIBO_STORE: address, NODE_PATH });

/** A schema in which somebody was before. */
async function after(isOurs: boolean, statement: string): Promise<Env> {
  const fresh = await freshLine();
  if (isOurs) await (await openDb2(fresh.options)).close();
  await run(fresh.options, statement);
  return named(addressOf(fresh));
}

describe.runIf(hasDb2())('a service on Db2', () => {
  test.each<BadInput>([
    [
      'a wrong password',
      () => named(addressOf(line, { login: `app:${WRONG}` })),
      1,
      /refuses this user and password: check both/,
    ],
    ['an unknown database', () => named(addressOf(line, { database: 'NONE' })), 1, /no such database: check its name/],
    [
      'TLS where there is none',
      () => named(addressOf(line, { more: '&tls=true', patience: SHORT })),
      'waits',
      /away: .*whether it speaks TLS/,
    ],
    [
      'a semicolon in the password',
      () => named(addressOf(line, { login: `app:${encodeURIComponent(WITH_SEMICOLON)}` })),
      1,
      /password has a semicolon/,
    ],
    ['a user and a password with odd signs', () => named(addressOf(line, { login: `%61pp:${WRONG}%40%2F%3F` })), 1, /check both/],
    ['a newer schema', () => after(true, 'INSERT INTO kakeibo_schema (version) VALUES (99)'), 1, /use a newer program/],
    ['a table that somebody else made', () => after(false, 'CREATE TABLE events (what INT)'), 1, /a schema of its own/],
    ['a setting that is none', () => named(addressOf(line, { more: '&tsl=true' })), 1, /has no setting "tsl"/],
    [
      'nobody at the port',
      async () => named(addressOf(line, { login: `app:${WRONG}`, at: `127.0.0.1:${await freePort()}`, patience: SHORT })),
      'waits',
      /away: .*Db2 server/,
    ],
    [
      'nobody at an IPv6 address',
      async () => named(addressOf(line, { login: `app:${WRONG}`, at: `[::1]:${await freePort()}`, patience: SHORT })),
      'waits',
      /away: .*Db2 server/,
    ],
    [
      'the binding, where it is not installed',
      () => ({ ...named(addressOf(line)), NODE_PATH: '' }),
      1,
      /Db2 needs the package ibm_db: run `npm install ibm_db@4`/,
    ],
  ])('%s', async (_, env, ends, said) => expectStart(await env(), ends, said));

  test('a user who may only read: it reads, says so when it is asked, and has noted it', async () => {
    const fresh = await freshLine();
    await (await openDb2(fresh.options)).close();
    const tables = ['events', 'log_turn', 'views', 'view_seen', 'probe', 'kakeibo_schema', 'leases'];
    await run(fresh.options, ...tables.map((table) => `GRANT SELECT ON ${table} TO reader`));
    const env = named(addressOf(fresh, { login: 'reader:reader' }));
    await expectStart(env, 'starts', /^read-only /);
    const main = await startMain(env);
    await expect.poll(() => main.output(), { timeout: 60_000 }).toMatch(/"what":"permissions","state":"bad".*docs\/db2\.md/);
    main.signal('SIGTERM');
    expect((await main.ended).code).toBe(0);
  });

  test('the command line says so too', async () => {
    process.env['NODE_PATH'] = NODE_PATH;
    await expectCommand(addressOf(line, { login: `app:${WRONG}` }), /check both/);
  });
});
