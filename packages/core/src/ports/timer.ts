/** Waits, so that the core needs no timers of its own. */
export interface Timer {
  /** Settles after so many milliseconds. */
  sleep(ms: number): Promise<void>;
}

/** Tells how much time goes by. Nobody can set it, so it never steps back or ahead. */
export interface Stopwatch {
  /** Milliseconds since some moment in the past, the same one for as long as the program runs. */
  elapsedMs(): number;
}
