/** Where a server is and how it is reached, from a URL or from parts. No message here repeats what it was given: it may be a secret. */
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';

import { StoreError } from '@kakeibo/core';

/**
 * How much of TLS: the certificate and the host's name are verified; the certificate alone, against `ca` (for the certificate
 * that a server makes for itself, which has no name); none.
 */
export type MysqlTls = 'verify-identity' | 'verify-ca' | 'off';

/** Where the server is: `url`, or its parts. A part that is given goes before the URL's. */
export interface MysqlAddress {
  /**
   * `mysql://user:password@host:3306/database?tls=verify-ca&ca=/etc/ssl/mysql-ca.pem`; `mariadb://` is the same. The nodes of a
   * cluster may be named all: `mysql://user@a:3306,b:3306,c:3306/database`.
   */
  readonly url?: string;
  readonly host?: string;
  readonly port?: number;
  readonly user?: string;
  readonly password?: string;
  readonly database?: string;
  /** Default: `verify-identity`, and `off` for a server on this machine when no `ca` is given. */
  readonly tls?: MysqlTls;
  /** The certificate authority, as PEM text. Default: those that Node trusts. */
  readonly ca?: string;
}

/** An address that is complete. */
export interface Address {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly tls: MysqlTls;
  readonly ca?: string;
}

const TLS: ReadonlySet<string> = new Set<MysqlTls>(['verify-identity', 'verify-ca', 'off']);
const HERE = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/;
/** What is before the hosts, the hosts, what is behind them. The password ends at the last `@` before the hosts. */
const SEVERAL = /^([^/]*:\/\/(?:[^/?#]*@)?)([^/?#@]+,[^/?#@]*)(.*)$/s;
const QUERY = new Set(['tls', 'ca']);

/** Puts an address together. */
function addressOf(given: MysqlAddress): Address {
  const parts = { ...(given.url === undefined ? {} : partsOf(given.url)), ...defined(given) };
  const { host = 'localhost', port = 3306, user, password = '', database, ca } = parts;
  const tls = parts.tls ?? (ca === undefined && isHere(host) ? 'off' : 'verify-identity');
  if (user === undefined || user === '') throw refusal('the address names no user');
  if (database === undefined || database === '') throw refusal('the address names no database');
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw refusal('the port is not from 1 to 65535');
  if (!TLS.has(tls)) throw refusal('tls is verify-identity, verify-ca or off');
  if (tls === 'verify-ca' && ca === undefined) throw refusal('tls=verify-ca needs the ca');
  if (tls === 'verify-identity' && isIP(host) !== 0)
    throw refusal(
      'tls=verify-identity needs the name of the host rather than its number: name it, or use tls=verify-ca with its ca',
    );
  return { host, port, user, password, database, tls, ...(ca === undefined ? {} : { ca }) };
}

/**
 * The address, or one for each host of a URL with several: `mysql://user@a,b:3307,c/database`. Throws a `StoreError` that says what
 * is missing.
 */
export function addressesOf(given: MysqlAddress): readonly Address[] {
  const [, before = '', hosts = '', after = ''] = SEVERAL.exec(given.url ?? '') ?? [];
  if (hosts === '') return [addressOf(given)];
  if (given.host !== undefined || given.port !== undefined) throw refusal('a URL with several hosts takes no host beside it');
  return hosts.split(',').map((host) => addressOf({ ...given, url: `${before}${host}${after}` }));
}

/** Whether the server is on this machine. */
export function isHere(host: string): boolean {
  return HERE.test(host);
}

/** Address and port, for messages. */
export function placeOf({ host, port }: Address): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function refusal(what: string): StoreError {
  return new StoreError('refused', `the server cannot be looked for: ${what}`);
}

function defined({ url: _, ...given }: MysqlAddress): Omit<MysqlAddress, 'url'> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function partsOf(text: string): Omit<MysqlAddress, 'url'> {
  // The error of `new URL` has the text in it, so it is nobody's cause.
  if (!URL.canParse(text)) throw refusal('the URL is none (in the password, write @ / ? # % as %40 %2F %3F %23 %25)');
  const url = new URL(text);
  if (url.protocol !== 'mysql:' && url.protocol !== 'mariadb:') throw refusal('the URL begins with mysql:// or mariadb://');
  const unknown = [...url.searchParams.keys()].find((key) => !QUERY.has(key));
  if (unknown !== undefined || url.hash !== '') throw refusal('the URL takes ?tls= and &ca= and nothing else');
  const tls = url.searchParams.get('tls');
  const ca = url.searchParams.get('ca');
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    ...(url.port === '' ? {} : { port: Number(url.port) }),
    ...(url.username === '' ? {} : { user: plain(url.username) }),
    ...(url.password === '' ? {} : { password: plain(url.password) }),
    database: plain(url.pathname.slice(1)),
    ...(tls === null ? {} : { tls: tls as MysqlTls }),
    ...(ca === null ? {} : { ca: certificate(ca) }),
  };
}

function plain(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    throw refusal('the URL has a % that begins no character: write % as %25');
  }
}

function certificate(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new StoreError('refused', `the ca ${file} cannot be read`, { cause });
  }
}
