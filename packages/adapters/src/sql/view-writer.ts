/** Writes folded views: each save is one transaction. It runs where the writing connection is. */
import type { Draft } from '@kakeibo/core';

import { DuplicateKey } from './connection.ts';
import type { SqlConnection, SqlRunner } from './connection.ts';
import type { SqlDialect } from './dialect.ts';
import type { SqlValue } from './connection.ts';
import { byCount, marks, piecesOf, portions, portionsByLength } from './statements.ts';

/** A save with its buckets as JSON text. */
export interface EncodedSave {
  readonly stream: string;
  readonly views: readonly { readonly view: string; readonly expected: number; readonly seen: number }[];
  readonly buckets: readonly { readonly view: string; readonly bucket: string; readonly body: string }[];
}

/** The writing half of a view store. */
export interface ViewWriter {
  save(save: EncodedSave): Promise<'saved' | 'stale'>;
  drop(view: string, stream?: string): Promise<void>;
  publish(stream: string, drafts: readonly Draft[]): Promise<void>;
}

const CLEAR = byCount((count) => `DELETE FROM views WHERE view = ? AND stream = ? AND bucket IN (${marks(count)})`);
const CLEAR_ALL = 'DELETE FROM views WHERE view = ? AND stream = ?';

const CLEAR_SEEN = 'DELETE FROM view_seen WHERE view = ? AND stream = ?';
const RENAME = 'UPDATE views SET view = ? WHERE view = ? AND stream = ?';
const RENAME_SEEN = 'UPDATE view_seen SET view = ? WHERE view = ? AND stream = ?';

/** The most characters of bodies in one INSERT: servers take packets of some megabytes. */
const LONGEST_INSERT = 700_000;

function bodyLength([, , , body]: readonly SqlValue[]): number {
  return String(body).length;
}

const ADD_SEEN = 'INSERT INTO view_seen (seen, view, stream) VALUES (?, ?, ?)';
const MOVE_SEEN = 'UPDATE view_seen SET seen = ? WHERE view = ? AND stream = ?';

/**
 * Makes the writing half over a connection.
 *
 * @example
 * await createViewWriter(connection, dialect).drop('flows@1');
 */
export function createViewWriter(connection: SqlConnection, dialect: SqlDialect): ViewWriter {
  const seenOf = `SELECT seen FROM view_seen WHERE view = ? AND stream = ?${dialect.lockSuffix}`;

  const { replaceVerb: verb = 'INSERT', pieceBytes } = dialect;
  const columns = ['view', 'stream', 'bucket', 'body', ...(pieceBytes === undefined ? [] : ['piece'])];
  const insert = byCount(
    (count) =>
      `${verb} INTO views (${columns.join(', ')}) VALUES ${new Array<string>(count).fill(`(${marks(columns.length)})`).join(', ')}`,
  );
  const rowsOf = (stream: string, { view, bucket, body }: EncodedSave['buckets'][number]): readonly (readonly SqlValue[])[] =>
    pieceBytes === undefined
      ? [[view, stream, bucket, body]]
      : piecesOf(body, pieceBytes).map((piece, at) => [view, stream, bucket, piece, at]);

  const moveOn = async (sql: SqlRunner, { stream, views }: EncodedSave): Promise<boolean> => {
    const known = new Set<string>();
    for (const { view, expected } of views) {
      const row = (await sql.query(seenOf, [view, stream]))[0];
      if (Number(row?.[0] ?? 0) !== expected) return false;
      if (row !== undefined) known.add(view);
    }
    for (const { view, seen } of views) {
      await sql.execute(known.has(view) ? MOVE_SEEN : ADD_SEEN, [seen, view, stream]);
      // A view that begins anew has no buckets: none that a broken file might hold are mixed in.
      if (!known.has(view)) await sql.execute(CLEAR_ALL, [view, stream]);
    }
    return true;
  };

  const write = async (sql: SqlRunner, { stream, views, buckets }: EncodedSave): Promise<void> => {
    for (const { view } of views) {
      const own = buckets.filter((bucket) => bucket.view === view);
      for (const some of dialect.replaceVerb === undefined ? portions(own, dialect.valuesPerList) : [])
        await sql.execute(CLEAR(some.length), [view, stream, ...some.map(({ bucket }) => bucket)]);
      const rows = own.flatMap((bucket) => rowsOf(stream, bucket));
      for (const some of portionsByLength(rows, { most: dialect.rowsPerInsert, longest: LONGEST_INSERT }, bodyLength))
        await sql.execute(insert(some.length), some.flat());
    }
  };

  return {
    async save(save) {
      try {
        return await connection.transaction('write', async (sql) => {
          if (!(await moveOn(sql, save))) return 'stale';
          await write(sql, save);
          return 'saved';
        });
      } catch (error) {
        // Two programs saved a view for the first time: there was no row yet that one of them could have locked.
        if (error instanceof DuplicateKey) return 'stale';
        throw error;
      }
    },
    drop: (view, stream) =>
      connection.transaction('write', async (sql) => {
        const [suffix, parameters] = stream === undefined ? ['', [view]] : [' AND stream = ?', [view, stream]];
        await sql.execute(`DELETE FROM view_seen WHERE view = ?${suffix}`, parameters);
        await sql.execute(`DELETE FROM views WHERE view = ?${suffix}`, parameters);
      }),
    publish: (stream, drafts) =>
      connection.transaction('write', async (sql) => {
        for (const { view, draft } of drafts) {
          // The place first, as readers go: so they wait for one another, and neither for what the other holds.
          await sql.execute(CLEAR_SEEN, [view, stream]);
          await sql.execute(CLEAR_ALL, [view, stream]);
          await sql.execute(RENAME, [view, draft, stream]);
          await sql.execute(RENAME_SEEN, [view, draft, stream]);
        }
      }),
  };
}
