/** What the SQL stores ask of a database driver: few members, no engine's names. */

/** What goes into a statement and comes out of a row. */
export type SqlValue = string | number | bigint | null;

/** A row's columns in the order in which the statement names them. */
export type SqlRow = readonly SqlValue[];

/** Runs statements, with `?` for parameters. The same text is prepared once and used again. */
export interface SqlRunner {
  query(sql: string, parameters?: readonly SqlValue[]): Promise<readonly SqlRow[]>;
  execute(sql: string, parameters?: readonly SqlValue[]): Promise<void>;
}

/**
 * One way to a database. Failures arrive as {@link DuplicateKey} or as a `StoreError`; a transaction that failed was rolled
 * back, unless its code is `outcome-unknown`.
 *
 * @example
 * await connection.transaction('write', (sql) => sql.execute('DELETE FROM views WHERE stream = ?', ['wallet-1']));
 */
export interface SqlConnection extends SqlRunner {
  /**
   * Runs work in a transaction, one at a time; again from its beginning when an engine took the transaction back (a deadlock).
   * `write` takes the right to write first, so that it cannot fail for want of
   * it half way; `read` sees one state of the database throughout.
   */
  transaction<Result>(kind: 'read' | 'write', work: (sql: SqlRunner) => Promise<Result>): Promise<Result>;
  /**
   * After an unknown outcome: starts anew. When it returns, the transaction in question is decided: what it wrote is there
   * to be read, or will never be.
   */
  recover(): Promise<void>;
  close(): Promise<void>;
}

/** A row was refused because another has its unique key, or a table or index because another has its name. */
export class DuplicateKey extends Error {
  override readonly name = 'DuplicateKey';
}
