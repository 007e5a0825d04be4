/** Writes folded views: each save is one transaction. It runs where the writing connection is. */
import { DuplicateKey } from './connection.ts';
import type { SqlConnection, SqlRunner } from './connection.ts';
import type { SqlDialect } from './dialect.ts';
import { byCount, marks, portions } from './statements.ts';

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
}

const CLEAR = byCount((count) => `DELETE FROM views WHERE view = ? AND stream = ? AND bucket IN (${marks(count)})`);
const CLEAR_ALL = 'DELETE FROM views WHERE view = ? AND stream = ?';

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

  const verb = dialect.replaceVerb ?? 'INSERT';
  const insert = byCount(
    (count) =>
      `${verb} INTO views (view, stream, bucket, body) VALUES ${new Array<string>(count).fill(`(${marks(4)})`).join(', ')}`,
  );

  const moveOn = async (sql: SqlRunner, { stream, views }: EncodedSave): Promise<boolean> => {
    const known = new Set<string>();
    for (const { view, expected } of views) {
      const row = (await sql.query(seenOf, [view, stream]))[0];
      if (Number(row?.[0] ?? 0) !== expected) return false;
      if (row !== undefined) known.add(view);
    }
    for (const { view, seen } of views) {
      // A view that begins anew has no buckets: none that a broken file might hold are mixed in.
      if (!known.has(view)) await sql.execute(CLEAR_ALL, [view, stream]);
      await sql.execute(known.has(view) ? MOVE_SEEN : ADD_SEEN, [seen, view, stream]);
    }
    return true;
  };

  const write = async (sql: SqlRunner, { stream, views, buckets }: EncodedSave): Promise<void> => {
    for (const { view } of views) {
      const own = buckets.filter((bucket) => bucket.view === view);
      for (const some of dialect.replaceVerb === undefined ? portions(own, dialect.valuesPerList) : [])
        await sql.execute(CLEAR(some.length), [view, stream, ...some.map(({ bucket }) => bucket)]);
      for (const some of portions(own, dialect.rowsPerInsert))
        await sql.execute(
          insert(some.length),
          some.flatMap(({ bucket, body }) => [view, stream, bucket, body]),
        );
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
  };
}
