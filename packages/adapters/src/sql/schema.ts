/** The tables, as numbered steps. A step that was released never changes; a new need is a new step. */
import { StoreError } from '@kakeibo/core';

import type { SqlConnection, SqlRunner } from './connection.ts';
import type { SqlDialect } from './dialect.ts';

type Step = (dialect: SqlDialect) => readonly string[];

const STEPS: readonly Step[] = [
  ({ types: { name, integer, payload, body }, tableSuffix, head }) => [
    `CREATE TABLE events (
      position ${integer} NOT NULL PRIMARY KEY,
      stream ${name} NOT NULL,
      version ${integer} NOT NULL,
      id ${name} NOT NULL,
      type ${name} NOT NULL,
      data ${payload} NOT NULL,
      meta ${payload} NOT NULL,
      recorded_at ${integer} NOT NULL
    )${tableSuffix}`,
    'CREATE UNIQUE INDEX events_by_stream ON events (stream, version)',
    'CREATE UNIQUE INDEX events_by_id ON events (id)',
    ...head.create,
    `CREATE TABLE views (
      view ${name} NOT NULL,
      stream ${name} NOT NULL,
      bucket ${name} NOT NULL,
      body ${body} NOT NULL,
      PRIMARY KEY (view, stream, bucket)
    )${tableSuffix}`,
    `CREATE TABLE view_seen (
      view ${name} NOT NULL,
      stream ${name} NOT NULL,
      seen ${integer} NOT NULL,
      PRIMARY KEY (view, stream)
    )${tableSuffix}`,
    // Written by readiness checks, so that "can it write" is answered by writing.
    `CREATE TABLE probe (id ${integer} NOT NULL PRIMARY KEY, body ${body} NOT NULL)${tableSuffix}`,
    "INSERT INTO probe (id, body) VALUES (1, '')",
  ],
];

/** The number of the newest step that this program knows. */
export const SCHEMA_VERSION = STEPS.length;

/** Refuses a schema that a newer program made. */
export function assertKnownSchema(version: number): void {
  if (version > SCHEMA_VERSION)
    throw new StoreError(
      'incompatible',
      `the store's schema is version ${version}, and this program knows up to ${SCHEMA_VERSION}: use a newer program`,
    );
}

/** Brings the tables up to date in one transaction: all steps or none, by one process at a time. */
export async function migrate(connection: SqlConnection, dialect: SqlDialect): Promise<void> {
  const place = dialect.schemaVersion;
  // Looked at without the lock first: mostly there is nothing to do.
  if ((await place.read(connection)) === SCHEMA_VERSION) return;
  await connection.transaction('write', async (sql: SqlRunner) => {
    const version = await place.read(sql);
    assertKnownSchema(version);
    for (const step of STEPS.slice(version)) {
      for (const statement of step(dialect)) await sql.execute(statement);
    }
    if (version < SCHEMA_VERSION) await place.write(sql, SCHEMA_VERSION);
  });
}
