/** Where a database is and how it is spoken to, from parts or from a URL, and the text that IBM's client takes. */
import { StoreError } from '@kakeibo/core';
import type { Clock } from '@kakeibo/core';

import type { Db2Driver } from './driver.ts';

/** How to open a database. */
export interface Db2Options {
  readonly database: string;
  readonly host: string;
  /** Default 50000; Db2 on Cloud names its own. */
  readonly port?: number;
  readonly user: string;
  readonly password: string;
  /** Whether to speak TLS, and to check the server's certificate and name. Default false. */
  readonly tls?: boolean;
  /** The file with the certificate (PEM) that signed the server's. Without it, those that IBM's client knows. */
  readonly ca?: string;
  /** Where the tables are: letters, digits and `_`, in capitals as Db2 keeps it. Default: the user's own. */
  readonly schema?: string;
  /** How the password is sent: `server` as it is, for TLS. Default: what client and server agree on. */
  readonly authentication?: 'server' | 'server_encrypt';
  /** `read` makes and changes nothing, also no older tables: for a user who may only read. Default `write`. */
  readonly access?: 'write' | 'read';
  /** Connections for reading, beside the one that writes: 1 to 16, default 3. */
  readonly readers?: number;
  /** How long opening a connection may take. Default 10,000. */
  readonly connectTimeoutMs?: number;
  /** How long a read waits for a free connection before it is refused as `busy`. Default 5,000. */
  readonly acquireTimeoutMs?: number;
  /** How long a statement may take; a connection that took longer is given up. Default 30,000. */
  readonly queryTimeoutMs?: number;
  /** How long a write is tried again while others hold what it needs, before it is refused as `busy`. Default 5,000. */
  readonly busyTimeoutMs?: number;
  /** Default: the machine's. */
  readonly clock?: Clock;
  /** The module `ibm_db`, where it is not found from here. */
  readonly driver?: Db2Driver;
}

/** All of it decided. */
export type Db2Settings = Required<Omit<Db2Options, 'access' | 'clock' | 'driver' | 'ca' | 'schema' | 'authentication'>> &
  Pick<Db2Options, 'ca' | 'schema' | 'authentication'>;

const SCHEMA = /^[A-Za-z][A-Za-z0-9_]{0,127}$/;
const HOST = /^[A-Za-z0-9._:-]{1,255}$/;

function refuse(what: string): never {
  throw new StoreError('refused', what);
}

/** A bounded whole number. */
function figure(value: number, name: string, least: number, most: number): number {
  return Number.isInteger(value) && value >= least && value <= most
    ? value
    : refuse(`${name} is a whole number from ${least} to ${most}`);
}

/** Takes what was given, refuses what cannot be, and fills in the rest. */
export function settingsOf(options: Db2Options): Db2Settings {
  const { database, host, user, password, tls = false, ca, schema, authentication } = options;
  if (!HOST.test(host)) refuse('the host of the Db2 server is a name or an address');
  if (schema !== undefined && !SCHEMA.test(schema)) refuse('a schema is named by a letter, then letters, digits and _');
  if (ca !== undefined && !tls) refuse('a certificate is of use with TLS only: set tls');
  for (const [name, part] of Object.entries({ database, user, password, ca })) if (part !== undefined) assertPart(name, part);
  return {
    database,
    host,
    user,
    password,
    tls,
    port: figure(options.port ?? 50_000, 'the port', 1, 65_535),
    readers: figure(options.readers ?? 3, 'readers', 1, 16),
    connectTimeoutMs: figure(options.connectTimeoutMs ?? 10_000, 'connectTimeoutMs', 100, 600_000),
    acquireTimeoutMs: figure(options.acquireTimeoutMs ?? 5_000, 'acquireTimeoutMs', 10, 600_000),
    queryTimeoutMs: figure(options.queryTimeoutMs ?? 30_000, 'queryTimeoutMs', 100, 600_000),
    busyTimeoutMs: figure(options.busyTimeoutMs ?? 5_000, 'busyTimeoutMs', 0, 600_000),
    ...(ca === undefined ? {} : { ca }),
    ...(schema === undefined ? {} : { schema: schema.toUpperCase() }),
    ...(authentication === undefined ? {} : { authentication }),
  };
}

