/** The two clocks of a computer. */
export interface Clock {
  /** Wall clock, UTC milliseconds. May jump. */
  now(): number;
  /** Milliseconds since some start; never goes back, may stand still while the computer sleeps. */
  monotonic(): number;
}

/** What an answer from outside said about the time. */
export interface TimeReading {
  /** The sender's clock, UTC ms, cut to whole seconds. */
  remote: number;
  /** Our wall clock when the answer was there. */
  local: number;
  /** How long the exchange took, ms: the answer is no older than that. */
  tookMs: number;
}

export interface Timer {
  cancel(): void;
}

export interface Timers {
  /** Calls `run` once after `delayMs` on the monotonic clock. A delay above 24 days is cut to 24 days. */
  after(delayMs: number, run: () => void): Timer;
}

/** A job that comes back by the wall clock. */
export interface Recurrence {
  cancel(): void;
  /** UTC ms of the next firing, null when there is none. */
  nextAt(): number | null;
}

export interface Recurrences {
  /** @param cron six fields, seconds first, e.g. `0,30 * * * * *` for every 30 seconds. */
  every(cron: string, run: () => void): Recurrence;
}
