/** The few things in which SQL engines differ, declared as data: a new engine adds a dialect and edits nothing here. */
import type { SqlRunner } from './connection.ts';
import type { LogHead } from './head.ts';
import type { ColumnTypes } from './table.ts';

/** An engine's answers. */
export interface SqlDialect {
  readonly types: ColumnTypes;
  /** What stands after the closing bracket of CREATE TABLE. */
  readonly tableSuffix: string;
  readonly head: LogHead;
  /** What makes a SELECT of one row keep it locked until the transaction ends. */
  readonly lockSuffix: string;
  /** What bounds a SELECT, with one parameter: `LIMIT ?`. */
  readonly limitSuffix: string;
  /** What begins an INSERT that replaces the rows which are there (`INSERT OR REPLACE`); without it they are deleted before. */
  readonly replaceVerb?: string;
  /** The most rows in one INSERT: many where each statement is a round trip. */
  readonly rowsPerInsert: number;
  /** Whether rows go in as few INSERTs as can be, with a statement text for each number of them. */
  readonly fewInserts?: true;
  /** The most values in one IN list. */
  readonly valuesPerList: number;
  /** The most bytes of UTF-8 of a body in one row, where a longer one goes on in further rows. */
  readonly pieceBytes?: number;
  /** Where the number of the last schema step is kept. Called inside the transaction that runs the steps. */
  readonly schemaVersion: {
    read(sql: SqlRunner): Promise<number>;
    write(sql: SqlRunner, version: number): Promise<void>;
  };
  /** Where a CREATE commits by itself, so that no transaction holds the steps together. */
  readonly stepwise?: Stepwise;
}

/** How steps are taken one statement at a time. Nothing here is called inside a transaction. */
export interface Stepwise {
  /** Runs work while no other process does. */
  alone<Result>(sql: SqlRunner, work: () => Promise<Result>): Promise<Result>;
  /** How many statements of the step after the last whole one are done. */
  readDone(sql: SqlRunner): Promise<number>;
  note(sql: SqlRunner, place: { readonly version: number; readonly done: number }): Promise<void>;
  /** The names of a table's columns; none when there is no such table. */
  columns(sql: SqlRunner, table: string): Promise<readonly string[]>;
}
