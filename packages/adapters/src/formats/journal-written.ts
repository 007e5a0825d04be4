import type { DecimalMark } from '@kakeibo/core';
import type { WrittenFigures } from './journal-amount.ts';
import type { JournalTag } from './journal-transaction.ts';

/** A posting as it is written. One without figures gets what is left. */
export interface WrittenPosting {
  readonly line: number;
  readonly account: string;
  readonly figures: WrittenFigures | undefined;
  /** The mark before decimals that the journal has declared by then. */
  readonly declared: DecimalMark | undefined;
  readonly notes: string[];
}

export interface WrittenTransaction {
  readonly line: number;
  readonly date: string;
  readonly description: string;
  readonly tags: JournalTag[];
  readonly postings: WrittenPosting[];
}
