/** What the store's promises rest on, looked at now. */
import type { Clock, Diagnosis, DiagnosisOptions } from '@kakeibo/core';

import type { SqlConnection } from '../sql/connection.ts';
import { diagnoseLog } from '../sql/diagnose.ts';
import { db2Dialect } from './dialect.ts';
import type { Db2Settings } from './settings.ts';
import { MOST_WAITING } from './threads.ts';

/** What is looked at. */
interface Looked {
  readonly reader: SqlConnection;
  readonly settings: Db2Settings;
  readonly clock: Clock;
  readonly version: string;
  /** Why nothing can be written, when it was to be. */
  readonly refused: string | undefined;
  readonly depth: NonNullable<DiagnosisOptions['depth']>;
}

/** A clock that is off by more than this gives wrong record times. */
const MOST_SECONDS_OFF = 60;

const OLDEST = 11;

/** Looks at everything; what cannot be looked at is said to be so. */
export async function diagnoseDb2({ reader, settings, clock, version, refused, depth }: Looked): Promise<readonly Diagnosis[]> {
  return [
    serverOf(version),
    ...(depth === 'all' ? await diagnoseLog({ sql: reader, dialect: db2Dialect, nowMs: clock.now() }) : []),
    lineOf(settings),
    await clockOf(reader, clock),
    threadsOf(settings),
    ...(refused === undefined ? [] : [{ what: 'permissions', state: 'bad', message: refused } as const]),
  ];
}

/** Derby calls itself 10; Db2 11 and 12. */
function serverOf(version: string): Diagnosis {
  const old = Number(version.split('.', 1)[0]) < OLDEST;
  return old
    ? { what: 'server', state: 'weak', message: `version ${version}: Kakeibo is written for Db2 11.5 and later` }
    : { what: 'server', state: 'ok', message: `version ${version}` };
}

function lineOf({ tls, host }: Db2Settings): Diagnosis {
  if (tls) return { what: 'connection', state: 'ok', message: 'TLS, with the certificate and the name checked' };
  const near = ['localhost', '127.0.0.1', '::1'].includes(host);
  return near
    ? { what: 'connection', state: 'ok', message: 'without TLS, on this machine' }
    : { what: 'connection', state: 'weak', message: 'without TLS: set tls, so that nobody on the way reads or changes it' };
}

async function clockOf(reader: SqlConnection, clock: Clock): Promise<Diagnosis> {
  // The server's local time; zones differ by quarters of an hour.
  const row = (await reader.query('SELECT MINUTE(CURRENT TIMESTAMP) * 60 + SECOND(CURRENT TIMESTAMP) FROM SYSIBM.SYSDUMMY1'))[0];
  const quarter = 900;
  const apart = Math.abs((Number(row?.[0]) % quarter) - (Math.floor(clock.now() / 1_000) % quarter));
  const seconds = Math.round(Math.min(apart, quarter - apart));
  const what = "the server's clock";
  return seconds <= MOST_SECONDS_OFF
    ? { what, state: 'ok', message: `${seconds} s from the server's, whole quarters of an hour aside` }
    : { what, state: 'weak', message: `${seconds} s from the server's: let both follow a time server` };
}

function threadsOf({ readers }: Db2Settings): Diagnosis {
  const enough = MOST_WAITING >= readers + 1;
  return enough
    ? { what: 'threads', state: 'ok', message: `${MOST_WAITING + 1} for ${readers + 1} connections` }
    : {
        what: 'threads',
        state: 'weak',
        message: `Node has ${MOST_WAITING + 1} threads for ${readers + 1} connections: set UV_THREADPOOL_SIZE to ${readers + 2} or more`,
      };
}
