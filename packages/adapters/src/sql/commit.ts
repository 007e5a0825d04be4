/** The commit step: one transaction for a batch of appends. It knows no queue, so it can run in another thread. */
import { setTimeout as sleep } from 'node:timers/promises';

import { StoreError } from '@kakeibo/core';
import type { EncodedStoredEvent } from '@kakeibo/core';

import { DuplicateKey } from './connection.ts';
import type { SqlConnection, SqlRunner } from './connection.ts';
import type { SqlDialect } from './dialect.ts';
import { becameOf, judge } from './judge.ts';
import type { AppendRequest, Head, Judgement, Plan, Verdict } from './judge.ts';
import { keptEvent } from './rows.ts';
import { createTurn } from './turn.ts';
import type { Turn } from './turn.ts';
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
/** Engines bound the parts of a union. */
const HEADS_AT_ONCE = 64;
const BY_IDS = byCount((count) => `SELECT ${EVENT_COLUMNS} FROM events WHERE id IN (${marks(count)})`);

const NO_EVENT: Head = { position: 0, recordedAt: 0 };

/**
 * How often a batch is tried whose places are taken by the time that it is written: on another node of a cluster, which does not see
 * who holds the turn here.
 */
const MOST_TRIES = 8;

/** The longest nap before the third of them; each is longer. */
const NAP_MS = 5;

/** A batch that was written, and what is answered. */
interface Done {
  readonly plan: Plan;
  readonly verdicts: readonly Verdict[];
}

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
  const turn = dialect.head.turns && createTurn(dialect.head.turns);
  let versions = new Map<string, number>();
  /** The {@link Head} as this committer left it: while it stands, `versions` is true. */
  let left: Head | undefined;

  const readHead = async (sql: SqlRunner): Promise<Head> => {
    const isOurs = turn === undefined || (await turn.take(sql));
    const row = (await sql.query(dialect.head.select))[0];
    const head = row === undefined ? NO_EVENT : { position: Number(row[0]), recordedAt: Number(row[1]) };
    if (!isOurs || head.position !== left?.position || head.recordedAt !== left.recordedAt) {
      versions = new Map();
      // This may be done again, on a server that took over meanwhile and lacks what is learned now.
      left = undefined;
    }
    return head;
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

  /** On what is known by heart, where that is enough to accept all of a batch. */
  const planByHeart = ({ batch, nowMs }: Coming): Plan | undefined => {
    if (left === undefined || versions.size > MOST_STREAMS || unknownStreams(batch) !== undefined) return undefined;
    const plan = judge(batch, { head: left, nowMs, versions });
    return plan.doubtful || plan.values.length === 0 ? undefined : plan;
  };

  /** Writes such a plan if it is still our turn, and the log ends where we left it. Answers whether it did. */
  const writeInTurn = async (sql: SqlRunner, { hold, addOne }: Turn, plan: Plan): Promise<boolean> => {
    if (left === undefined) return false;
    if (plan.values.length === EVENT_WIDTH) return addOne(sql, plan.values, left);
    if (!(await hold(sql, left))) return false;
    await write(sql, plan);
    return true;
  };

  const planAt = async (sql: SqlRunner, head: Head, { batch, nowMs }: Coming): Promise<Plan> => {
    if (versions.size > MOST_STREAMS) versions = new Map();
    const unknown = unknownStreams(batch);
    if (unknown !== undefined) await learnVersions(sql, unknown);
    const hopeful = judge(batch, { head, nowMs, versions });
    return hopeful.doubtful ? planCarefully(sql, batch, nowMs) : hopeful;
  };

  /** On what the log says. */
  const planCarefully = async (sql: SqlRunner, batch: readonly AppendRequest[], nowMs: number): Promise<Plan> => {
    const head = await readHead(sql);
    versions = new Map();
    await learnVersions(sql, new Set(batch.map(({ stream }) => stream)));
    const taken = new Set((await byIds(sql, idsOf(batch))).map(({ id }) => id));
    return judge(batch, { head, nowMs, versions, taken });
  };

  const write = async (sql: SqlRunner, { values }: Plan): Promise<void> => {
    let from = 0;
    for (const size of sizesOf(values.length / EVENT_WIDTH, dialect)) {
      const end = from + size * EVENT_WIDTH;
      await sql.execute(INSERT(size), values.slice(from, end));
      from = end;
    }
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

  /** In a transaction of its own, so that one which finds that it is not our turn has held nobody up. */
  const commitByHeart = async (coming: Coming): Promise<Plan | undefined> => {
    const plan = turn === undefined ? undefined : planByHeart(coming);
    if (turn === undefined || plan === undefined) return undefined;
    return (await connection.transaction('write', (sql) => writeInTurn(sql, turn, plan))) ? plan : undefined;
  };

  /** So that others have to look too, and do not keep getting there first. */
  const stepForward = async (tries: number): Promise<void> => {
    await sleep(Math.random() * tries * NAP_MS);
    if (turn !== undefined) await connection.transaction('write', (sql) => turn.take(sql));
  };

  const commitLooking = (batch: readonly AppendRequest[], nowMs: number, careful: boolean): Promise<Done> =>
    connection.transaction('write', async (sql) => {
      // Where nobody takes turns a head that is known is not looked at: the unique key on positions vouches for it.
      const head = careful ? undefined : ((turn === undefined ? left : undefined) ?? (await readHead(sql)));
      const plan = await (head === undefined ? planCarefully(sql, batch, nowMs) : planAt(sql, head, { batch, nowMs }));
      if (plan.values.length > 0) await write(sql, plan);
      return { plan, verdicts: plan.verdicts ?? (await settle(sql, batch, plan.judgements)) };
    });

  const attempt = async (batch: readonly AppendRequest[], nowMs: number, careful: boolean): Promise<readonly Verdict[]> => {
    try {
      const held = careful ? undefined : await commitByHeart({ batch, nowMs });
      const { plan, verdicts } =
        held?.verdicts === undefined ? await commitLooking(batch, nowMs, careful) : { plan: held, verdicts: held.verdicts };
      for (const [stream, version] of plan.moved) versions.set(stream, version);
      left = plan.head;
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
      for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
        try {
          if (tries > 2) await stepForward(tries);
          return await attempt(batch, nowMs, tries > 1);
        } catch (error) {
          failure = error;
          if (!(error instanceof DuplicateKey)) break;
        }
      }
      if (failure instanceof DuplicateKey)
        throw new StoreError('busy', 'others keep writing first: try again', { cause: failure });
      if (!(failure instanceof StoreError) || failure.code !== 'outcome-unknown') throw failure;
      return recover(batch, failure);
    },
  };
}

function idsOf(batch: readonly AppendRequest[]): readonly string[] {
  return [...new Set(batch.flatMap(({ events }) => events.map(({ id }) => id)))];
}

/** How many rows go into each INSERT. */
function sizesOf(rows: number, { rowsPerInsert, fewInserts }: SqlDialect): Iterable<number> {
  return fewInserts === true && rows <= rowsPerInsert ? [rows] : portionSizes(rows, rowsPerInsert);
}
