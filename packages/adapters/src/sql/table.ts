/** A table as data, so that one that is there already can be told from somebody else's. */

/** Column types. `name` keeps up to 255 bytes that compare byte by byte; `payload` an event's JSON; `body` a bucket's. */
export interface ColumnTypes {
  readonly name: string;
  readonly integer: string;
  readonly payload: string;
  /** An event's id: 36 characters of ASCII, where a row has no room for a whole name. */
  readonly id?: string;
  /** An event's meta, where a row has no room for two payloads. */
  readonly meta?: string;
  readonly body: string;
}

/** A table that a step makes. */
export interface Table {
  readonly table: string;
  /** By name: the type and what else is said of the column. */
  readonly columns: Readonly<Record<string, string>>;
  /** The columns of the primary key, where it has more than one. */
  readonly key?: readonly string[];
}

/** What a step runs. */
export type Statement = string | Table;

/** The text that makes it; the suffix stands behind a table. */
export function statementText(statement: Statement, tableSuffix: string): string {
  if (typeof statement === 'string') return statement;
  const { table, columns, key } = statement;
  const lines = Object.entries(columns).map(([name, type]) => `${name} ${type}`);
  if (key !== undefined) lines.push(`PRIMARY KEY (${key.join(', ')})`);
  return `CREATE TABLE ${table} (\n  ${lines.join(',\n  ')}\n)${tableSuffix}`;
}
