import type { Change } from '../../../shared/contract/events.ts';

/** Tells whoever listens that something changed. Listeners never hold up the one who tells. */
export class Changes {
  readonly #listeners = new Set<(change: Change) => void>();

  tell(type: Change['type'], id: string | null = null, clientId: string | null = null): void {
    for (const listener of this.#listeners) listener({ type, id, clientId });
  }

  /** Calls `listener` for each change until the returned function is called. */
  subscribe(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Changes from now on, until `signal` aborts. A reader that falls behind gets each distinct change once. */
  async *watch(signal: AbortSignal | undefined): AsyncGenerator<Change> {
    const waiting = new Map<string, Change>();
    let wake = (): void => undefined;
    const unsubscribe = this.subscribe((change) => {
      waiting.set(`${change.type}/${change.id}`, change);
      wake();
    });
    const stop = (): void => wake();
    signal?.addEventListener('abort', stop);
    try {
      while (!signal?.aborted) {
        const [next] = waiting;
        if (next === undefined) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
          continue;
        }
        waiting.delete(next[0]);
        yield next[1];
      }
    } finally {
      signal?.removeEventListener('abort', stop);
      unsubscribe();
    }
  }
}
