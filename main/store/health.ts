import type { Halt } from '../core/control/halts.ts';
import type { Clock } from '../core/ports/time.ts';
import { DiskFull, StoreDamaged, type StoreUnusable } from './unusable.ts';

/** The disk that a store lies on. */
export interface Disk {
  /** Bytes that the app may still write. Cheap enough to be asked before every publish. @throws when it cannot be told */
  freeBytes(): number;
}

/** Whether what is sent could be written down. Learns from every statement of the store. */
export interface StoreHealth {
  failed(error: StoreUnusable): void;
  /** Something was written and is on the disk. */
  written(): void;
  /** Why nothing may be sent on the strength of this store now, or null. */
  halt(): Halt | null;
}

const megabyte = 1_048_576;
/** What must be free for the app to begin sending, and for it to go on. */
const freeToBegin = 200 * megabyte;
const freeToGoOn = 50 * megabyte;
/** A write that failed is tried again when somebody asks, not more often than this. */
const retryEveryMs = 1_000;

/**
 * @param options.disk null when the free space does not matter
 * @param options.tryToWrite writes something and puts it on the disk; does nothing while a transaction is open
 */
export function createHealth(options: {
  file: string;
  disk: Disk | null;
  clock: Pick<Clock, 'monotonic'>;
  tryToWrite(): void;
}): StoreHealth {
  const { file, disk, clock } = options;
  let damage: StoreUnusable | null = null;
  let refusal: StoreUnusable | null = null;
  let triedAt = Number.NEGATIVE_INFINITY;
  let needed = freeToBegin;

  function failed(error: StoreUnusable): void {
    if (error instanceof StoreDamaged) damage ??= error;
    else refusal = error;
    triedAt = clock.monotonic();
  }

  function written(): void {
    refusal = null;
  }

  function tryAgain(): void {
    if (refusal === null || clock.monotonic() - triedAt < retryEveryMs) return;
    triedAt = clock.monotonic();
    options.tryToWrite();
  }

  function space(): Halt | null {
    if (disk === null) return null;
    try {
      if (disk.freeBytes() < needed) return fullDisk(file, needed);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return paused(`The disk that holds ${file} cannot be asked how much is free (${why}).`);
    }
    needed = freeToGoOn;
    return null;
  }

  return {
    failed,
    written,

    halt() {
      // What was read may be wrong, and stays so: only a restart, with its check, can tell.
      if (damage !== null) return { code: 'damaged', message: damage.message };
      const full = space();
      if (full !== null) return full;
      tryAgain();
      if (refusal === null) return null;
      return refusal instanceof DiskFull ? fullDisk(file, freeToGoOn) : paused(refusal.message);
    },
  };
}

function fullDisk(file: string, needed: number): Halt {
  return {
    code: 'disk',
    message: `The disk is full, publishing is paused: less than ${needed / megabyte} MB are free where ${file} lies. Free some space; publishing then goes on by itself.`,
  };
}

function paused(reason: string): Halt {
  return { code: 'disk', message: `${reason} Publishing is paused until this works again.` };
}
