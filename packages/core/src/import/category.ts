import { isRejection, MAX_CATEGORY_DEPTH, MAX_CATEGORY_PART, parseCategory } from '../wallet/parse.ts';
import { cut, memoised, oneLine } from './cells.ts';

/**
 * Makes a valid category path of what a statement calls one; undefined when nothing is left.
 *
 * @example
 * categoryFrom('Bills: Rent'); // 'Bills:Rent'
 */
export function categoryFrom(text: string): string | undefined {
  return text === '' ? undefined : read(text);
}

const read = memoised((text: string): string | undefined => {
  const parts = text
    .split(':')
    .map((part) => cut(oneLine(part), MAX_CATEGORY_PART))
    .filter((part) => part !== '')
    .slice(0, MAX_CATEGORY_DEPTH);
  const path = parseCategory(parts.join(':'));
  return isRejection(path) ? undefined : path;
});
