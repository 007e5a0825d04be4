import { isUtf8 } from 'node:buffer';
import { closeSync, openSync, readSync } from 'node:fs';
import { resolve } from 'node:path';
import { ConfigError } from './config-error.ts';

/** A ledger in a file. */
export interface FileAddress {
  readonly kind: 'sqlite';
  readonly file: string;
  /** How it is told to people. */
  readonly shown: string;
}

/** A ledger on a server, or on several that are one. */
export interface ServerAddress {
  readonly kind: 'mysql' | 'db2' | 'esdb';
  /** As it was written: `esdb+discover` is a way to find an `esdb`. */
  readonly scheme: string;
  /** How it is told to people: without the password, and without what parameters say. */
  readonly shown: string;
  readonly hosts: readonly { readonly host: string; readonly port?: number }[];
  readonly user?: string;
  /** Asked for by a call, so that whoever prints or copies an address prints no password. */
  password(): string | undefined;
  readonly database?: string;
  readonly parameters: Readonly<Record<string, string>>;
}

export type StoreAddress = FileAddress | ServerAddress;

const EXAMPLES = {
  sqlite: 'sqlite:/var/lib/kakeibo/kakeibo.db',
  mysql: 'mysql://kakeibo@db.example:3306/kakeibo',
  db2: 'db2://kakeibo@db.example:50000/KAKEIBO',
  esdb: 'esdb://kakeibo@events.example:2113?tls=true',
} as const;

/** What an address may begin with. */
const KINDS: ReadonlyMap<string, StoreAddress['kind']> = new Map([
  ['sqlite', 'sqlite'],
  ['mysql', 'mysql'],
  ['mariadb', 'mysql'],
  ['db2', 'db2'],
  ['esdb', 'esdb'],
  ['esdb+discover', 'esdb'],
]);

/** How an address is read: under which name it was given, and where its password is when it has none itself. */
export interface AddressOptions {
  readonly name: string;
  readonly passwordFile?: string;
}

/**
 * Reads the address of a store. No fault tells more of it than its scheme: what follows may hold a password.
 *
 * @example
 * readStoreAddress('sqlite:/tmp/books.db', { name: 'KAKEIBO_STORE' }).shown; // '/tmp/books.db'
 */
export function readStoreAddress(text: string, options: AddressOptions): StoreAddress {
  const [, given = '', rest = ''] = /^([a-z0-9+]+):(.*)$/is.exec(text) ?? [];
  const scheme = given.toLowerCase();
  const kind = KINDS.get(scheme);
  if (kind === undefined) {
    const said = given !== '' ? `${given}:…` : text.includes('@') ? '…' : text;
    throw new ConfigError(
      `${options.name} is ${said}; it must begin with sqlite:, mysql:, mariadb:, db2: or esdb:, like ${EXAMPLES.sqlite} or ${EXAMPLES.mysql}`,
    );
  }
  return kind === 'sqlite' ? fileAddress(rest, options) : serverAddress({ kind, scheme }, rest, options);
}

function fileAddress(rest: string, { name }: AddressOptions): FileAddress {
  const path = rest.replace(/^\/\/(?=\/)/, '');
  if (path === '' || path.startsWith(':') || path.startsWith('//') || path.includes('\0'))
    throw new ConfigError(`${name} names no file; write it like ${EXAMPLES.sqlite}`);
  const file = resolve(path);
  return { kind: 'sqlite', file, shown: file };
}

