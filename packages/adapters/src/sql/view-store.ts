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
const BY_PIECE = ' ORDER BY bucket, piece';

/** Stands for a place that nobody noted: a bare NULL has no type, which some engines refuse. */
const NO_PLACE = -1;

// Names are not empty, so the empty one comes before all. A view that lost its place is found by its buckets.
const PLACES = `SELECT view, stream, MAX(seen) FROM (
  SELECT view, stream, seen FROM view_seen UNION ALL SELECT DISTINCT view, stream, ${NO_PLACE} AS seen FROM views
) everything WHERE view > ? OR (view = ? AND stream > ?) GROUP BY view, stream ORDER BY view, stream`;
const BUCKETS = 'SELECT bucket, body FROM views WHERE view = ? AND stream = ? AND bucket > ? ORDER BY bucket';
const NAMES = 'SELECT bucket FROM views WHERE view = ? AND stream = ? AND bucket > ? AND piece = 0 ORDER BY bucket';

/**
 * Makes a view store over any SQL engine.
 *
 * @example
 * const views = createSqlViewStore({ reader, dialect, writer, release });
 */
export function createSqlViewStore({ reader, dialect, writer, release }: SqlViewStoreParts): ViewStore {
  const places = `${PLACES} ${dialect.limitSuffix}`;
  const buckets = `${BUCKETS} ${dialect.limitSuffix}`;
  const names = `${NAMES} ${dialect.limitSuffix}`;
  const bodiesOf = createBodies(dialect);
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
          return { seen, buckets: await loadBuckets(sql, { stream, refs, bodiesOf }) };
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
        seen: Number(seen) === NO_PLACE ? null : Number(seen),
      }));
    },
    async scan({ view, stream, after = '', limit }) {
      assertOpen();
      assertPage({ limit });
      const whole = dialect.pieceBytes === undefined;
      const found = await during(
        whole
          ? reader.query(buckets, [view, stream, after, limit])
          : reader.transaction('read', async (sql) => {
              const rows = await sql.query(names, [view, stream, after, limit]);
              const bodies = await bodiesOf(
                sql,
                view,
                stream,
                rows.map(([bucket]) => bucket as string),
              );
              return [...bodies];
            }),
      );
      return found.map(([bucket, body]) => ({ view, bucket: bucket as string, value: bodyOf(body as string) }));
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

/** Reads bodies by their buckets' names, in an order of the engine's. */
type ReadBodies = (
  sql: SqlRunner,
  view: string,
  stream: string,
  buckets: readonly string[],
) => Promise<ReadonlyMap<string, string>>;

function createBodies({ valuesPerList, pieceBytes }: SqlDialect): ReadBodies {
  const text = byCount((count) => `${BODIES(count)}${pieceBytes === undefined ? '' : BY_PIECE}`);
  return async (sql, view, stream, buckets) => {
    const bodies = new Map<string, string>();
    for (const some of portions(buckets, valuesPerList)) {
      for (const [bucket, body] of await sql.query(text(some.length), [view, stream, ...some]))
        bodies.set(bucket as string, (bodies.get(bucket as string) ?? '') + (body as string));
    }
    return bodies;
  };
}

/** The buckets that exist, in the order in which they were asked for. */
async function loadBuckets(
  sql: SqlRunner,
  { stream, refs, bodiesOf }: { readonly stream: string; readonly refs: readonly BucketRef[]; readonly bodiesOf: ReadBodies },
): Promise<readonly Bucket[]> {
  const bodies = new Map<string, ReadonlyMap<string, string>>();
  for (const view of new Set(refs.map((ref) => ref.view))) {
    const names = new Set(refs.filter((ref) => ref.view === view).map(({ bucket }) => bucket));
    bodies.set(view, await bodiesOf(sql, view, stream, [...names]));
  }
  return refs.flatMap(({ view, bucket }) => {
    const body = bodies.get(view)?.get(bucket);
    return body === undefined ? [] : [{ view, bucket, value: parseJson(body) as Json }];
  });
}
