import type { Clock, Timer, Timers } from '../../main/core/ports/index.ts';

/** A computer whose clocks may be set, run too fast or too slow, and stand still while it sleeps; and the true time. */
export class CrookedTime implements Clock, Timers {
  #true: number;
  #monotonic = 0;
  #wall: number;
  #waiting: { at: number; run: () => void }[] = [];
  /** Seconds that the wall clock and the monotonic one count in a true one. */
  readonly #rate: { wall: number; monotonic: number };

  /** @param start UTC ms, true and shown */
  constructor(start: number, rate = { wall: 1, monotonic: 1 }) {
    this.#true = start;
    this.#wall = start;
    this.#rate = rate;
  }

  /** UTC ms. */
  trueNow(): number {
    return this.#true;
  }

  now(): number {
    return Math.round(this.#wall);
  }

  monotonic(): number {
    return this.#monotonic;
  }

  after(delayMs: number, run: () => void): Timer {
    const entry = { at: this.#monotonic + Math.max(delayMs, 0), run };
    this.#waiting.push(entry);
    return {
      cancel: () => {
        this.#waiting = this.#waiting.filter((other) => other !== entry);
      },
    };
  }

  /** Lets true time pass, running what falls due on the way; `settle` is awaited after each timer. */
  async pass(ms: number, settle: () => Promise<void>): Promise<void> {
    const end = this.#true + ms;
    await settle();
    for (;;) {
      const next = this.#waiting.toSorted((a, b) => a.at - b.at)[0];
      const wait = next === undefined ? Number.POSITIVE_INFINITY : this.#trueUntil(next.at);
      if (next === undefined || this.#true + wait > end) break;
      this.#waiting = this.#waiting.filter((entry) => entry !== next);
      this.#move(wait);
      this.#monotonic = Math.max(this.#monotonic, next.at);
      next.run();
      await settle();
    }
    this.#move(end - this.#true);
    await settle();
  }

  /** Somebody sets the clock. */
  step(ms: number): void {
    this.#wall += ms;
  }

  sleep(ms: number): void {
    this.#true += ms;
    this.#wall += ms;
  }

  #trueUntil(monotonic: number): number {
    return Math.max(monotonic - this.#monotonic, 0) / this.#rate.monotonic;
  }

  #move(trueMs: number): void {
    this.#true += trueMs;
    this.#wall += trueMs * this.#rate.wall;
    this.#monotonic += trueMs * this.#rate.monotonic;
  }
}
