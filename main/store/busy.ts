import { setTimeout as sleep } from 'node:timers/promises';
import { isBusy, StoreBusy } from './unusable.ts';

/**
 * How long SQLite itself may wait for a lock. It waits by stopping the whole process, so this is
 * short, and {@link whenFree} does the rest of the waiting.
 */
export const busyTimeoutMs = 10;

const patienceMs = 5_000;

/**
 * Runs `work` again, without holding up the process, while another connection holds the lock.
 * Real time is meant here, because another process is waited for.
 * @throws {StoreBusy} after 5 seconds
 */
export async function whenFree<T>(file: string, work: () => T): Promise<T> {
  const start = performance.now();
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (performance.now() - start > patienceMs) throw new StoreBusy(file, { cause: error });
      await sleep(20 + Math.random() * 60);
    }
  }
}
