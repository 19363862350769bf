import { existsSync, rmSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Clock } from '../core/ports/time.ts';
import type { Disk } from './health.ts';
import { unfinished } from './new-file.ts';

const megabyte = 1_048_576;
export const ballastBytes = 16 * megabyte;
/** Taken only while so much more is free: room for the work comes first. */
const spareBytes = 64 * megabyte;
const retryEveryMs = 60_000;

/**
 * Room that the store holds on its disk, in a file beside it. When the disk is full it is given up, so that
 * what was sent last can still be written down: SQLite cannot free room by itself, even to delete.
 */
export interface Ballast {
  /** Gives the room back to the disk. False when there was none. */
  drop(): boolean;
  /** Takes the room when it is not held and there is enough, in its own time and at most once a minute. */
  restore(): void;
  /** Resolves when no room is being taken. */
  settled(): Promise<void>;
}

/** Path of the ballast of a store. */
export function ballastOf(file: string): string {
  return join(dirname(file), 'ballast');
}

/** @param disk null: no room is ever taken */
export function createBallast(file: string, disk: Disk | null, clock: Pick<Clock, 'monotonic'>): Ballast {
  const ballast = ballastOf(file);
  let isHeld = existsSync(ballast);
  let taking: Promise<void> | null = null;
  let triedAt = Number.NEGATIVE_INFINITY;

  /** Never rejects: whatever the reason, there was no room; the next time may find it. */
  async function take(): Promise<void> {
    const draft = ballast + unfinished;
    try {
      await write(draft);
      await rename(draft, ballast);
      isHeld = true;
    } catch {
      await rm(draft, { force: true }).catch(() => undefined);
    }
  }

  return {
    drop() {
      isHeld = false;
      if (!existsSync(ballast)) return false;
      rmSync(ballast, { force: true });
      return true;
    },

    restore() {
      if (isHeld || taking !== null || disk === null || clock.monotonic() - triedAt < retryEveryMs) return;
      triedAt = clock.monotonic();
      if (!hasRoom(disk)) return;
      taking = take().finally(() => {
        taking = null;
      });
    },

    settled: () => taking ?? Promise.resolve(),
  };
}

function hasRoom(disk: Disk): boolean {
  try {
    return disk.freeBytes() >= spareBytes + ballastBytes;
  } catch {
    return false;
  }
}

/** Really written, and not all alike: some file systems give zeros no room. */
async function write(path: string): Promise<void> {
  const piece = Buffer.alloc(megabyte, 'Room for the last lines of AutoSocial AI. ');
  const file = await open(path, 'w', 0o600);
  try {
    for (let written = 0; written < ballastBytes; written += piece.length) await file.write(piece);
    await file.sync();
  } finally {
    await file.close();
  }
}
