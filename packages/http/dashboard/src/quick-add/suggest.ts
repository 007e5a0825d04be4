import { plainForm } from './quick-add.ts';

/** The part of the line that names a category and holds the caret. */
export interface CategoryAtCaret {
  readonly start: number;
  readonly end: number;
  readonly typed: string;
}

export function categoryAtCaret(line: string, caret: number): CategoryAtCaret | undefined {
  for (const found of line.matchAll(/(?<=^|\s)@("[^"]*"?|\S*)/g)) {
    const start = found.index;
    const end = start + found[0].length;
    if (caret > start && caret <= end) return { start, end, typed: (found[1] ?? '').replaceAll('"', '') };
  }
  return undefined;
}

/** Those that start with what was typed, in any part of their path, before those that only hold it. */
export function suggest(typed: string, known: readonly string[], most = 7): readonly string[] {
  const wanted = plainForm(typed);
  const ranked = known.flatMap((category) => {
    const plain = plainForm(category);
    const at = plain.indexOf(wanted);
    if (at < 0) return [];
    const rank = at === 0 ? 0 : plain.includes(`:${wanted}`) ? 1 : 2;
    return [{ category, rank }];
  });
  ranked.sort((left, right) => left.rank - right.rank || left.category.localeCompare(right.category));
  return ranked.slice(0, most).map((each) => each.category);
}

/** The line with the category put in its place, and where the caret goes. */
export function complete(line: string, at: CategoryAtCaret, category: string): { readonly line: string; readonly caret: number } {
  const word = /\s/.test(category) ? `@"${category}"` : `@${category}`;
  const rest = line.slice(at.end);
  const gap = rest.startsWith(' ') ? '' : ' ';
  return { line: line.slice(0, at.start) + word + gap + rest, caret: at.start + word.length + 1 };
}
