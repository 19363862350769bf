const windowMs = 60_000;

/** A network's bound on how often one kind of call may be made for one identity within a sliding minute. */
export class CallWindow {
  readonly #most: number;
  /** When calls were made, by identity, on the monotonic clock. */
  readonly #calls = new Map<string, number[]>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Counts a call that is about to be made. @param now ms on the monotonic clock, here and below */
  count(identity: string, now: number): void {
    this.#calls.set(identity, [...this.#recent(identity, now), now]);
  }

  /** In how many ms one more fits; 0 for now. @param spared calls that are left to others */
  freeInMs(identity: string, now: number, spared = 0): number {
    const recent = this.#recent(identity, now);
    const first = recent[recent.length - (this.#most - spared)];
    return first === undefined ? 0 : first + windowMs - now;
  }

  #recent(identity: string, now: number): number[] {
    return (this.#calls.get(identity) ?? []).filter((at) => now - at < windowMs);
  }
}
