/** The commit step: one transaction for a batch of appends. It knows no queue, so it can run in another thread. */
import { randomInt } from 'node:crypto';

import { StoreError } from '@kakeibo/core';
import type { EncodedStoredEvent } from '@kakeibo/core';

import { DuplicateKey } from './connection.ts';
import type { SqlConnection, SqlRunner } from './connection.ts';
import type { SqlDialect } from './dialect.ts';
import { appendedAt, judge } from './judge.ts';
import type { AppendRequest, Head, Judgement, Plan, Verdict } from './judge.ts';
import { keptEvent } from './rows.ts';
import { byCount, EVENT_COLUMNS, EVENT_WIDTH, marks, portions, portionSizes } from './statements.ts';

/** Commits batches, one at a time. */
export interface Committer {
  /** Judges and writes a batch. Throws when nothing of it was written, or nobody can say. */
  commit(batch: readonly AppendRequest[], nowMs: number): Promise<readonly Verdict[]>;
  /** Finds out what became of a batch whose answer was lost. */
  resolve(batch: readonly AppendRequest[]): Promise<readonly Verdict[]>;
}

/** More streams than this are not remembered. */
const MOST_STREAMS = 20_000;

const INSERT = byCount(
  (count) =>
    `INSERT INTO events (${EVENT_COLUMNS}) VALUES ${new Array<string>(count).fill(`(${marks(EVENT_WIDTH)})`).join(', ')}`,
);
// One look into the index for each stream: grouping would read every version of the streams it finds.
const HEADS = byCount((count) =>
  Array.from({ length: count }, (_, place) => `SELECT ${place}, MAX(version) FROM events WHERE stream = ?`).join(' UNION ALL '),
);
/** Turns have numbers below this, at random: two writers do not choose the same. */
const MOST_TURN = 2 ** 48 - 1;
/** Engines bound the parts of a union. */
const HEADS_AT_ONCE = 64;
const BY_IDS = byCount((count) => `SELECT ${EVENT_COLUMNS} FROM events WHERE id IN (${marks(count)})`);

const NO_EVENT: Head = { position: 0, recordedAt: 0 };

/** A batch that is to be judged, and when. */
interface Coming {
  readonly batch: readonly AppendRequest[];
  readonly nowMs: number;
}

/**
 * Makes the commit step over a connection.
 *
 * It is hopeful: where streams stand is known by heart for as long as nobody else moved the log's head, and ids are left to
 * the unique index. Only when an append is refused, or the index objects, are the ids looked up and the batch judged again.
 *
 * @example
 * const [verdict] = await createCommitter(connection, dialect).commit([request], Date.now());
 */
