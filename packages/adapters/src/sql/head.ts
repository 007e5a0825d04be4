/** Where the end of the log is read, and how writers are kept apart there. */
import { EVENT_COLUMNS } from './statements.ts';
import type { ColumnTypes, Statement } from './table.ts';

/**
 * An engine's way to the log's head: positions have no gap and follow the commits because every writer holds it from its
 * first statement to its commit.
 */
export interface LogHead {
  /** What makes it, after the event table. */
  readonly create: readonly Statement[];
  /** Position and record time of the last event; no row when there is none. */
  readonly select: string;
  /** Where more than one transaction writes at a time: `select` is then asked by whoever has taken the turn. */
  readonly turns?: Turns;
}

/**
 * Statements about whose turn it is to write, which a number of the writer's own says. Who has the turn writes from where it left
 * the log without a look at it, for as long as nobody takes the turn: who does waits for the transaction that holds it.
 */
export interface Turns {
  /** Takes it, with a new number. */
  readonly take: string;
  /**
   * Holds it until the transaction ends, if it still has this number, and the log an event at this position and record time: a server
   * that took over without the last commits has the number, and not the event.
   */
  readonly hold: string;
  /** Adds one event and holds the turn, on the same condition (the last three parameters): one round trip for both. */
  readonly addOne: string;
  /** Holds off others, whoever has it. */
  readonly block: string;
}

/** For engines in which one transaction writes at a time: the last event is the head, and costs no page of its own. */
export const lastEventHead: LogHead = {
  create: [],
  select: 'SELECT position, recorded_at FROM events ORDER BY position DESC LIMIT 1',
};

/** What differs between engines that take turns. */
export interface TurnOptions {
  readonly types: ColumnTypes;
  /** What makes a SELECT of one row keep it locked until the transaction ends. */
  readonly lockSuffix: string;
  /** What makes a SELECT keep what it reads from being changed; missing where each one does so by itself (read stability). */
  readonly keepSuffix?: string;
  /** The type that a parameter in a list of columns has to be told; missing where it is found out. */
  readonly cast?: (type: string) => string;
  /** What the row is found by: its number, so that who asks for another finds none and holds none, or an id that never changes. */
  readonly key: 'turn' | 'id';
}

/**
 * For engines that lock rows: the last event is the head, and a row says whose turn it is. It is read by the statement that adds an
 * event, so that one alone takes a statement and a commit, and nothing but the event is written.
 *
 * @example
 * const head = turnHead({ types, lockSuffix: ' FOR UPDATE', keepSuffix: ' LOCK IN SHARE MODE', key: 'id' });
 */
export function turnHead({ types, lockSuffix, keepSuffix = '', cast = () => '?', key }: TurnOptions): LogHead {
  const { integer, name, id = name, payload, meta = payload } = types;
  // In the order of EVENT_COLUMNS.
  const values = [integer, name, integer, id, name, payload, meta, integer].map(cast).join(', ');
  // Of an UPDATE of all rows an engine may warn, and a driver may take that for an error.
  const [only, added] = key === 'id' ? ['id = 1', '(id, turn) VALUES (1, 0)'] : ['turn >= 0', '(turn) VALUES (0)'];
  const mine = `${key === 'id' ? `${only} AND ` : ''}turn = ?`;
  const stands = `${mine} AND EXISTS (SELECT 1 FROM events WHERE position = ? AND recorded_at = ?)`;
  const number = `${integer} NOT NULL`;
  const keyed = `${number} PRIMARY KEY`;
  return {
    create: [
      { table: 'log_turn', columns: key === 'id' ? { id: keyed, turn: number } : { turn: keyed } },
      `INSERT INTO log_turn ${added}`,
    ],
    select: 'SELECT position, recorded_at FROM events WHERE position = (SELECT MAX(position) FROM events)',
    turns: {
      block: `SELECT turn FROM log_turn WHERE ${only}${lockSuffix}`,
      take: `UPDATE log_turn SET turn = ? WHERE ${only}`,
      hold: `UPDATE log_turn SET turn = turn WHERE ${stands}`,
      addOne: `INSERT INTO events (${EVENT_COLUMNS}) SELECT ${values} FROM log_turn WHERE ${stands}${keepSuffix}`,
    },
  };
}
