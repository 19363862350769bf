import { closeSync, openSync, writeSync } from 'node:fs';

/** Writes a file until its disk has not one byte left. */
export function fill(filler: string): void {
  const descriptor = openSync(filler, 'w');
  try {
    for (let size = 1_048_576; size >= 1; size = Math.floor(size / 2)) writeWhile(descriptor, Buffer.alloc(size, 1));
  } finally {
    closeSync(descriptor);
  }
}

/** Until the disk takes no more. */
function writeWhile(descriptor: number, piece: Buffer): void {
  try {
    while (writeSync(descriptor, piece) === piece.length);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  }
}
