import { statfsSync } from 'node:fs';
import type { Clock } from '../core/ports/time.ts';

const freshForMs = 2_000;

/**
 * The disk that holds a folder. What it says is at most two seconds old.
 * @param folder must exist by the time of the first question
 */
export function diskOf(folder: string, clock: Pick<Clock, 'monotonic'>) {
  let known: { at: number; bytes: number } | null = null;
  return {
    /** Bytes that this user may still write. @throws Error of the system when the folder cannot be reached */
    freeBytes(): number {
      const now = clock.monotonic();
      if (known === null || now - known.at >= freshForMs) {
        const { bavail, bsize, blocks } = statfsSync(folder);
        // A file system without a size of its own, as some are that lie over a network, has no end either.
        known = { at: now, bytes: blocks === 0 ? Number.POSITIVE_INFINITY : bavail * bsize };
      }
      return known.bytes;
    },
  };
}
