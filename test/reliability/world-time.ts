import type { Clock, Timer, Timers } from '../../main/core/ports/index.ts';

interface Event {
  at: number;
  order: number;
  /** Stands still while the computer sleeps. */
  isInside: boolean;
  run: () => void;
}

/**
 * Time of a simulated world. The networks live in true time; the computer's monotonic clock and its
 * timers stand still while it sleeps, its wall clock does not.
 */
export class WorldTime implements Clock, Timers {
  #start: number;
  #now: number;
  #slept = 0;
  #wakesAt = 0;
  #order = 0;
  #events: Event[] = [];

  /** @param start UTC ms */
  constructor(start: number) {
    this.#start = start;
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  /** When the computer takes up what reaches it now, UTC ms: at once, or when it wakes. */
  takenUpAt(): number {
    return Math.max(this.#now, this.#wakesAt);
  }

  monotonic(): number {
    return this.#now - this.#start - this.#slept;
  }

  /** The computer starts anew, and its monotonic clock with it. */
  reboot(): void {
    this.#start = this.#now;
    this.#slept = 0;
  }

  /** A timer of the computer. */
  after(delayMs: number, run: () => void): Timer {
    return this.#add(delayMs, true, run);
  }

  /** Something that happens in the world whether the computer sleeps or not. */
  outside(delayMs: number, run: () => void): Timer {
    return this.#add(delayMs, false, run);
  }

  /** The computer sleeps: the world goes on without it. Nothing of the computer runs meanwhile. */
  sleep(ms: number): void {
    const end = this.#now + ms;
    this.#wakesAt = end;
    for (;;) {
      const next = this.#earliest((event) => !event.isInside && event.at <= end);
      if (next === undefined) break;
      this.#take(next);
      next.run();
    }
    this.#now = end;
    this.#slept += ms;
    for (const event of this.#events) if (event.isInside) event.at += ms;
  }

  /** Lets time pass event by event until `done` or until `limit` (UTC ms); all work settles after each event. */
  async pass(limit: number, done: () => boolean = () => false): Promise<void> {
    await settled();
    while (!done()) {
      const next = this.#earliest((event) => event.at <= limit);
      if (next === undefined) {
        this.#now = Math.max(this.#now, limit);
        return;
      }
      this.#take(next);
      next.run();
      await settled();
    }
  }

  #add(delayMs: number, isInside: boolean, run: () => void): Timer {
    const event: Event = { at: this.#now + Math.max(delayMs, 0), order: this.#order++, isInside, run };
    this.#events.push(event);
    return {
      cancel: () => {
        const index = this.#events.indexOf(event);
        if (index >= 0) this.#events.splice(index, 1);
      },
    };
  }

  #earliest(wanted: (event: Event) => boolean): Event | undefined {
    let found: Event | undefined;
    for (const event of this.#events) {
      if (!wanted(event)) continue;
      const isEarlier =
        found === undefined || event.at < found.at || (event.at === found.at && event.order < found.order);
      if (isEarlier) found = event;
    }
    return found;
  }

  #take(event: Event): void {
    this.#events.splice(this.#events.indexOf(event), 1);
    this.#now = Math.max(this.#now, event.at);
  }
}

/** Resolves when everything that was under way has come to rest: nothing here waits for real I/O. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
