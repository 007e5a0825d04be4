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
  /** Position and record time of the last event; no row, or zeros, when there is none. Holds off other writers. */
  readonly select: string;
  /** The same, holding nobody off; missing where `select` does so by itself. */
  readonly look?: string;
  /** What moves it to a position and a record time; missing where it moves with the events. */
  readonly move?: string;
  /** The same, if it stands at a position and a record time (the third and fourth parameter): spares the look when it does. */
  readonly moveFrom?: string;
  /** Where writers take turns instead of moving it: `select` is then asked by whoever has taken the turn. */
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

/**
 * For engines that lock rows: the head is in a row of its own, and every writer locks that.
 *
 * @example
 * const head = rowHead({ integer: 'BIGINT', lockSuffix: ' FOR UPDATE' });
 */
export function rowHead({ integer, lockSuffix }: { readonly integer: string; readonly lockSuffix: string }): LogHead {
  return {
    create: [
      {
        table: 'log_head',
        columns: {
          id: `${integer} NOT NULL PRIMARY KEY`,
          position: `${integer} NOT NULL`,
          recorded_at: `${integer} NOT NULL`,
          touched: `${integer} NOT NULL`,
        },
      },
      'INSERT INTO log_head (id, position, recorded_at, touched) VALUES (1, 0, 0, 0)',
    ],
    select: `SELECT position, recorded_at FROM log_head WHERE id = 1${lockSuffix}`,
    look: 'SELECT position, recorded_at FROM log_head WHERE id = 1',
    move: 'UPDATE log_head SET position = ?, recorded_at = ? WHERE id = 1',
    moveFrom: 'UPDATE log_head SET position = ?, recorded_at = ? WHERE id = 1 AND position = ? AND recorded_at = ?',
  };
}

/**
 * For engines on which each round trip counts, and a transaction keeps what it read from being changed (read stability): the last
 * event is the head, and a row says whose turn it is.
 *
 * @example
 * const head = turnHead({ types, lockSuffix: ' FOR UPDATE WITH RS' });
 */
export function turnHead({ types, lockSuffix }: { readonly types: ColumnTypes; readonly lockSuffix: string }): LogHead {
  const { integer, name, id = name, payload, meta = payload } = types;
  // In the order of EVENT_COLUMNS: a parameter in a list of columns has to be told its type.
  const values = [integer, name, integer, id, name, payload, meta, integer].map((type) => `CAST(? AS ${type})`).join(', ');
  const stands = 'turn = ? AND EXISTS (SELECT 1 FROM events WHERE position = ? AND recorded_at = ?)';
  return {
    create: [
      // The number is the key: who asks for another finds no row, and so holds none.
      { table: 'log_turn', columns: { turn: `${integer} NOT NULL PRIMARY KEY` } },
      'INSERT INTO log_turn (turn) VALUES (0)',
    ],
    select: 'SELECT position, recorded_at FROM events WHERE position = (SELECT MAX(position) FROM events)',
    turns: {
      // Of an UPDATE of all rows an engine may warn, and a driver may take that for an error.
      take: 'UPDATE log_turn SET turn = ? WHERE turn >= 0',
      hold: `UPDATE log_turn SET turn = turn WHERE ${stands}`,
      addOne: `INSERT INTO events (${EVENT_COLUMNS}) SELECT ${values} FROM log_turn WHERE ${stands}`,
      block: `SELECT turn FROM log_turn${lockSuffix}`,
    },
  };
}

/**
 * Changes a {@link rowHead} and nothing else. Once it is committed, a transaction whose end nobody knows is over: it held this
 * row, or, on another node of a cluster, can no longer be certified.
 */
export const TOUCH_HEAD = 'UPDATE log_head SET touched = touched + 1 WHERE id = 1';
