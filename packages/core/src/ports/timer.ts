/** Waits, so that the core needs no timers of its own. */
export interface Timer {
  /** Settles after so many milliseconds. */
  sleep(ms: number): Promise<void>;
}
