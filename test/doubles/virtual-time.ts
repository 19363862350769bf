import type { Clock, Timers } from '../../main/core/ports/index.ts';

/** Both clocks and all timers of a computer, moved by hand. */
export class VirtualTime implements Clock, Timers {
  #wall: number;
  #monotonic = 0;
  #waiting: { at: number; run: () => void }[] = [];

  /** @param wall UTC milliseconds at the start */
  constructor(wall: number) {
    this.#wall = wall;
  }

  now(): number {
    return this.#wall;
  }

  monotonic(): number {
    return this.#monotonic;
  }

  after(delayMs: number, run: () => void): { cancel(): void } {
    const entry = { at: this.#monotonic + Math.max(delayMs, 0), run };
    this.#waiting.push(entry);
    return {
      cancel: () => {
        this.#waiting = this.#waiting.filter((other) => other !== entry);
      },
    };
  }

  /** Lets time pass, running what falls due on the way; `settle` is awaited after each timer. */
  async pass(ms: number, settle: () => Promise<void>): Promise<void> {
    const end = this.#monotonic + ms;
    await settle();
    for (;;) {
      const next = this.#waiting.filter((entry) => entry.at <= end).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.#waiting = this.#waiting.filter((entry) => entry !== next);
      this.#move(Math.max(next.at - this.#monotonic, 0));
      next.run();
      await settle();
    }
    this.#move(end - this.#monotonic);
    await settle();
  }

  /** The wall clock is set, or the computer slept: the monotonic clock does not move. */
  step(ms: number): void {
    this.#wall += ms;
  }

  /** Both clocks run on, and no timer fires: the process was stopped. */
  stand(ms: number): void {
    this.#move(ms);
  }

  #move(ms: number): void {
    this.#monotonic += ms;
    this.#wall += ms;
  }
}
