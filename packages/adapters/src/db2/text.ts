/** Statements and texts as Db2 and Derby take them. */
import { StoreError } from '@kakeibo/core';

import type { SqlRow, SqlValue } from '../sql/connection.ts';

/** `view` is a reserved word in Derby. */
export function statementFor(sql: string): string {
  return sql.replaceAll(/\bview\b/g, '"VIEW"');
}

/**
 * Stands behind a text that ends with a blank, or with itself: both engines compare as if the shorter text went on with blanks,
 * so 'a' would be 'a '. JSON never ends so; names may.
 */
const MARK = '\u007f';

/** A text as it is stored. */
export function kept(text: string): string {
  return text.endsWith(' ') || text.endsWith(MARK) ? text + MARK : text;
}

/** And back. */
export function given(text: string): string {
  return text.endsWith(MARK) ? text.slice(0, -1) : text;
}

const SAMPLE = 'aAéÉ円🧾€ü';

/** Stops where text would come back as other text, or names that differ would be one. */
export async function assertKeepsTexts(line: {
  query(sql: string, parameters: readonly SqlValue[]): Promise<readonly SqlRow[]>;
}): Promise<void> {
  const [back] = await line.query('SELECT CAST(? AS VARCHAR(100)) FROM SYSIBM.SYSDUMMY1', [SAMPLE]);
  if (back?.[0] !== SAMPLE)
    throw new StoreError('incompatible', 'the database does not keep all characters: create it with CODESET UTF-8');
  const [alike] = await line.query("SELECT COUNT(*) FROM SYSIBM.SYSDUMMY1 WHERE 'a' = 'A' OR 'e' = 'é' OR 'ss' = 'ß'", []);
  if (Number(alike?.[0]) !== 0)
    throw new StoreError(
      'incompatible',
      "the database's collation takes different names for equal: create it with COLLATE USING IDENTITY",
    );
}
