/** What is used of IBM's binding, `ibm_db`, and how it is found. */
import { createRequire } from 'node:module';

import { StoreError } from '@kakeibo/core';

type Answer<Value> = (error: unknown, value: Value, columns?: number) => void;

/** A cursor. */
export interface DriverResult {
  fetchAll(options: { readonly fetchMode: number }, answer: Answer<readonly (readonly unknown[])[]>): void;
  close(answer: Answer<unknown>): void;
}

/** A prepared statement. */
export interface DriverStatement {
  /** Takes the values for the next execution; asks nobody, and so waits for nobody. */
  bindSync(parameters: readonly unknown[]): boolean;
  execute(answer: Answer<DriverResult>): void;
  executeNonQuery(answer: Answer<number>): void;
  close(answer: Answer<unknown>): void;
}

/** A connection. */
export interface DriverConnection {
  open(text: string, answer: Answer<unknown>): void;
  prepare(sql: string, answer: Answer<DriverStatement>): void;
  /** For attributes that the client keeps to itself. Answers with an error rather than to throw one. */
  setAttrSync(attribute: number, value: number): unknown;
  setAttr(attribute: number, value: number, answer: Answer<unknown>): void;
  rollbackTransaction(answer: Answer<unknown>): void;
  getInfo(type: number, answer: Answer<string>): void;
  close(answer: Answer<unknown>): void;
}

/** The module. */
export interface Db2Driver {
  readonly Database: new () => DriverConnection;
}

/** Rows as lists, in the order of the columns. */
export const FETCH_LISTS = 3;

/** Loads it when it is needed, so that nobody else has to have it. */
export function loadDriver(): Db2Driver {
  try {
    return createRequire(import.meta.url)('ibm_db') as Db2Driver;
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    throw new StoreError(
      'refused',
      code === 'MODULE_NOT_FOUND' && String(cause).includes("'ibm_db'")
        ? 'Db2 needs the package ibm_db: run `npm install ibm_db@4` (Linux x64 with glibc, macOS or Windows)'
        : `ibm_db is installed, but its binding or IBM's client cannot be loaded (${firstLine(cause)}): run \`npm rebuild ibm_db --foreground-scripts\`, with IBM_DB_HOME set where the client is elsewhere`,
      { cause },
    );
  }
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
}

/** A call of the binding as a promise. */
export function answered<Value>(call: (answer: Answer<Value>) => void): Promise<readonly [Value, number | undefined]> {
  return new Promise((resolve, reject) => {
    call((error, value, columns) => {
      // The binding still frees the statement after it called back, on the event loop, and would wait there for the next call.
      setImmediate(() => {
        if (error === null || error === undefined) resolve([value, columns]);
        else reject(error);
      });
    });
  });
}