/**
 * Stops what would not arrive as it is. Observed with client 12.1: a value ends at the next semicolon, whatever quotes or braces
 * are around it; blanks before it are dropped; everything else is taken as it stands.
 */
function assertPart(name: string, part: string): void {
  if (part === '') refuse(`the Db2 ${name} is empty`);
  if (part.length > 1_024) refuse(`the Db2 ${name} is longer than 1,024 characters`);
  if (part.includes(';')) refuse(`the Db2 ${name} has a semicolon, which IBM's client cannot send: choose another ${name}`);
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/^\s|[\u0000-\u001f\u007f]/.test(part) || !part.isWellFormed())
    refuse(`the Db2 ${name} begins with a blank or has a control character, which IBM's client cannot send`);
}

/** The text that IBM's client takes. It holds the password: it goes to the client and nowhere else. */
export function connectionText(settings: Db2Settings): string {
  const { tls, ca, authentication, schema } = settings;
  const seconds = (ms: number): number => Math.ceil(ms / 1_000);
  const parts: Readonly<Record<string, string | number | undefined>> = {
    DATABASE: settings.database,
    HOSTNAME: settings.host,
    PORT: settings.port,
    PROTOCOL: 'TCPIP',
    UID: settings.user,
    PWD: settings.password,
    AUTHENTICATION: authentication?.toUpperCase(),
    SECURITY: tls ? 'SSL' : undefined,
    SSLServerCertificate: ca,
    SSLClientHostnameValidation: tls ? 'Basic' : undefined,
    CurrentSchema: schema,
    ConnectTimeout: seconds(settings.connectTimeoutMs),
    // Frees the thread of a statement that was given up. (ReceiveTimeout has no effect in client 12.1.)
    QueryTimeout: seconds(settings.queryTimeoutMs),
    QueryTimeoutInterval: 1,
    LockTimeout: Math.max(seconds(settings.busyTimeoutMs), 1),
  };
  return Object.entries(parts)
    .flatMap(([name, value]) => (value === undefined ? [] : `${name}=${value};`))
    .join('');
}

const SWITCHES = new Set(['tls', 'ca', 'schema', 'authentication']);
const FIGURES = new Set(['readers', 'connectTimeoutMs', 'acquireTimeoutMs', 'queryTimeoutMs', 'busyTimeoutMs']);

/**
 * Reads `db2://user:password@host:port/DATABASE?tls=true&ca=…&schema=…`; parts with odd characters are percent-encoded.
 *
 * @example
 * db2FromUrl('db2://kakeibo:s%23cret@db2.example:50001/BLUDB?tls=true').port; // 50001
 */
export function db2FromUrl(text: string): Db2Options {
  const form = 'a Db2 ledger is named as db2://user:password@host:port/DATABASE?tls=true&schema=NAME';
  const url = URL.canParse(text) ? new URL(text) : refuse(form);
  const database = url.pathname.slice(1);
  if (url.protocol !== 'db2:' || url.hostname === '' || database === '' || database.includes('/')) refuse(form);
  const decoded = (part: string): string => {
    try {
      return decodeURIComponent(part);
    } catch {
      return refuse(`${form}, with percent signs encoded as %25`);
    }
  };
  const more: Record<string, string | number | boolean> = {};
  for (const [name, value] of url.searchParams) {
    if (FIGURES.has(name)) more[name] = Number(value);
    else if (!SWITCHES.has(name)) refuse(`a Db2 ledger has no setting ${JSON.stringify(name.slice(0, 40))}`);
    else if (name !== 'tls') more[name] = value;
    else more[name] = value === 'true' || (value === 'false' ? false : refuse('tls is true or false'));
  }
  if (more['authentication'] !== undefined && !/^server(_encrypt)?$/.test(String(more['authentication'])))
    refuse('authentication is server or server_encrypt');
  return {
    database: decoded(database),
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    ...(url.port === '' ? {} : { port: Number(url.port) }),
    user: decoded(url.username),
    password: decoded(url.password),
    ...more,
  };
}
