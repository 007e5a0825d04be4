/** Where the end of the log is read, and how writers are kept apart there. */
import type { Statement } from './table.ts';

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
 * Changes a {@link rowHead} and nothing else. Once it is committed, a transaction whose end nobody knows is over: it held this
 * row, or, on another node of a cluster, can no longer be certified.
 */
export const TOUCH_HEAD = 'UPDATE log_head SET touched = touched + 1 WHERE id = 1';