export function createCommitter(connection: SqlConnection, dialect: SqlDialect): Committer {
  const { moveFrom, move, turns } = dialect.head;
  let versions = new Map<string, number>();
  /** The head as this committer left it, of that time too: while it stands, `versions` is true. */
  let left: Head | undefined;
  /** The number of the turn in which it was left there. */
  let turn = 0;

  const readHead = async (sql: SqlRunner): Promise<Head> => {
    if (turns !== undefined) await sql.execute(turns.take, [(turn = randomInt(1, MOST_TURN))]);
    const row = (await sql.query(dialect.head.select))[0];
    return row === undefined ? NO_EVENT : { position: Number(row[0]), recordedAt: Number(row[1]) };
  };

  const unknownStreams = (batch: readonly AppendRequest[]): ReadonlySet<string> | undefined => {
    let unknown: Set<string> | undefined;
    for (const { stream } of batch) if (!versions.has(stream)) (unknown ??= new Set()).add(stream);
    return unknown;
  };

  const learnVersions = async (sql: SqlRunner, unknown: ReadonlySet<string>): Promise<void> => {
    for (const streams of portions([...unknown], Math.min(HEADS_AT_ONCE, dialect.valuesPerList))) {
      for (const [place, version] of await sql.query(HEADS(streams.length), streams)) {
        versions.set(streams[Number(place)] as string, Number(version ?? 0));
      }
    }
  };

  const byIds = async (sql: SqlRunner, ids: readonly string[]): Promise<readonly EncodedStoredEvent[]> => {
    const found: EncodedStoredEvent[] = [];
    for (const some of portions(ids, dialect.valuesPerList)) {
      for (const row of await sql.query(BY_IDS(some.length), some)) found.push(keptEvent(row));
    }
    return found.sort((one, other) => one.position - other.position);
  };

  const idsOf = (batch: readonly AppendRequest[]): readonly string[] => [
    ...new Set(batch.flatMap(({ events }) => events.map(({ id }) => id))),
  ];

  /**
   * On what is known by heart. A head that is not looked at is vouched for by the unique key on positions, or by moving it from
   * where it was left, or by the turn: then it is held, and stands where the plan wants it.
   */
  const planHopefully = async (sql: SqlRunner, batch: readonly AppendRequest[], nowMs: number): Promise<Plan> => {
    if (moveFrom !== undefined || turns !== undefined) {
      const held = await planHolding(sql, { batch, nowMs });
      return held ?? planAt(sql, await readHead(sql), { batch, nowMs });
    }
    return planAt(sql, (move === undefined ? left : undefined) ?? (await readHead(sql)), { batch, nowMs });
  };

  const planAt = async (sql: SqlRunner, head: Head, { batch, nowMs }: Coming): Promise<Plan> => {
    if (head.position !== left?.position || head.recordedAt !== left.recordedAt || versions.size > MOST_STREAMS)
      versions = new Map();
    const unknown = unknownStreams(batch);
    if (unknown !== undefined) await learnVersions(sql, unknown);
    const hopeful = judge(batch, { head, nowMs, versions });
    return hopeful.doubtful ? planCarefully(sql, batch, nowMs) : hopeful;
  };

  /** Nothing where the head is not where it was left, or it has to be read anyway. */
  const planHolding = async (sql: SqlRunner, { batch, nowMs }: Coming): Promise<Plan | undefined> => {
    if (left === undefined || versions.size > MOST_STREAMS || unknownStreams(batch) !== undefined) return undefined;
    const plan = judge(batch, { head: left, nowMs, versions });
    if (plan.doubtful || plan.values.length === 0) return undefined;
    const { head, values } = plan;
    if (moveFrom !== undefined) {
      const moved = await sql.execute(moveFrom, [head.position, head.recordedAt, left.position, left.recordedAt]);
      return moved === 1 ? { ...plan, headMoved: true } : undefined;
    }
    if (turns === undefined) return undefined;
    const stands = [turn, left.position, left.recordedAt];
    if (values.length > EVENT_WIDTH) return (await sql.execute(turns.hold, stands)) === 1 ? plan : undefined;
    return (await sql.execute(turns.addOne, [...values, ...stands])) === 1 ? { ...plan, written: true } : undefined;
  };

  /** On what the log says. */
  const planCarefully = async (sql: SqlRunner, batch: readonly AppendRequest[], nowMs: number): Promise<Plan> => {
    const head = await readHead(sql);
    versions = new Map();
    await learnVersions(sql, new Set(batch.map(({ stream }) => stream)));
    const taken = new Set((await byIds(sql, idsOf(batch))).map(({ id }) => id));
    return judge(batch, { head, nowMs, versions, taken });
  };

  const write = async (sql: SqlRunner, { values, head, headMoved }: Plan): Promise<void> => {
    let from = 0;
    for (const size of sizesOf(values.length / EVENT_WIDTH, dialect)) {
      const end = from + size * EVENT_WIDTH;
      await sql.execute(INSERT(size), values.slice(from, end));
      from = end;
    }
    if (move !== undefined && headMoved !== true) await sql.execute(move, [head.position, head.recordedAt]);
  };

  /** Looks up what the repeats show, now that all of it is stored. */
  const settle = async (
    sql: SqlRunner,
    batch: readonly AppendRequest[],
    judgements: readonly Judgement[],
  ): Promise<Verdict[]> => {
    const verdicts: Verdict[] = [];
    for (const [at, judgement] of judgements.entries()) {
      if (judgement.kind === 'repeat') {
        const events = await byIds(sql, batch[at]?.events.map(({ id }) => id) ?? []);
        verdicts.push({ kind: 'repeated', events: events.filter(({ position }) => position <= judgement.upTo) });
      } else verdicts.push(judgement);
    }
    return verdicts;
  };

  const attempt = async (batch: readonly AppendRequest[], nowMs: number, careful: boolean): Promise<readonly Verdict[]> => {
    try {
      const { planned, verdicts } = await connection.transaction('write', async (sql) => {
        const made = await (careful ? planCarefully : planHopefully)(sql, batch, nowMs);
        if (made.values.length > 0 && made.written !== true) await write(sql, made);
        return { planned: made, verdicts: made.verdicts ?? (await settle(sql, batch, made.judgements)) };
      });
      for (const [stream, version] of planned.moved) versions.set(stream, version);
      left = planned.head;
      return verdicts;
    } catch (error) {
      left = undefined;
      throw error;
    }
  };

  /** What is in the log of a batch that has no answer. An append that is not there, or only in part, was not written. */
  const resolve = (batch: readonly AppendRequest[]): Promise<readonly Verdict[]> => {
    left = undefined;
    return connection.transaction('write', async (sql) => {
      await readHead(sql);
      const found = new Map((await byIds(sql, idsOf(batch))).map((event) => [event.id, event]));
      return batch.map((request) => becameOf(request, found));
    });
  };

  const recover = async (batch: readonly AppendRequest[], failure: StoreError): Promise<readonly Verdict[]> => {
    try {
      await connection.recover();
      return await resolve(batch);
    } catch (cause) {
      throw new StoreError('outcome-unknown', `${failure.message}, and the store cannot be asked`, { cause });
    }
  };

  return {
    resolve,
    async commit(batch, nowMs) {
      let failure: unknown;
      for (const careful of [false, true]) {
        try {
          return await attempt(batch, nowMs, careful);
        } catch (error) {
          failure = error;
          if (!(error instanceof DuplicateKey)) break;
        }
      }
      if (!(failure instanceof StoreError) || failure.code !== 'outcome-unknown') throw failure;
      return recover(batch, failure);
    },
  };
}

/** How many rows go into each INSERT. */
function sizesOf(rows: number, { rowsPerInsert, fewInserts }: SqlDialect): Iterable<number> {
  return fewInserts === true && rows <= rowsPerInsert ? [rows] : portionSizes(rows, rowsPerInsert);
}

function becameOf(request: AppendRequest, found: ReadonlyMap<string, EncodedStoredEvent>): Verdict {
  const kept = request.events.flatMap(({ id }) => found.get(id) ?? []);
  const first = kept[0];
  if (first === undefined) return { kind: 'lost' };
  const whole =
    kept.length === request.events.length &&
    kept.every((event, at) => {
      const asked = request.events[at];
      return (
        event.stream === request.stream &&
        event.version === request.expected + 1 + at &&
        event.position === first.position + at &&
        event.type === asked?.type &&
        event.data === asked.data &&
        event.meta === asked.meta
      );
    });
  if (whole) {
    return appendedAt(
      first.position,
      kept.map(({ recordedAt }) => recordedAt),
    );
  }
  return { kind: 'repeated', events: kept.sort((one, other) => one.position - other.position) };
}
