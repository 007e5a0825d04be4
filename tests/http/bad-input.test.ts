import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openMysql } from '@kakeibo/adapters/mysql';
import { openSqlite } from '@kakeibo/adapters/sqlite';
import { beforeAll, describe, onTestFinished, test } from 'vitest';
import { selfSigned } from '../eventstoredb/certificate.ts';
import { startDouble, type Double } from '../eventstoredb/double.ts';
import { mysqlServer, START_MS } from '../servers/mysql-servers.ts';
import { pretend } from '../servers/pretended.ts';
import { isInstalled } from '../servers/programs.ts';
import { freePort } from '../servers/ports.ts';
import { expectCommand, expectStart, SECRETS, type BadInput, type Env } from './bad-input.ts';
import { newFolder } from './main-process.ts';

const [SECRET, WRONG] = SECRETS;

/** A machine with much else to do takes its time to start a service. */
const PATIENCE_MS = 90_000;

function passwordFile(text: string | Buffer): string {
  const file = join(newFolder(), 'password');
  writeFileSync(file, text);
  return file;
}

/** The service as on a machine that lacks a package. */
function without(name: string): Env {
  const hooks = `import { registerHooks } from 'node:module';
    registerHooks({ resolve(wanted, context, next) {
      if (wanted === '${name}') throw Object.assign(new Error('not found'), { code: 'ERR_MODULE_NOT_FOUND' });
      return next(wanted, context);
    } });`;
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(hooks)}` };
}

const named = (KAKEIBO_STORE: string, more: Env = {}): Env => ({ KAKEIBO_STORE, ...more });

describe('a password file', () => {
  const address = 'mysql://kakeibo@127.0.0.1:1/books';
  test.each<BadInput>([
    ['empty', () => named(address, { KAKEIBO_STORE_PASSWORD_FILE: passwordFile('\n') }), 2, /password file .+ is empty/],
    [
      'of several lines',
      () => named(address, { KAKEIBO_STORE_PASSWORD_FILE: passwordFile(`${SECRET}\n${WRONG}\n`) }),
      2,
      /several lines/,
    ],
    ['that never ends', () => named(address, { KAKEIBO_STORE_PASSWORD_FILE: '/dev/zero' }), 2, /more than 4096 bytes/],
    [
      'that is no text',
      () => named(address, { KAKEIBO_STORE_PASSWORD_FILE: passwordFile(Buffer.from([0xff, 0xfe])) }),
      2,
      /UTF-8/,
    ],
    ['that is a folder', () => named(address, { KAKEIBO_STORE_PASSWORD_FILE: newFolder() }), 2, /cannot be read \(EISDIR\)/],
    [
      'of views that is empty',
      () => ({ ...named('esdb://a@b', { KAKEIBO_VIEWS: address }), KAKEIBO_VIEWS_PASSWORD_FILE: passwordFile('') }),
      2,
      /empty/,
    ],
  ])('%s', async (_, env, ends, said) => expectStart(await env(), ends, said), PATIENCE_MS);
});

describe('SQLite', () => {
  const file = (make: (file: string) => void): string => {
    const path = join(newFolder(), 'books.db');
    make(path);
    return `sqlite:${path}`;
  };
  const sql = (text: string) => (path: string) => {
    const database = new DatabaseSync(path);
    database.exec(text);
    database.close();
  };
  test.each<BadInput>([
    ['a table that somebody else made', () => named(file(sql('CREATE TABLE events (what TEXT)'))), 1, /another application/],
    ['a folder in place of a file', () => named(file((path) => mkdirSync(path))), 1, /cannot be opened/],
    [
      'a file in UTF-16',
      () => named(file(sql("PRAGMA encoding = 'UTF-16le'; CREATE TABLE x (y); DROP TABLE x"))),
      'starts',
      /^ready/,
    ],
    ['a file that is empty', () => named(file((path) => writeFileSync(path, ''))), 'starts', /^ready/],
  ])('%s', async (_, env, ends, said) => expectStart(await env(), ends, said), PATIENCE_MS);
});

describe.runIf(isInstalled('mysql'))('MySQL', () => {
  beforeAll(() => mysqlServer(), START_MS);
  /** An empty database, and its address with other parts. */
  const fresh = async (change: (address: URL) => void = () => undefined, more = ''): Promise<string> => {
    const address = new URL(await (await mysqlServer()).freshDatabase(more));
    change(address);
    return address.href;
  };
  const prepared = async (statement: (name: string) => string, isOurs: boolean): Promise<Env> => {
    const address = await fresh();
    if (isOurs) await (await openMysql({ url: address })).close();
    await (await mysqlServer()).execute(statement(new URL(address).pathname.slice(1)));
    return named(address);
  };
  /** A user with an odd name and password, in the address and in a file. */
  const odd = async (place: 'address' | 'file'): Promise<Env> => {
    const { execute } = await mysqlServer();
    const user = `k@h;%${place}`;
    await execute(`CREATE USER IF NOT EXISTS '${user}'@'%' IDENTIFIED BY '${SECRET}'`);
    const address = await fresh((to) => ([to.username, to.password] = ['', '']));
    await execute(`GRANT ALL ON ${new URL(address).pathname.slice(1)}.* TO '${user}'@'%'`);
    const login = encodeURIComponent(user) + (place === 'address' ? `:${encodeURIComponent(SECRET)}` : '');
    const file = place === 'file' ? { KAKEIBO_STORE_PASSWORD_FILE: passwordFile(`${SECRET}\r\n`) } : {};
    return named(address.replace('//', `//${login}@`), file);
  };
  const tooOld = async (): Promise<Env> => {
    const server = await pretend('5.7.44');
    onTestFinished(() => server.close());
    return named(server.url);
  };
  const withoutTls = async (): Promise<Env> => {
    const server = await pretend('8.4.0');
    onTestFinished(() => server.close());
    return named(`${server.url.replace('127.0.0.1', 'localhost')}?tls=verify-identity`);
  };
  test.each<BadInput>([
    ['a server without TLS', withoutTls, 1, /\(TLS\).+turn tls off/],
    ['the driver, where it is not installed', async () => named(await fresh(), without('mysql2')), 1, /npm install mysql2/],
    ['a wrong password', async () => named(await fresh((to) => (to.password = WRONG))), 1, /refused the user or the password/],
    ['an unknown database', async () => named(await fresh((to) => (to.pathname = '/none'))), 1, /no such database: create it/],
    [
      'a certificate that nobody vouches for',
      async () => named(await fresh((to) => ((to.hostname = 'localhost'), (to.search = 'tls=verify-identity')))),
      1,
      /\(TLS\).+name its ca/,
    ],
    ['a server that is too old', tooOld, 1, /5\.7\.44: a ledger needs MySQL 8\.0/],
    [
      'a newer schema',
      () => prepared((name) => `UPDATE ${name}.kakeibo_schema SET version = 99`, true),
      1,
      /use a newer program/,
    ],
    [
      'a table that somebody else made',
      () => prepared((name) => `CREATE TABLE ${name}.events (what INT)`, false),
      1,
      /another program's .+ a database of its own/,
    ],
    [
      'an option that is none',
      async () => named(await fresh((to) => (to.search = 'tsl=off'))),
      1,
      /takes \?tls= and &ca= and nothing else/,
    ],
    [
      'nobody at the port',
      async () => named(`mysql://u:${WRONG}@127.0.0.1:${await freePort()}/x`),
      'waits',
      /away: 127\.0\.0\.1:\d+: .+ECONNREFUSED/,
    ],
    [
      'nobody at an IPv6 address',
      async () => named(`mysql://u:${WRONG}@[::1]:${await freePort()}/x`),
      'waits',
      /away: \[::1\]:\d+: /,
    ],
    ['another character set', async () => named(await fresh(undefined, 'CHARACTER SET latin1')), 'starts', /^ready/],
    ['odd signs in the address', () => odd('address'), 'starts', /^ready/],
    ['odd signs, and the password in a file', () => odd('file'), 'starts', /^ready/],
    ['two hosts', () => named('mysql://u@one,two/x'), 2, /several hosts/],
  ])('%s', async (_, env, ends, said) => expectStart(await env(), ends, said), PATIENCE_MS);

  test(
    'the command line says so too',
    async () => {
      await expectCommand(await fresh((to) => (to.password = WRONG)), /refused the user or the password/);
      await expectCommand(`mysql://u:${encodeURIComponent(SECRET)}@127.0.0.1:${await freePort()}/x`, /ECONNREFUSED/);
    },
    PATIENCE_MS,
  );
});

