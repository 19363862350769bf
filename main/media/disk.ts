import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const pieceBytes = 1024 * 1024;

/** A file that was received whole, under a name of its own. */
export interface Received {
  path: string;
  sha256: string;
  bytes: number;
}

/**
 * Writes content to a new file of this user only, synced, and hashes it on the way.
 * @param check sees the first bytes, all there are up to 64, and then each length reached; what it
 *   throws ends the reading, and the file is gone
 */
export async function receive(
  folder: string,
  content: AsyncIterable<Uint8Array>,
  check: { head(bytes: Uint8Array): void; length(bytes: number): void },
): Promise<Received> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, randomUUID());
  const file = await open(path, 'wx', 0o600);
  const hash = createHash('sha256');
  let bytes = 0;
  let head: Uint8Array | null = new Uint8Array();
  try {
    for await (const piece of inPieces(content)) {
      if (head !== null) {
        head = Buffer.concat([head, piece.subarray(0, headBytes)]);
        if (head.length >= headBytes) {
          check.head(head);
          head = null;
        }
      }
      bytes += piece.length;
      check.length(bytes);
      hash.update(piece);
      await file.writeFile(piece);
    }
    if (head !== null) check.head(head);
    await file.sync();
  } catch (error) {
    await file.close();
    await rm(path, { force: true });
    throw error;
  }
  await file.close();
  return { path, sha256: hash.digest('hex'), bytes };
}

const headBytes = 64;

/** No piece keeps this process busy for long. */
async function* inPieces(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of content) {
    for (let start = 0; start < chunk.length; start += pieceBytes) yield chunk.subarray(start, start + pieceBytes);
  }
}

/** The whole file and its SHA-256; null when there is none. It is read in pieces, so that others get their turn. */
export async function readHashed(path: string): Promise<{ bytes: Uint8Array; sha256: string } | null> {
  const size = await sizeOf(path);
  if (size === null) return null;
  const file = await open(path, 'r');
  try {
    const bytes = Buffer.alloc(size);
    const hash = createHash('sha256');
    let length = 0;
    while (length < size) {
      const { bytesRead } = await file.read(bytes, length, Math.min(pieceBytes, size - length), length);
      if (bytesRead === 0) break;
      hash.update(bytes.subarray(length, length + bytesRead));
      length += bytesRead;
    }
    return { bytes: new Uint8Array(bytes.buffer, bytes.byteOffset, length), sha256: hash.digest('hex') };
  } finally {
    await file.close();
  }
}

/** In bytes; null when there is no such file. */
export async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** The text of a file; null when there is none. */
export async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** Gives a synced file its name, durably. */
export async function moveTo(from: string, to: string): Promise<void> {
  const folder = dirname(to);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await rename(from, to);
  await syncFolder(folder);
}

/** Whole or not at all, also when the power goes: a temporary file, synced, then renamed. */
export async function write(path: string, bytes: Uint8Array | string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${randomUUID()}.tmp`;
  const file = await open(temporary, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await moveTo(temporary, path);
}

/** Makes the new name durable. Windows cannot open folders and does not need it. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
