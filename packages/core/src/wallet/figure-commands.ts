// Commands carry what a person or program typed: texts, as in `commands.ts`.

/** Says what was counted at the end of a day (today when left out). With a category the difference is booked at once. */
export interface CheckBalance {
  readonly type: 'CheckBalance';
  readonly counted: string;
  readonly on?: string;
  readonly category?: string;
}

/** Says what one unit of the wallet's currency was worth in another on a day (today when left out). */
export interface SetRate {
  readonly type: 'SetRate';
  readonly quote: string;
  readonly rate: string;
  readonly on?: string;
}
export interface RemoveRate {
  readonly type: 'RemoveRate';
  readonly quote: string;
  /** Today when left out. */
  readonly on?: string;
}
