/** The server's error numbers, and the driver's and network's codes, as what a store throws. */
import { StoreError } from '@kakeibo/core';
import type { StoreErrorCode } from '@kakeibo/core';

import { DuplicateKey } from '../sql/connection.ts';

/** The whole transaction was taken back, or never arrived: the same work with the same ids can be done once more. */
export class Transient extends StoreError {}

/** No answer within the time-out: the connection is given up, whatever it still does. */
export class TimedOut extends Error {
  override readonly name = 'TimedOut';
}

type Meaning = readonly [StoreErrorCode, string];

// https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html, https://mariadb.com/kb/en/mariadb-error-codes/
const MEANINGS: readonly (readonly [numbers: readonly number[], Meaning])[] = [
  [
    [1205, 3572],
    ['busy', 'another transaction holds a lock for longer than the time-out'],
  ],
  [
    [1040, 1203, 1226],
    ['busy', 'the server has no connection left for this user: raise max_connections, or open fewer'],
  ],
  [
    [1021, 1114, 1197, 1534, 3675],
    ['storage-full', 'the server has no room left'],
  ],
  [
    [1290, 1792, 1836, 1036, 1874],
    ['read-only', 'the server may be read, not written: it is a replica, a secondary, or out of its group (super_read_only)'],
  ],
  [
    [1142, 1143, 1227, 1370],
    ['read-only', 'the user may not do this: see docs/mysql.md for what to grant'],
  ],
  [
    [1045, 1698],
    ['refused', 'the server refused the user or the password'],
  ],
  [[1044], ['refused', 'the user may not use this database: grant it']],
  [[1049], ['refused', 'there is no such database: create it']],
  [
    [3159, 1251, 1524, 2061],
    ['refused', 'the server asks for another way to log in: turn tls on'],
  ],
  [
    [1820, 1862, 3118, 4151],
    ['refused', "the user's account is locked, or its password has expired"],
  ],
  [
    [1129, 1130],
    ['refused', 'the server lets nobody in from this host'],
  ],
  [[1153], ['unavailable', "what is written is larger than the server's max_allowed_packet: raise it"]],
  [
    [1146, 1054],
    ['incompatible', "the tables are not Kakeibo's: was one of them removed or altered?"],
  ],
  [[1665], ['incompatible', 'the server keeps its binary log as statements: set binlog_format to ROW or MIXED']],
];
const BY_NUMBER = new Map(MEANINGS.flatMap(([numbers, meaning]) => numbers.map((number) => [number, meaning] as const)));

/** A key, or the name of a table, a column or an index is taken. */
const TAKEN = new Set([1062, 1586, 1050, 1060, 1061]);

const DEADLOCK = 1213;

// Deadlock (in a cluster also: lost the certification), record changed (snapshot isolation), definition changed, statement to
// be prepared anew, Group Replication's rollback during commit.
const TAKEN_BACK = new Set([DEADLOCK, 1020, 1412, 1615, 3101]);

/** A COMMIT failed, and what the storage engine said of it: who lost to another member of a group has a deadlock. */
const COMMIT_FAILED = 1180;
const AS_DEADLOCK = /error 149\b/;

/** A statement was interrupted, by a cluster that is in a hurry or a person: the transaction is still to be taken back. */
const INTERRUPTED = 1317;

/** There is no such thing, or not in a cluster. */
const UNSUPPORTED = new Set([1235, 1105]);

/**
 * A node that has no quorum, or is not yet in step (Galera); a member that is not part of its group now (Group Replication): what
 * it was given did not happen, and another moment or another node may be better.
 */
const NOT_READY = new Set([1047, 3796, 3797, 3798, 3799]);

/** It is not written to, whoever asks: a server that was is no longer the one. */
const READ_ONLY_SERVER = new Set([1290, 1836]);

/** The server says goodbye: shut down, session killed, idle for too long. */
const GOODBYES = new Set([1053, 1077, 1079, 1152, 1158, 1159, 1160, 1161, 1184, 1927, 3169, 4031]);

