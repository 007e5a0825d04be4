/** What can be told of a log in any SQL engine without going through all of it. */
import type { Diagnosis } from '@kakeibo/core';

import type { SqlRow, SqlRunner } from './connection.ts';
import type { SqlDialect } from './dialect.ts';
import { SCHEMA_VERSION } from './schema.ts';

/** How many events at each end of the log tell the streams that are looked at, and how many of those are. */
const EVENTS_LOOKED_AT = 200;
const STREAMS_LOOKED_AT = 50;

/** A clock that is so much behind the newest event is told of. */
const CLOCK_SLACK_MS = 2_000;

/**
 * Looks at the schema, at head against tail, at the versions of some streams, and at the clock.
 *
 * @example
 * const found = await diagnoseLog({ sql: reader, dialect, nowMs: Date.now() });
 */
export async function diagnoseLog(parts: {
  readonly sql: SqlRunner;
  readonly dialect: SqlDialect;
  readonly nowMs: number;
}): Promise<readonly Diagnosis[]> {
  const { sql, dialect, nowMs } = parts;
  const schema = await diagnoseSchema(sql, dialect);
  if (schema.state === 'bad') return [schema];
  return [schema, await diagnosePositions(sql, dialect), await diagnoseVersions(sql, dialect), await diagnoseClock(sql, nowMs)];
}

async function diagnoseSchema(sql: SqlRunner, dialect: SqlDialect): Promise<Diagnosis> {
  const version = await dialect.schemaVersion.read(sql);
  const what = 'schema';
  if (version === SCHEMA_VERSION) return { what, state: 'ok', message: `number ${version}, the newest` };
  if (version > SCHEMA_VERSION)
    return { what, state: 'bad', message: `number ${version}, and this program knows up to ${SCHEMA_VERSION}: use a newer one` };
  if (version === 0) return { what, state: 'bad', message: 'there is none: the store was never started' };
  return { what, state: 'weak', message: `number ${version} of ${SCHEMA_VERSION}: the next start brings it up to date` };
}

const EXTENT = 'SELECT COUNT(*), MIN(position), MAX(position) FROM events WHERE position <= ?';
const LAST = 'SELECT MAX(position) FROM events';

/** The last event is asked for before the head, and counted up to the head, so that what is appended meanwhile disturbs nothing. */
async function diagnosePositions(sql: SqlRunner, { head }: SqlDialect): Promise<Diagnosis> {
  const what = 'log';
  const last = Number((await sql.query(LAST))[0]?.[0] ?? 0);
  const end = Number((await sql.query(head.select))[0]?.[0] ?? 0);
  const [count, first, furthest] = figures((await sql.query(EXTENT, [end]))[0]);
  if (end < last)
    return { what, state: 'bad', message: `the head says ${end}, and there is an event at ${last}: restore a backup` };
  if (furthest !== end)
    return { what, state: 'bad', message: `the head says ${end}, and the last event is at ${furthest}: restore a backup` };
  if (count !== end || (count > 0 && first !== 1))
    return {
      what,
      state: 'bad',
      message: `${count} events from ${first} to ${end}: ${end - count} are missing; restore a backup`,
    };
  return { what, state: 'ok', message: `${count} events, none missing, the head is the last one` };
}

async function diagnoseVersions(sql: SqlRunner, { limitSuffix }: SqlDialect): Promise<Diagnosis> {
  const what = 'streams';
  const ends = ['', ' DESC'].map((order) => `SELECT stream FROM events ORDER BY position${order} ${limitSuffix}`);
  const names = new Set<string>();
  for (const text of ends) for (const [name] of await sql.query(text, [EVENTS_LOOKED_AT])) names.add(String(name));
  const looked = [...names].slice(-STREAMS_LOOKED_AT);
  for (const stream of looked) {
    const rows = await sql.query('SELECT COUNT(*), MIN(version), MAX(version) FROM events WHERE stream = ?', [stream]);
    const [count, first, last] = figures(rows[0]);
    if (first !== 1 || last !== count)
      return { what, state: 'bad', message: `${stream} has ${count} events, of versions ${first} to ${last}: restore a backup` };
  }
  return { what, state: 'ok', message: `${looked.length} looked at, no version is missing` };
}

async function diagnoseClock(sql: SqlRunner, nowMs: number): Promise<Diagnosis> {
  const what = 'clock';
  const newest = Number((await sql.query('SELECT MAX(recorded_at) FROM events'))[0]?.[0] ?? 0) / 1_000;
  const behindMs = newest - nowMs;
  if (behindMs <= CLOCK_SLACK_MS)
    return { what, state: 'ok', message: `${new Date(nowMs).toISOString()}, after the newest event` };
  const seconds = Math.round(behindMs / 1_000);
  return {
    what,
    state: 'weak',
    message: `${new Date(nowMs).toISOString()} is ${seconds} s before the newest event: set the clock; until then events bear times of the future`,
  };
}

function figures(row: SqlRow | undefined): readonly [number, number, number] {
  return [Number(row?.[0] ?? 0), Number(row?.[1] ?? 0), Number(row?.[2] ?? 0)];
}
