// Commands carry what a person or program typed: texts, as in `commands.ts`.

/** Says what was counted at the end of a day (today when left out). With a category the difference is booked at once. */
export interface CheckBalance {
  readonly type: 'CheckBalance';
  readonly counted: string;
  readonly on?: string;
  readonly category?: string;
}

export interface SetRate {
  readonly type: 'SetRate';
  readonly quote: string;
  readonly rate: string;
  readonly on?: string;
}
export interface RemoveRate {
  readonly type: 'RemoveRate';
  readonly quote: string;
  readonly on: string;
}
