/**
 * Lets work run side by side while all that it holds fits, first come, first served. Work that needs
 * nothing never waits; work that needs more than there is runs alone.
 */
export class Capacity {
  readonly #total: number;
  readonly #waiting: { amount: number; begin: () => void }[] = [];
  #held = 0;

  constructor(total: number) {
    this.#total = total;
  }

  /** Runs `work` once there is room for `amount`, in the units of the total. */
  async during<T>(amount: number, work: () => Promise<T>): Promise<T> {
    if (amount <= 0) return work();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push({ amount, begin: resolve });
    this.#beginNext();
    await promise;
    try {
      return await work();
    } finally {
      this.#held -= amount;
      this.#beginNext();
    }
  }

  #beginNext(): void {
    for (;;) {
      const [next] = this.#waiting;
      if (next === undefined || (this.#held > 0 && this.#held + next.amount > this.#total)) return;
      this.#waiting.shift();
      this.#held += next.amount;
      next.begin();
    }
  }
}
