/** Statements and texts as Db2 and Derby take them. */

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
