/**
 * A limit that refills evenly, as Groq's and Replicate's rate headers imply: two of a thousand
 * requests a day used means "full again in 2m52.8s".
 */
export class TokenBucket {
  readonly #capacity: () => number;
  readonly #windowMs: number;
  readonly #now: () => number;
  #used = 0;
  #at: number;

  /**
   * @param capacity units per window; read anew each time so that tests can change the plan
   * @param windowMs how long an empty bucket takes to fill
   * @param now UTC milliseconds
   */
  constructor(capacity: () => number, windowMs: number, now: () => number) {
    this.#capacity = capacity;
    this.#windowMs = windowMs;
    this.#now = now;
    this.#at = now();
  }

  get capacity(): number {
    return this.#capacity();
  }

  /** Whole units that can still be taken, never negative. */
  get remaining(): number {
    return Math.max(0, Math.floor(this.capacity - this.used));
  }

  /** Units taken and not yet refilled; may exceed the capacity after {@link take}. */
  get used(): number {
    const now = this.#now();
    const refilled = (Math.max(0, now - this.#at) * this.capacity) / this.#windowMs;
    this.#used = Math.max(0, this.#used - refilled);
    this.#at = now;
    return this.#used;
  }

  take(units: number): void {
    this.#used = this.used + units;
  }

  /** Milliseconds until `units` could be taken; 0 when they can be taken now. */
  msUntil(units: number): number {
    const missing = this.used + units - this.capacity;
    return missing <= 0 ? 0 : (missing * this.#windowMs) / this.capacity;
  }

  get msUntilFull(): number {
    return (this.used * this.#windowMs) / this.capacity;
  }
}
