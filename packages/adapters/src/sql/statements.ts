/** Statement texts and how lists are put into them. */

/** The columns of an event in the order of {@link import('./rows.ts').keptEvent}. */
export const EVENT_COLUMNS = 'position, stream, version, id, type, data, meta, recorded_at';

/** How many they are. */
export const EVENT_WIDTH = 8;

/** How many at a time: the most that goes into one statement, and then half as many, and so on: few texts, so that all stay prepared. */
export function* portionSizes(count: number, most: number): Generator<number> {
  let size = most;
  for (let left = count; left > 0; left -= size) {
    while (size > left) size = Math.ceil(size / 2);
    yield size;
  }
}

/** A list in such portions. */
export function* portions<Item>(items: readonly Item[], most: number): Generator<readonly Item[]> {
  let from = 0;
  for (const size of portionSizes(items.length, most)) {
    yield items.slice(from, from + size);
    from += size;
  }
}

/** A list in portions of at most so many items, and as long as a statement should be, unless it is a single item that is longer. */
export function* portionsByLength<Item>(
  items: readonly Item[],
  { most, longest }: { readonly most: number; readonly longest: number },
  lengthOf: (item: Item) => number,
): Generator<readonly Item[]> {
  for (let from = 0; from < items.length;) {
    let size = most;
    const length = (): number => items.slice(from, from + size).reduce((sum, item) => sum + lengthOf(item), 0);
    while (size > items.length - from || (size > 1 && length() > longest)) size = Math.ceil(size / 2);
    yield items.slice(from, from + size);
    from += size;
  }
}

/** `?, ?, ?` */
export function marks(count: number): string {
  return new Array<string>(count).fill('?').join(', ');
}

/** A statement text that depends on a count, made once for each count. */
export function byCount(make: (count: number) => string): (count: number) => string {
  const made = new Map<number, string>();
  return (count) => {
    const known = made.get(count);
    if (known !== undefined) return known;
    const text = make(count);
    made.set(count, text);
    return text;
  };
}

/**
 * A body in rows of at most so many bytes of UTF-8, none of which cuts a character.
 *
 * @example
 * piecesOf('aéb', 2); // ['a', 'é', 'b']
 */
export function piecesOf(body: string, most: number): readonly string[] {
  if (body.length * 3 <= most) return [body];
  const bytes = Buffer.from(body);
  const pieces: string[] = [];
  for (let from = 0; from < bytes.length;) {
    let end = Math.min(from + most, bytes.length);
    while (end < bytes.length && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
    pieces.push(bytes.toString('utf8', from, end));
    from = end;
  }
  return pieces;
}
