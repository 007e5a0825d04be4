/** This writer's turn at the end of the log: what {@link Turns} says, with the number that is its own. */
import { randomInt } from 'node:crypto';

import type { SqlRunner, SqlValue } from './connection.ts';
import type { Turns } from './head.ts';
import type { Head } from './judge.ts';

/** Numbers are below this, at random: two writers do not choose the same. */
const MOST_TURN = 2 ** 48 - 1;

/** A writer's turn. */
export interface Turn {
  /** Takes it, or keeps it where it is ours, and holds off others until the transaction ends. Answers whether it was ours. */
  take(sql: SqlRunner): Promise<boolean>;
  /** Holds it until the transaction ends. Answers false, and holds nothing, where it is not ours any more or the log ends elsewhere. */
  hold(sql: SqlRunner, head: Head): Promise<boolean>;
  /** Adds one event and holds it, on the same condition. */
  addOne(sql: SqlRunner, values: readonly SqlValue[], head: Head): Promise<boolean>;
}

/**
 * Makes a turn that has not been taken yet.
 *
 * @example
 * const turn = createTurn(dialect.head.turns);
 * await connection.transaction('write', (sql) => turn.take(sql));
 */
export function createTurn({ block, take, hold, addOne }: Turns): Turn {
  let number = 0;
  const standing = ({ position, recordedAt }: Head): readonly SqlValue[] => [number, position, recordedAt];
  return {
    async take(sql) {
      // A SELECT first: on a node of a cluster that is what waits for all that others have committed.
      const found = Number((await sql.query(block))[0]?.[0] ?? 0);
      const isOurs = found === number && number !== 0;
      if (!isOurs) number = randomInt(1, MOST_TURN);
      // Also where it is ours: that it is written is what every engine holds it by.
      await sql.execute(take, [number]);
      return isOurs;
    },
    hold: async (sql, head) => (await sql.execute(hold, standing(head))) === 1,
    addOne: async (sql, values, head) => (await sql.execute(addOne, [...values, ...standing(head)])) === 1,
  };
}
