/**
 * Runs named work, one after the other within a lane and a limited number of lanes at a time.
 * Work of a name that is already waiting or running is not added again.
 */
export class Lanes {
  readonly #limit: number;
  readonly #queues = new Map<string, { name: string; work: () => Promise<void> }[]>();
  readonly #names = new Set<string>();
  readonly #running = new Set<string>();
  #waiters: (() => void)[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(lane: string, name: string, work: () => Promise<void>): void {
    if (this.#names.has(name)) return;
    this.#names.add(name);
    const queue = this.#queues.get(lane) ?? [];
    queue.push({ name, work });
    this.#queues.set(lane, queue);
    this.#runNext();
  }

  has(name: string): boolean {
    return this.#names.has(name);
  }

  /** True while work of this lane runs. */
  isRunning(lane: string): boolean {
    return this.#running.has(lane);
  }

  get busy(): boolean {
    return this.#names.size > 0;
  }

  /** Resolves when nothing waits or runs. */
  drained(): Promise<void> {
    if (!this.busy) return Promise.resolve();
    return new Promise((resolve) => this.#waiters.push(resolve));
  }

  #runNext(): void {
    for (const [lane, queue] of this.#queues) {
      if (this.#running.size >= this.#limit) return;
      if (this.#running.has(lane)) continue;
      const next = queue.shift();
      if (next === undefined) {
        this.#queues.delete(lane);
        continue;
      }
      this.#running.add(lane);
      void this.#run(lane, next);
    }
  }

  async #run(lane: string, { name, work }: { name: string; work: () => Promise<void> }): Promise<void> {
    try {
      await work();
    } finally {
      this.#names.delete(name);
      this.#running.delete(lane);
      this.#runNext();
      if (!this.busy) {
        const waiters = this.#waiters;
        this.#waiters = [];
        for (const resolve of waiters) resolve();
      }
    }
  }
}