const TLS_CODES = /^(HANDSHAKE_|ERR_TLS|ERR_SSL|CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_)/;
/** What the driver calls a failed handshake may be a line that broke meanwhile. */
const CUT_IN_HANDSHAKE = /socket disconnected|ECONNRESET|EPIPE|ETIMEDOUT/;
const NETWORK_CODES = /^(ECONN|ENOTFOUND|EAI_|EHOST|ENET|EPIPE|ETIMEDOUT|EADDR|PROTOCOL_)/;
const DISK_FULL = /errno: 28\b|error 28\b|No space left/;

/** The number that the server gave. */
function numberOf(error: unknown): number | undefined {
  if (!(error instanceof Error && 'errno' in error && typeof error.errno === 'number' && error.errno > 0)) return undefined;
  return error.errno === COMMIT_FAILED && AS_DEADLOCK.test(error.message) ? DEADLOCK : error.errno;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function isFatal(error: unknown): boolean {
  return error instanceof Error && 'fatal' in error && error.fatal === true;
}

/** Whether a failure says that the server knows no such thing. */
export function isUnsupported(failure: unknown): boolean {
  return failure instanceof StoreError && UNSUPPORTED.has(numberOf(failure.cause) ?? 0);
}

/** Whether a failure says that this server is not, or no longer, the one that is written to. */
export function isReadOnlyServer(failure: unknown): boolean {
  return failure instanceof StoreError && READ_ONLY_SERVER.has(numberOf(failure.cause) ?? 0);
}

/** Whether the connection is of no more use. */
export function isGone(error: unknown): boolean {
  if (error instanceof TimedOut || isFatal(error)) return true;
  const number = numberOf(error);
  return number === undefined ? NETWORK_CODES.test(codeOf(error)) : GOODBYES.has(number) || NOT_READY.has(number);
}

/**
 * Whether a COMMIT that failed like this did not happen, for certain: the server took the transaction back, or refused before
 * it began. All else leaves a doubt.
 */
export function wasRefused(error: unknown): boolean {
  const number = numberOf(error);
  return number !== undefined && (TAKEN_BACK.has(number) || BY_NUMBER.get(number)?.[0] === 'read-only');
}

/** What to throw for it. Errors that are neither the server's nor the network's pass as they are. */
export function failureOf(error: unknown): unknown {
  if (error instanceof StoreError || error instanceof DuplicateKey) return error;
  if (error instanceof TimedOut) return new StoreError('unavailable', error.message, { cause: error });
  const number = numberOf(error);
  if (number !== undefined) return serverFailure(number, error as Error);
  const code = codeOf(error);
  const said = `${code}: ${error instanceof Error ? error.message : ''}`;
  if (TLS_CODES.test(code) && !CUT_IN_HANDSHAKE.test(said))
    return new StoreError('refused', `no safe (TLS) connection to the server: name its ca, or turn tls off (${said})`, {
      cause: error,
    });
  if (NETWORK_CODES.test(code) || isFatal(error))
    return new Transient('unavailable', `the connection to the server is gone (${said})`, { cause: error });
  return error;
}

function serverFailure(number: number, error: Error): unknown {
  const said = `(server error ${number}: ${error.message})`;
  if (TAKEN.has(number)) return new DuplicateKey('a unique key is taken', { cause: error });
  if (TAKEN_BACK.has(number) || number === INTERRUPTED)
    return new Transient('busy', `the server took the transaction back ${said}`, { cause: error });
  if (NOT_READY.has(number))
    return new Transient('unavailable', `the node is not part of its cluster now ${said}`, { cause: error });
  if (GOODBYES.has(number)) return new Transient('unavailable', `the server ended the connection ${said}`, { cause: error });
  if (DISK_FULL.test(error.message))
    return new StoreError('storage-full', `the server has no room left ${said}`, { cause: error });
  const [kind, message] = BY_NUMBER.get(number) ?? ['unavailable', 'the server failed'];
  return new StoreError(kind, `${message} ${said}`, { cause: error });
}

/** What to throw for a COMMIT that nobody knows the end of. */
export function doubt(error: unknown): StoreError {
  const said = error instanceof Error ? error.message : String(error);
  return new StoreError('outcome-unknown', `the connection failed while the transaction was committed (${said})`, {
    cause: error,
  });
}
