// Nothing in plain ASCII folds but its case.
const PLAIN = /^[\x20-\x7e]*$/;
const MARKS = /\p{M}+/gu;

/**
 * A text without case and accents.
 *
 * @example
 * foldText('CAFÉ'); // 'cafe'
 */
export function foldText(text: string): string {
  return (PLAIN.test(text) ? text : text.normalize('NFD').replaceAll(MARKS, '')).toLowerCase();
}

/** Whether a text, folded already, fits a pattern. */
export type Matcher = (folded: string) => boolean;

/**
 * Makes the test that a pattern stands for: `*` is anything, also nothing; all else is itself, without case and accents. What
 * stands between two stars is looked for once, from where the piece before it ended, so no pattern makes a text be read over
 * and over.
 *
 * @example
 * patternMatcher('rewe*berlin')('rewe sagt danke, berlin'); // true
 */
export function patternMatcher(pattern: string): Matcher {
  const [first = '', ...pieces] = foldText(pattern).split(/\*+/);
  const last = pieces.pop();
  if (last === undefined) return (text) => text === first;
  return (text) => {
    const end = text.length - last.length;
    if (!text.startsWith(first) || !text.endsWith(last)) return false;
    let at = first.length;
    for (const piece of pieces) {
      const found = text.indexOf(piece, at);
      if (found === -1) return false;
      at = found + piece.length;
    }
    return at <= end;
  };
}
