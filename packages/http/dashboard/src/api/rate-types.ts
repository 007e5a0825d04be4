/** What one unit of the currency of a wallet was worth in another on a day. */
export interface Rate {
  readonly quote: string;
  readonly on: string;
  readonly rate: string;
}

export interface RateList {
  /** By currency, the newest day first. */
  readonly items: readonly Rate[];
  readonly more: boolean;
  readonly version: number;
}

export interface RateWritten {
  readonly quote: string;
  readonly version: number;
}
