/** The only view store over SQL: loads through a connection, saves through a writer that may be elsewhere. */
import { assertDrafts, assertPage, assertSave, parseJson, StoreError } from '@kakeibo/core';
import type { Bucket, BucketRef, Json, ViewStore } from '@kakeibo/core';

import type { SqlConnection, SqlRunner } from './connection.ts';
import type { SqlDialect } from './dialect.ts';
import { byCount, marks, portions } from './statements.ts';
import type { ViewWriter } from './view-writer.ts';

/** What a view store over SQL is made of. */
export interface SqlViewStoreParts {
  readonly reader: SqlConnection;
  readonly dialect: SqlDialect;
  readonly writer: ViewWriter;
  /** Lets go of what is beneath; called once. */
  readonly release: () => Promise<void>;
}

const SEEN = byCount((count) => `SELECT view, seen FROM view_seen WHERE stream = ? AND view IN (${marks(count)})`);
const BODIES = byCount((count) => `SELECT bucket, body FROM views WHERE view = ? AND stream = ? AND bucket IN (${marks(count)})`);

// Names are not empty, so the empty one comes before all. A view that lost its place is found by its buckets.
const PLACES = `SELECT view, stream, MAX(seen) FROM (
  SELECT view, stream, seen FROM view_seen UNION ALL SELECT DISTINCT view, stream, NULL FROM views
) everything WHERE view > ? OR (view = ? AND stream > ?) GROUP BY view, stream ORDER BY view, stream`;
const BUCKETS = 'SELECT bucket, body FROM views WHERE view = ? AND stream = ? AND bucket > ? ORDER BY bucket';

/**
 * Makes a view store over any SQL engine.
 *
 * @example
 * const views = createSqlViewStore({ reader, dialect, writer, release });
 */
export function createSqlViewStore({ reader, dialect, writer, release }: SqlViewStoreParts): ViewStore {
  const places = `${PLACES} ${dialect.limitSuffix}`;
  const buckets = `${BUCKETS} ${dialect.limitSuffix}`;
  const most = dialect.valuesPerList;
  const underway = new Set<Promise<unknown>>();
  let closing: Promise<void> | undefined;

  const assertOpen = (): void => {
    if (closing !== undefined) throw new StoreError('closed', 'the store was closed');
  };
  /** Remembers work until it is done, so that `close` can wait for it. */
  const during = async <Result>(work: Promise<Result>): Promise<Result> => {
    underway.add(work);
    try {
      return await work;
    } finally {
      underway.delete(work);
    }
  };
  const close = async (): Promise<void> => {
    await Promise.allSettled(underway);
    await release();
  };

  return {
    async load(stream, views, refs) {
      assertOpen();
      return during(
        reader.transaction('read', async (sql) => {
          const seen = new Map<string, number>();
          for (const some of portions([...new Set(views)], most))
            for (const row of await sql.query(SEEN(some.length), [stream, ...some])) seen.set(row[0] as string, Number(row[1]));
          return { seen, buckets: await loadBuckets(sql, { stream, refs, most }) };
        }),
      );
    },
    async save(save) {
      assertOpen();
      assertSave(save);
      const buckets = save.buckets.map(({ view, bucket, value }) => ({ view, bucket, body: JSON.stringify(value) }));
      return during(writer.save({ ...save, buckets }));
    },
    async drop(view, stream) {
      assertOpen();
      await during(writer.drop(view, stream));
    },
    async publish(stream, drafts) {
      assertOpen();
      assertDrafts(stream, drafts);
      await during(writer.publish(stream, drafts));
    },
    async places({ after, limit }) {
      assertOpen();
      assertPage({ limit });
      const { view = '', stream = '' } = after ?? {};
      const rows = await during(reader.query(places, [view, view, stream, limit]));
      return rows.map(([name, key, seen]) => ({
        view: name as string,
        stream: key as string,
        seen: seen === null || seen === undefined ? null : Number(seen),
      }));
    },
    async scan({ view, stream, after = '', limit }) {
      assertOpen();
      assertPage({ limit });
      const rows = await during(reader.query(buckets, [view, stream, after, limit]));
      return rows.map(([bucket, body]) => ({ view, bucket: bucket as string, value: bodyOf(body as string) }));
    },
    close: () => (closing ??= close()),
  };
}

/** What is no JSON is handed out as the text it is, so that a broken row can be told of. */
function bodyOf(body: string): Json {
  try {
    return parseJson(body) as Json;
  } catch {
    return body;
  }
}

/** The buckets that exist, in the order in which they were asked for. */
async function loadBuckets(
  sql: SqlRunner,
  { stream, refs, most }: { readonly stream: string; readonly refs: readonly BucketRef[]; readonly most: number },
): Promise<readonly Bucket[]> {
  const bodies = new Map<string, Map<string, string>>();
  for (const { view } of refs) bodies.set(view, new Map());
  for (const [view, found] of bodies) {
    const names = [...new Set(refs.filter((ref) => ref.view === view).map(({ bucket }) => bucket))];
    for (const some of portions(names, most))
      for (const row of await sql.query(BODIES(some.length), [view, stream, ...some]))
        found.set(row[0] as string, row[1] as string);
  }
  return refs.flatMap(({ view, bucket }) => {
    const body = bodies.get(view)?.get(bucket);
    return body === undefined ? [] : [{ view, bucket, value: parseJson(body) as Json }];
  });
}
