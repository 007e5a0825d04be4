/** What Db2 answers as what a store throws: SQLSTATE first, then SQLCODE. Derby's own states are named as such. */
import { StoreError } from '@kakeibo/core';
import type { StoreErrorCode } from '@kakeibo/core';

import { DuplicateKey } from '../sql/connection.ts';

/** What to do about it, beside what is thrown. */
export type Remedy = 'again' | 'missing' | 'gone' | 'none';

/** An error of the client or the server, as far as it is one. */
interface Reported {
  readonly state: string;
  readonly code: number;
  readonly said: string;
}

function reported(error: unknown): Reported | undefined {
  if (!(error instanceof Error) || !('sqlcode' in error)) return undefined;
  // A message may name another state than the field: the one at its end is the server's.
  const own = 'sqlstate' in error ? String(error.sqlstate) : '';
  return { state: /SQLSTATE=(\w{5})/.exec(error.message)?.[1] ?? own, code: Number(error.sqlcode), said: saidBy(error) };
}

function saidBy({ message }: Error): string {
  // Of Derby the client knows no texts; what is of use stands among the tokens.
  const tokens = /original tokens\s+"(.*)"\./s.exec(message)?.[1];
  return (tokens ?? message.replace('[IBM][CLI Driver]', '')).replaceAll(/\s+/g, ' ').trim().slice(0, 300);
}

type Case = readonly [StoreErrorCode, string, Remedy?];

const GONE: Case = ['unavailable', 'the connection to the Db2 server is gone', 'gone'];
const HELD: Case = ['busy', 'another transaction holds what this one needs', 'again'];
const REFUSED: Case = ['refused', 'the Db2 server refuses this user and password: check both'];
const UNKNOWN_DATABASE: Case = ['refused', 'the Db2 server has no such database: check its name (mostly in capitals)'];
const NO_TLS: Case = ['refused', 'no safe (TLS) connection to the Db2 server: check the ca and the host', 'gone'];
const NOT_ALLOWED: Case = ['read-only', 'this user may not write: grant it the rights named in docs/db2.md'];
const NO_TABLE: Case = ['incompatible', 'a table is missing', 'missing'];
const FULL: Case = ['storage-full', 'the database has no room left: extend its table space or its log'];

/** By SQLSTATE; those with an X after two digits, and 40XL, are Derby's. */
const STATES: Readonly<Record<string, Case>> = {
  '40001': HELD, // deadlock or lock time-out, rolled back
  '40003': GONE, // whether the statement took effect is not known: the connection broke
  '57033': HELD, // deadlock or lock time-out, not rolled back
  '40XL1': HELD,
  '40XL2': HELD,
  '42704': NO_TABLE,
  '42X05': NO_TABLE,
  '42Y07': ['refused', 'the schema is missing: create it, or let Kakeibo use another', 'missing'],
  HY507: ['refused', 'a file that was named cannot be read: check the ca', 'gone'],
  '42501': NOT_ALLOWED,
  '42502': NOT_ALLOWED,
  '42500': NOT_ALLOWED,
  '42508': NOT_ALLOWED,
  '42506': NOT_ALLOWED,
  '25502': NOT_ALLOWED,
  '25503': NOT_ALLOWED,
  '25505': NOT_ALLOWED,
  '57011': FULL,
  '54A23': FULL,
  '57016': ['unavailable', 'a table is not active: ask the administrator for REORG or LOAD'],
  '57014': ['unavailable', 'the statement was cancelled for its time'],
  '54010': ['incompatible', 'a row does not fit a page: the database needs a table space with pages of 32 K (docs/db2.md)'],
  '42727': ['incompatible', 'no table space with pages of 32 K may be used: make one (docs/db2.md)'],
};
/** By the class of the SQLSTATE. */
const CLASSES: Readonly<Record<string, Case>> = { '08': GONE, '40': HELD, '57': GONE, '58': GONE };
const CODES: Readonly<Record<string, Case>> = {
  '-30082': REFUSED,
  '-1403': REFUSED,
  '-30061': UNKNOWN_DATABASE,
  '-1013': UNKNOWN_DATABASE,
  '-1040': ['busy', 'the database has as many connections as it takes: use fewer readers', 'gone'],
  '-4499': GONE,
  '-30081': GONE,
  '-30108': GONE,
  '-1': GONE, // the binding's own, for a handle that is closed
  '-99999': GONE,
};
/** Of these the code says more than the state. */
const CODE_FIRST = new Set(['08001', '08004', '57030']);
/**
 * The client's TLS says of a handshake that the certificate, the file it is in or the ciphers are not good: GSKit's numbers. Others
 * are a line that broke meanwhile.
 */
const BAD_TLS = /sqlccSSLSocketSetup.*"(202|40[2-5]|40[78]|41[45])"/s;
const TAKEN = new Set(['23505', '42710', 'X0Y32', 'X0Y68']);

function caseOf({ state, code, said }: Reported): Case | undefined {
  if (code === -30081 && BAD_TLS.test(said)) return NO_TLS;
  const byCode = CODES[String(code)];
  if (CODE_FIRST.has(state) && byCode !== undefined) return byCode;
  return STATES[state] ?? CLASSES[state.slice(0, 2)] ?? byCode;
}

/** What to do about it. */
export function remedyOf(error: unknown): Remedy {
  if (error instanceof StoreError || error instanceof DuplicateKey) return remedyOf(error.cause);
  const report = reported(error);
  if (report === undefined) return error instanceof TookTooLong ? 'gone' : 'none';
  return TAKEN.has(report.state) ? 'none' : (caseOf(report)?.[2] ?? 'none');
}

/** What to throw for it. Errors that are not Db2's pass as they are. */
export function failureOf(error: unknown): unknown {
  if (error instanceof TookTooLong) return new StoreError('unavailable', error.message, { cause: error });
  const report = reported(error);
  if (report === undefined) return error;
  if (TAKEN.has(report.state)) return new DuplicateKey('a unique key or a name is taken', { cause: error });
  const [kind, message] = caseOf(report) ?? ['unavailable', 'Db2 failed'];
  return new StoreError(kind, `${message} (Db2 ${report.code}, ${report.state}: ${report.said})`, { cause: error });
}

/** Whether the server itself said that the transaction was taken back. -30108 says so too, of commits that happened: the client's guess. */
export function wasTakenBack(error: unknown): boolean {
  return reported(error)?.state.startsWith('40') === true && reported(error)?.state !== '40003';
}

/** What to throw for a COMMIT that nobody knows the end of. */
export function doubt(error: unknown): StoreError {
  const said = error instanceof Error ? (reported(error)?.said ?? error.message) : '';
  return new StoreError('outcome-unknown', `the connection to the Db2 server was lost while it committed (${said})`, {
    cause: error,
  });
}

/** A call that was given up. */
export class TookTooLong extends Error {
  override readonly name = 'TookTooLong';
}
