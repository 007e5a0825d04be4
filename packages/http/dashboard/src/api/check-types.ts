/** A balance that somebody counted, against what the entries came to then and come to now. */
export interface BalanceCheck {
  readonly on: string;
  readonly counted: string;
  readonly expected: string;
  readonly difference: string;
  readonly entryId: string | null;
  readonly expectedNow: string;
  readonly differenceNow: string;
  readonly recordedAt: string;
  readonly version: number;
}

export interface CheckList {
  /** Newest first. */
  readonly items: readonly BalanceCheck[];
  readonly version: number;
}

export interface Checked {
  readonly on: string;
  readonly counted: string;
  readonly difference: string;
  readonly entryId: string | null;
  readonly version: number;
}
