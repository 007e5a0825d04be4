/** Where an EventStoreDB is: its connection string, read here so that no message of the client's can show the password in it. */
import { readFileSync } from 'node:fs';

import { StoreError } from '@kakeibo/core';

/** A name and a password. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** One node. */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** What a connection string says. */
export interface Address {
  /** Whether the one host is asked, by gossip, for the nodes of its cluster. */
  readonly discover: boolean;
  readonly endpoints: readonly Endpoint[];
  readonly tls: boolean;
  readonly ca?: Buffer;
  readonly certificate?: { readonly certificate: Buffer; readonly key: Buffer };
  readonly credentials?: Credentials;
  /** The client's own settings: numbers, and the connection's name. */
  readonly settings: Readonly<Record<string, number | string>>;
}

const FORM = /^(esdb|esdb\+discover):\/\/(?:([^@/?]*)@)?([^/?@]+)\/?(?:\?(.*))?$/s;
const HOST = /^(\[[0-9A-Fa-f:]+\]|[A-Za-z0-9._-]+)(?::(\d{1,5}))?$/;
const PORT = 2113;

const NUMBERS = [
  'maxDiscoverAttempts',
  'discoveryInterval',
  'gossipTimeout',
  'keepAliveInterval',
  'keepAliveTimeout',
  'defaultDeadline',
];
const FILES = ['tlsCAFile', 'userCertFile', 'userKeyFile'];
const KNOWN = new Map([...NUMBERS, ...FILES, 'tls', 'connectionName', 'nodePreference'].map((key) => [flat(key), key]));

/** As the client compares them: `tls-ca-file` is `tlsCAFile`. */
function flat(key: string): string {
  return key.toLowerCase().replaceAll(/[_-]/g, '');
}

function refuse(message: string): never {
  throw new StoreError('refused', `the address of EventStoreDB ${message}`);
}

/**
 * Reads `esdb://name:password@host:2113,other:2113?tls=true&tlsCAFile=ca.pem`. Throws a `StoreError` that says what is wrong and
 * shows nothing that could be a password.
 *
 * @example
 * parseAddress('esdb://localhost:2113?tls=false');
 */
export function parseAddress(text: string): Address {
  const [, scheme, user, hosts, query] = FORM.exec(text.trim()) ?? [];
  if (hosts === undefined)
    return refuse('has the form esdb://name:password@host:2113?tls=true (write @, / and ? in a password as %40, %2F, %3F)');
  const endpoints = hosts.split(',').map(endpointOf);
  const said = optionsOf(query ?? '');
  if (said.get('nodePreference') !== undefined && said.get('nodePreference') !== 'leader')
    refuse('asks for a nodePreference other than leader: only the leader tells what was just written');
  const credentials = user === undefined ? undefined : credentialsOf(user);
  const certificate = certificateOf(said);
  const ca = said.get('tlsCAFile');
  return {
    discover: scheme === 'esdb+discover',
    endpoints,
    tls: tlsOf(said.get('tls')),
    settings: settingsOf(said),
    ...(ca === undefined ? {} : { ca: fileOf('tlsCAFile', ca) }),
    ...(certificate === undefined ? {} : { certificate }),
    ...(credentials === undefined ? {} : { credentials }),
  };
}

function endpointOf(text: string): Endpoint {
  const [, address, port] = HOST.exec(text.trim()) ?? [];
  if (address === undefined || Number(port ?? PORT) > 65_535) return refuse('names a host that is none: write host:2113');
  return { address, port: Number(port ?? PORT) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return refuse('has a % that is not followed by two digits: write it as %25');
  }
}

function credentialsOf(user: string): Credentials {
  const colon = user.indexOf(':');
  if (colon < 1) return refuse('has a name without a password: write name:password@');
  return { username: decoded(user.slice(0, colon)), password: decoded(user.slice(colon + 1)) };
}

function optionsOf(query: string): ReadonlyMap<string, string> {
  const said = new Map<string, string>();
  for (const pair of query.split('&')) {
    if (pair === '') continue;
    const [name = '', value = ''] = pair.split(/=(.*)/s);
    const key = KNOWN.get(flat(name));
    if (key === undefined) return refuse(`has an option that is not known here: known are ${[...KNOWN.values()].join(', ')}`);
    said.set(key, decoded(value));
  }
  return said;
}

function tlsOf(value: string | undefined): boolean {
  if (value !== undefined && value !== 'true' && value !== 'false') return refuse('says tls: write tls=true or tls=false');
  return value !== 'false';
}

function settingsOf(said: ReadonlyMap<string, string>): Readonly<Record<string, number | string>> {
  const settings: Record<string, number | string> = {};
  for (const key of NUMBERS) {
    const value = said.get(key);
    if (value === undefined) continue;
    if (!/^-?\d{1,9}$/.test(value)) refuse(`says ${key}: write a whole number`);
    settings[key] = Number(value);
  }
  const name = said.get('connectionName');
  return name === undefined ? settings : { ...settings, connectionName: name };
}

function fileOf(key: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new StoreError('refused', `the address of EventStoreDB names a ${key} that cannot be read: ${path}`, { cause });
  }
}

function certificateOf(said: ReadonlyMap<string, string>): Address['certificate'] {
  const [certificate, key] = [said.get('userCertFile'), said.get('userKeyFile')];
  if (certificate === undefined && key === undefined) return undefined;
  if (certificate === undefined || key === undefined) return refuse('needs userCertFile and userKeyFile, or none of them');
  return { certificate: fileOf('userCertFile', certificate), key: fileOf('userKeyFile', key) };
}
