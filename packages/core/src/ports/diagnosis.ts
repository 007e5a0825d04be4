/** What a look at a store found: `weak` may lose or leak something one day, `bad` is wrong now. */
export interface Diagnosis {
  /** What was looked at, in a word or two (`journal`, `free space`). */
  readonly what: string;
  readonly state: 'ok' | 'weak' | 'bad';
  /** What was found, and what to do when it is not ok. Never holds a password. */
  readonly message: string;
}
