import { phrase } from '../../shared/domain/phrase.ts';
import { createHash } from 'node:crypto';
import { closeSync, createReadStream, fsyncSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncFolder } from './new-file.ts';
import { StoreDamaged } from './unusable.ts';

/** Copies under way end in this; what a crash left of them is removed by the next one. */
export const partial = '.partial';

/** SHA-256 of a file's bytes in lowercase hex. */
export async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: 1_048_576 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** @throws {StoreDamaged} when a byte of the file is not as it was when it was hashed */
export async function assertUnchanged(file: string, sha256: string): Promise<void> {
  if ((await hashOf(file)) !== sha256)
    throw new StoreDamaged(file, phrase`its content has changed since it was written`);
}

/** Moves a file's bytes and its name to the disk itself. @returns the file's size */
export function flush(file: string): number {
  const descriptor = openSync(file, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  syncFolder(dirname(file));
  return statSync(file).size;
}
