import type { DecimalMark } from '@kakeibo/core';
import { markIn, type WrittenAmount } from './journal-amount.ts';

/**
 * Which mark each commodity has before its decimals. A figure that tells it tells it for itself; of `1,000` the other figures of
 * the commodity do. Of `1.000` both tools say that it is one, unless something else of the commodity says otherwise.
 */
export class JournalMarks {
  readonly #said: DecimalMark | undefined;
  readonly #seen = new Map<string, Set<DecimalMark>>();

  constructor(said: DecimalMark | undefined) {
    this.#said = said;
  }

  see({ commodity, digits }: WrittenAmount): void {
    const mark = markIn(digits);
    if (mark === null || mark === 'unclear') return;
    const seen = this.#seen.get(commodity) ?? new Set();
    this.#seen.set(commodity, seen.add(mark));
  }

  /** The mark of an amount; undefined when nothing tells. */
  of({ commodity, digits }: WrittenAmount, declared: DecimalMark | undefined): DecimalMark | undefined {
    const stated = this.#said ?? declared;
    if (stated !== undefined) return stated;
    const mark = markIn(digits);
    if (mark === null) return '.';
    if (mark !== 'unclear') return mark;
    const [only, another] = this.#seen.get(commodity) ?? [];
    if (only !== undefined && another === undefined) return only;
    return digits.includes('.') && only === undefined ? '.' : undefined;
  }
}
