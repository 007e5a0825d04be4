/** Where the end of the log is read, and how writers are kept apart there. */

/**
 * An engine's way to the log's head: positions have no gap and follow the commits because every writer holds it from its
 * first statement to its commit.
 *
 * @example
 * // An engine that locks rows keeps the head in a row of its own, and every writer locks that.
 * const headRow: LogHead = {
 *   create: [
 *     'CREATE TABLE log_head (id BIGINT NOT NULL PRIMARY KEY, position BIGINT NOT NULL, recorded_at BIGINT NOT NULL)',
 *     'INSERT INTO log_head (id, position, recorded_at) VALUES (1, 0, 0)',
 *   ],
 *   select: 'SELECT position, recorded_at FROM log_head WHERE id = 1 FOR UPDATE',
 *   move: 'UPDATE log_head SET position = ?, recorded_at = ? WHERE id = 1',
 * };
 */
export interface LogHead {
  /** What makes it, after the event table. */
  readonly create: readonly string[];
  /** Position and record time of the last event; no row, or zeros, when there is none. Holds off other writers. */
  readonly select: string;
  /** What moves it to a position and a record time; missing where it moves with the events. */
  readonly move?: string;
}

/** For engines in which one transaction writes at a time: the last event is the head, and costs no page of its own. */
export const lastEventHead: LogHead = {
  create: [],
  select: 'SELECT position, recorded_at FROM events ORDER BY position DESC LIMIT 1',
};
