import type { ImportSettings, RowChoices } from '../api/import-types.ts';

/** What a person decided of one row. */
export type RowChoice =
  | { readonly is: 'linked'; readonly entryId: string }
  | { readonly is: 'sorted'; readonly category: string }
  | { readonly is: 'left-out' }
  | { readonly is: 'open' };

/** The choices with another one for a row. Linking and leaving out undo each other; an open row has none. */
export function withChoice(choices: RowChoices, row: number, choice: RowChoice): RowChoices {
  const { is } = choice;
  const skipRows = (choices.skipRows ?? []).filter((each) => each !== row);
  const matches = (choices.matches ?? []).filter((each) => each.row !== row);
  const held = choices.categories ?? [];
  const categories = is === 'open' || is === 'sorted' ? held.filter((each) => each.row !== row) : held;
  return {
    skipRows: is === 'left-out' ? [...skipRows, row] : skipRows,
    matches: is === 'linked' ? [...matches, { row, entryId: choice.entryId }] : matches,
    categories: is === 'sorted' && choice.category !== '' ? [...categories, { row, category: choice.category }] : categories,
  };
}

const NONE: RowChoices = { skipRows: [], matches: [], categories: [] };

/** Settings read anew: another reading of the file may name other rows, so choices of single rows fall away. */
export function changed(settings: ImportSettings, change: ImportSettings): ImportSettings {
  const isOfRows = Object.keys(change).every((name) => name in NONE);
  return isOfRows ? { ...settings, ...change } : { ...settings, ...NONE, ...change };
}
