/** Tells the time, so that the core never asks the machine. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00Z. May step back; the ledger's order never depends on it. */
  now(): number;
}