describe('EventStoreDB', () => {
  const double = async (options: Parameters<typeof startDouble>[0] = {}): Promise<Double> => {
    const started = await startDouble(options);
    onTestFinished(() => started.close());
    return started;
  };
  const views = (): Env => ({ KAKEIBO_VIEWS: `sqlite:${join(newFolder(), 'views.db')}` });
  const login = (password: string): string => `admin:${encodeURIComponent(password)}@`;
  const overTls = async (password: string, isVouchedFor = true): Promise<Env> => {
    const tls = selfSigned();
    const { port } = await double({ tls, credentials: { username: 'admin', password: SECRET } });
    const ca = isVouchedFor ? `&tlsCAFile=${encodeURIComponent(passwordFile(tls.certificate))}` : '';
    return named(`esdb://${login(password)}localhost:${port}?defaultDeadline=60000${ca}`, views());
  };
  const foreign = async (): Promise<Env> => {
    const { log, port } = await double();
    const other = { id: crypto.randomUUID(), type: 'Other', contentType: 'application/json', data: Buffer.from('{}') };
    log.append('kakeibo-wallet-1', [{ ...other, metadata: Buffer.alloc(0) }] as never, 'no_stream');
    return named(`esdb://localhost:${port}?tls=false`, views());
  };
  const newerViews = async (): Promise<Env> => {
    const file = join(newFolder(), 'views.db');
    await (await openSqlite({ file })).close();
    const database = new DatabaseSync(file);
    database.exec('PRAGMA user_version = 99');
    database.close();
    return named(`esdb://localhost:${(await double()).port}?tls=false`, { KAKEIBO_VIEWS: `sqlite:${file}` });
  };
  test.each<BadInput>([
    [
      'the client, where it is not installed',
      () => named('esdb://localhost?tls=false', { ...views(), ...without('@eventstore/db-client') }),
      1,
      /npm install @eventstore\/db-client/,
    ],
    ['a wrong password', () => overTls(WRONG), 1, /refuses these credentials: check name and password/],
    ['odd signs in the password', () => overTls(SECRET), 'starts', /^ready/],
    ['a certificate that nobody vouches for', () => overTls(SECRET, false), 1, /\(TLS\).+name its ca/],
    [
      'a server without TLS',
      async () => named(`esdb://${login(SECRET)}localhost:${(await double()).port}`, views()),
      1,
      /\(TLS\).+tls=false/,
    ],
    [
      'nobody at the port',
      async () => named(`esdb://${login(SECRET)}localhost:${await freePort()}?tls=false&defaultDeadline=300`, views()),
      'waits',
      /away: EventStoreDB at localhost:\d+/,
    ],
    [
      'an IPv6 address',
      async () => named(`esdb://${login(SECRET)}[::1]:${await freePort()}?tls=false&defaultDeadline=300`, views()),
      'waits',
      /away: EventStoreDB at \[::1\]:\d+/,
    ],
    [
      'an option that is none',
      () => named(`esdb://${login(SECRET)}localhost?tsl=true`, views()),
      1,
      /option that is not known here/,
    ],
    ['a deadline that is none', () => named('esdb://localhost?defaultDeadline=0', views()), 1, /deadline is longer/],
    ['a name that no ledger has', () => named('esdb://localhost/My-Ledger?tls=false', views()), 1, /lower-case letters/],
    ['an event that somebody else wrote', foreign, 1, /not written by Kakeibo/],
    ['a newer schema of the views', newerViews, 1, /use a newer program/],
  ])('%s', async (_, env, ends, said) => expectStart(await env(), ends, said), PATIENCE_MS);
});