/** User and password, hosts, database, parameters. The password ends at the last `@` before the hosts. */
const SERVER = /^\/\/(?:([^/?#]*)@)?([^/?#@]+)(?:\/([^/?#]*))?(?:\?([^#]*))?$/s;
const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(\d{1,5}))?$/i;

function serverAddress(
  { kind, scheme }: Pick<ServerAddress, 'kind' | 'scheme'>,
  rest: string,
  options: AddressOptions,
): ServerAddress {
  const refuse = (why: string): never => {
    const encoded = 'signs like @ / ? # % in user and password are written as %40 %2F %3F %23 %25';
    throw new ConfigError(`${options.name} is ${scheme}:… and ${why}; write it like ${EXAMPLES[kind]} (${encoded})`);
  };
  const match = SERVER.exec(rest);
  if (match === null) return refuse('cannot be read');
  const [, login = '', hostList = '', databaseText = '', query = ''] = match;
  const plain = (part: string): string => {
    try {
      return decodeURIComponent(part);
    } catch {
      return refuse('has a % that stands for nothing');
    }
  };
  const hosts = hostList.split(',').map((each) => {
    const [, host, port] = HOST.exec(each) ?? [];
    if (host === undefined || Number(port ?? 1) > 65_535 || Number(port ?? 1) < 1) return refuse('names no host');
    return { host: host.replaceAll(/[[\]]/g, ''), ...(port === undefined ? {} : { port: Number(port) }) };
  });
  const colon = login.indexOf(':');
  const user = plain(colon === -1 ? login : login.slice(0, colon));
  const own = colon === -1 ? undefined : plain(login.slice(colon + 1));
  if (kind !== 'esdb' && databaseText === '') refuse('names no database');
  if (kind !== 'esdb' && hosts.length > 1) refuse('names several hosts, of which it takes one');
  const database = plain(databaseText);
  const password = own ?? (options.passwordFile === undefined ? undefined : passwordIn(options.passwordFile));
  return {
    kind,
    scheme,
    shown: `${scheme}://${user === '' ? '' : `${user}@`}${hostList}${database === '' ? '' : `/${database}`}`,
    hosts,
    ...(user === '' ? {} : { user }),
    password: () => password,
    ...(database === '' ? {} : { database }),
    parameters: Object.fromEntries(new URLSearchParams(query)),
  };
}

/** Longer is no password: a wrong file, or a device that never ends. */
const MOST_PASSWORD_BYTES = 4_096;

/** The one line of a file, without what an editor puts before and behind it. */
function passwordIn(file: string): string {
  const refuse = (why: string): never => {
    throw new ConfigError(`the password file ${file} ${why}; it holds the password in its first and only line`);
  };
  let bytes: Buffer;
  try {
    bytes = beginningOf(file, MOST_PASSWORD_BYTES + 1);
  } catch (error) {
    return refuse(`cannot be read (${error instanceof Error && 'code' in error ? String(error.code) : 'unknown'})`);
  }
  if (bytes.length > MOST_PASSWORD_BYTES) refuse(`has more than ${MOST_PASSWORD_BYTES} bytes`);
  if (!isUtf8(bytes)) refuse('is not UTF-8 text');
  const password = bytes
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .replace(/\r?\n$/, '');
  if (password === '') refuse('is empty');
  if (/[\0\r\n]/.test(password)) refuse('has several lines');
  return password;
}

function beginningOf(file: string, most: number): Buffer {
  const bytes = Buffer.alloc(most);
  const handle = openSync(file, 'r');
  try {
    let length = 0;
    for (let read = -1; read !== 0 && length < most; length += read) read = readSync(handle, bytes, length, most - length, null);
    return bytes.subarray(0, length);
  } finally {
    closeSync(handle);
  }
}

/** The address as a URL with its password, for a client that takes nothing else. Never told to anybody. */
export function secretUrl(address: ServerAddress): string {
  const { kind, scheme, hosts, user, database, parameters } = address;
  const password = address.password();
  const login = user === undefined ? '' : `${encodeURIComponent(user)}:${encodeURIComponent(password ?? '')}@`;
  const places = hosts.map(
    ({ host, port }) => `${host.includes(':') ? `[${host}]` : host}${port === undefined ? '' : `:${port}`}`,
  );
  const query = new URLSearchParams(parameters).toString();
  // What stands after the hosts of an esdb: is the ledger's name, which its client knows nothing of.
  const path = database === undefined || kind === 'esdb' ? '' : `/${encodeURIComponent(database)}`;
  return `${scheme}://${login}${places.join(',')}${path}${query === '' ? '' : `?${query}`}`;
}
