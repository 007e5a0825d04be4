/** The tables, as numbered steps. A step that was released never changes; a new need is a new step. */
import { StoreError } from '@kakeibo/core';

import { DuplicateKey } from './connection.ts';
import type { SqlConnection, SqlRunner } from './connection.ts';
import type { SqlDialect, Stepwise } from './dialect.ts';
import { statementText } from './table.ts';
import type { Statement } from './table.ts';

type Step = (dialect: SqlDialect) => readonly Statement[];

const STEPS: readonly Step[] = [
  ({ types: { name, id = name, integer, payload, meta = payload, body }, head, pieceBytes }) => [
    {
      table: 'events',
      columns: {
        position: `${integer} NOT NULL PRIMARY KEY`,
        stream: `${name} NOT NULL`,
        version: `${integer} NOT NULL`,
        id: `${id} NOT NULL`,
        type: `${name} NOT NULL`,
        data: `${payload} NOT NULL`,
        meta: `${meta} NOT NULL`,
        recorded_at: `${integer} NOT NULL`,
      },
    },
    'CREATE UNIQUE INDEX events_by_stream ON events (stream, version)',
    'CREATE UNIQUE INDEX events_by_id ON events (id)',
    ...head.create,
    {
      table: 'views',
      columns: {
        view: `${name} NOT NULL`,
        stream: `${name} NOT NULL`,
        bucket: `${name} NOT NULL`,
        ...(pieceBytes === undefined ? {} : { piece: `${integer} NOT NULL` }),
        body: `${body} NOT NULL`,
      },
      key: ['view', 'stream', 'bucket', ...(pieceBytes === undefined ? [] : ['piece'])],
    },
    {
      table: 'view_seen',
      columns: { view: `${name} NOT NULL`, stream: `${name} NOT NULL`, seen: `${integer} NOT NULL` },
      key: ['view', 'stream'],
    },
    // Written by readiness checks, so that "can it write" is answered by writing.
    { table: 'probe', columns: { id: `${integer} NOT NULL PRIMARY KEY`, body: `${body} NOT NULL` } },
    "INSERT INTO probe (id, body) VALUES (1, '')",
  ],
  ({ types: { name, integer, payload }, tableSuffix }) => [
    `CREATE TABLE leases (
      name ${name} NOT NULL PRIMARY KEY,
      holder ${name},
      token ${integer} NOT NULL,
      beat ${integer} NOT NULL,
      ttl_ms ${integer} NOT NULL,
      writes ${integer} NOT NULL
    )${tableSuffix}`,
    `CREATE TABLE checkpoints (name ${name} NOT NULL PRIMARY KEY, position ${integer} NOT NULL)${tableSuffix}`,
    `CREATE TABLE outbox (
      name ${name} NOT NULL,
      place ${integer} NOT NULL,
      id ${name} NOT NULL,
      type ${name} NOT NULL,
      data ${payload} NOT NULL,
      done ${integer} NOT NULL,
      PRIMARY KEY (name, place)
    )${tableSuffix}`,
    'CREATE UNIQUE INDEX outbox_by_id ON outbox (name, id)',
    'CREATE INDEX outbox_by_done ON outbox (name, done, place)',
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

/** For who makes and changes nothing: the tables must be there, and be those that this program reads. */
export async function assertReadable(sql: SqlRunner, dialect: SqlDialect): Promise<void> {
  const version = await dialect.schemaVersion.read(sql);
  assertKnownSchema(version);
  if (version < SCHEMA_VERSION)
    throw new StoreError('incompatible', `the tables are of version ${version}, or not there: open the store once for writing`);
}

/**
 * Brings the tables up to date, by one process at a time: in one transaction, all steps or none; or, where an engine commits
 * each CREATE by itself, statement by statement, each noted, so that the next start goes on where one was killed.
 */
export async function migrate(connection: SqlConnection, dialect: SqlDialect): Promise<void> {
  // Looked at without the lock first: mostly there is nothing to do.
  const version = await dialect.schemaVersion.read(connection);
  assertKnownSchema(version);
  if (version === SCHEMA_VERSION) return;
  const { stepwise } = dialect;
  if (stepwise === undefined) await connection.transaction('write', (sql) => takeSteps(sql, dialect));
  else await stepwise.alone(connection, () => goOn(connection, dialect, stepwise));
}

async function takeSteps(sql: SqlRunner, dialect: SqlDialect): Promise<void> {
  const version = await dialect.schemaVersion.read(sql);
  assertKnownSchema(version);
  for (const step of STEPS.slice(version)) {
    for (const statement of step(dialect)) await sql.execute(statementText(statement, dialect.tableSuffix));
  }
  if (version < SCHEMA_VERSION) await dialect.schemaVersion.write(sql, SCHEMA_VERSION);
}

async function goOn(sql: SqlRunner, dialect: SqlDialect, stepwise: Stepwise): Promise<void> {
  let version = await dialect.schemaVersion.read(sql);
  assertKnownSchema(version);
  let done = await stepwise.readDone(sql);
  const open = STEPS.slice(version).map((step) => step(dialect));
  // Before anything is made: a database that is somebody else's stays as it is.
  for (const statement of open.flat().slice(done)) await assertOurs(sql, stepwise, statement);
  for (const statements of open) {
    for (const statement of statements.slice(done)) {
      await sql.execute(statementText(statement, dialect.tableSuffix)).catch(unlessThere);
      done += 1;
      if (done < statements.length) await stepwise.note(sql, { version, done });
    }
    version += 1;
    done = 0;
    await stepwise.note(sql, { version, done });
  }
}

/** Killed after a statement and before the note of it: it is done. */
function unlessThere(error: unknown): void {
  if (!(error instanceof DuplicateKey)) throw error;
}

async function assertOurs(sql: SqlRunner, stepwise: Stepwise, statement: Statement): Promise<void> {
  if (typeof statement === 'string') return;
  const found = await stepwise.columns(sql, statement.table);
  const ours = Object.keys(statement.columns);
  if (found.length > 0 && found.toSorted().join() !== ours.toSorted().join())
    throw new StoreError(
      'incompatible',
      `the database has a table ${statement.table} that is another program's (${found.join(', ')}): give Kakeibo a database of its own`,
    );
}
