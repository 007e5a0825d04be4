/** What a look at a store found: `weak` may lose or leak something one day, `bad` is wrong now. */
export interface Diagnosis {
  /** What was looked at, in a word or two (`journal`, `free space`). */
  readonly what: string;
  readonly state: 'ok' | 'weak' | 'bad';
  /** What was found, and what to do when it is not ok. Never holds a password. */
  readonly message: string;
}

/** How far a look goes. */
export interface DiagnosisOptions {
  /** `settings` leaves out what takes the longer the larger a ledger is: its pages and its log. Default `all`. */
  readonly depth?: 'all' | 'settings';
  /** How long the pages of a file may be looked at. Default 600,000. */
  readonly timeoutMs?: number;
  /** Told once a second while the same thing is still looked at. */
  readonly onWait?: (what: string, seconds: number) => void;
}
