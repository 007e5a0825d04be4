/** Which event ids are in the log, and where: an open-addressing hash table over typed arrays. */

/** The places of ids. A place is a number from 0, given in order. */
export interface EventIds {
  /** Adds the next place. False when the id has a place already, which it keeps. */
  add(id: string): boolean;
  placeOf(id: string): number | undefined;
  readonly bytes: number;
}

const WORDS = 4;
/** Filled further, a table of this kind searches long. */
const MOST_FILLED = 0.7;

function wordsOf(id: string): readonly [number, number, number, number] {
  return [
    Number.parseInt(id.slice(0, 8), 16),
    Number.parseInt(id.slice(9, 13) + id.slice(14, 18), 16),
    Number.parseInt(id.slice(19, 23) + id.slice(24, 28), 16),
    Number.parseInt(id.slice(28, 36), 16),
  ];
}

/** Mixes all of an id: those of a test differ in their last digits only, those of version 7 share their first. */
function hashOf(a: number, b: number, c: number, d: number): number {
  let hash = Math.imul(a ^ (b >>> 15), 0x85eb_ca6b) ^ Math.imul(b ^ (c >>> 13), 0xc2b2_ae35);
  hash = Math.imul(hash ^ c ^ (hash >>> 16), 0x27d4_eb2f) ^ Math.imul(d ^ (d >>> 16), 0x9e37_79b1);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b_3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}

/**
 * Makes an empty table: 16 bytes an id, and 4 for each of its slots.
 *
 * @example
 * createEventIds().placeOf('5ca1ab1e-0000-4000-8000-000000000001'); // undefined
 */
export function createEventIds(): EventIds {
  let words = new Uint32Array(WORDS * 1_024);
  let slots = new Uint32Array(2_048);
  let count = 0;

  const isAt = (place: number, a: number, b: number, c: number, d: number): boolean =>
    words[place * WORDS] === a &&
    words[place * WORDS + 1] === b &&
    words[place * WORDS + 2] === c &&
    words[place * WORDS + 3] === d;

  /** The slot that the id has, or would get. A slot holds a place plus one, so that 0 is free. */
  const slotOf = (a: number, b: number, c: number, d: number): number => {
    let slot = hashOf(a, b, c, d) & (slots.length - 1);
    for (;;) {
      const held = slots[slot] ?? 0;
      if (held === 0 || isAt(held - 1, a, b, c, d)) return slot;
      slot = (slot + 1) & (slots.length - 1);
    }
  };

  const refill = (): void => {
    const held = slots.filter((place) => place !== 0);
    slots = new Uint32Array(slots.length * 2);
    for (const place of held) {
      const at = (place - 1) * WORDS;
      slots[slotOf(words[at] ?? 0, words[at + 1] ?? 0, words[at + 2] ?? 0, words[at + 3] ?? 0)] = place;
    }
  };

  return {
    add(id) {
      if ((count + 1) * WORDS > words.length) {
        const grown = new Uint32Array(Math.ceil((words.length * 3) / 8) * WORDS);
        grown.set(words);
        words = grown;
      }
      if (count + 1 > slots.length * MOST_FILLED) refill();
      const parts = wordsOf(id);
      words.set(parts, count * WORDS);
      const slot = slotOf(...parts);
      count += 1;
      if (slots[slot] !== 0) return false;
      slots[slot] = count;
      return true;
    },
    placeOf(id) {
      const place = slots[slotOf(...wordsOf(id))] ?? 0;
      return place === 0 ? undefined : place - 1;
    },
    get bytes() {
      return words.byteLength + slots.byteLength;
    },
  };
}
