import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Platform } from '../../shared/domain/platform.ts';
import { type MediaFacts, type MediaFiles, MediaRefused, type PreparedMedia } from '../core/ports/index.ts';
import { inspectImage, toJpeg } from './pictures.ts';
import { sniff } from './sniff.ts';
import { inspectVideo } from './videos.ts';

/** Media files below `dir`, readable by this user only. What is derived from them can be deleted any time. */
export function createMediaFiles({ dir }: { dir: string }): MediaFiles {
  return {
    async put(bytes) {
      const facts = await inspect(bytes);
      const sha256 = hashOf(bytes);
      if ((await readWhole(dir, sha256)) === null) await write(pathOf(dir, sha256), bytes);
      return { sha256, facts };
    },
    read: (sha256) => readOrRefuse(dir, sha256),
    async prepare(sha256, platform) {
      const derived = await readDerived(dir, sha256, platform);
      if (derived !== null) return derived;
      const bytes = await readOrRefuse(dir, sha256);
      const facts = await inspect(bytes);
      if (facts.kind === 'video') return { mime: facts.mime, bytes, width: facts.width, height: facts.height };
      return derive(dir, sha256, platform, bytes);
    },
  };
}

/** @throws {MediaRefused} for anything but a JPEG, PNG, WebP, MP4, MOV or WebM that can be decoded */
async function inspect(bytes: Uint8Array): Promise<MediaFacts> {
  const mime = sniff(bytes);
  if (mime === null) {
    throw new MediaRefused('unsupported', 'Use a JPEG, PNG or WebP image, or an MP4, MOV or WebM video.');
  }
  if (mime.startsWith('image/')) {
    return { kind: 'image', mime, ...(await inspectImage(bytes)), durationMs: null, bytes: bytes.length };
  }
  return { kind: 'video', mime, ...(await inspectVideo(bytes)), bytes: bytes.length };
}

async function readOrRefuse(dir: string, sha256: string): Promise<Uint8Array> {
  const bytes = await readWhole(dir, sha256);
  if (bytes === null) throw new MediaRefused('missing', 'The media file is gone or was changed. Add it again.');
  return bytes;
}

/** The bytes under a hash, null when they are not there or have another hash by now. */
async function readWhole(dir: string, sha256: string): Promise<Uint8Array | null> {
  if (!isHash(sha256)) return null;
  const bytes = await readIfThere(pathOf(dir, sha256));
  return bytes !== null && hashOf(bytes) === sha256 ? bytes : null;
}

/** A derived file starts with the hash of what follows, so that a damaged one is made anew. */
async function readDerived(dir: string, sha256: string, platform: Platform): Promise<PreparedMedia | null> {
  const bytes = isHash(sha256) ? await readIfThere(derivedPathOf(dir, sha256, platform)) : null;
  const sizes = bytes === null ? null : readHeader(bytes);
  return bytes === null || sizes === null ? null : { mime: 'image/jpeg', bytes: bytes.subarray(headerBytes), ...sizes };
}

async function derive(dir: string, sha256: string, platform: Platform, bytes: Uint8Array): Promise<PreparedMedia> {
  const prepared = await toJpeg(bytes, platform);
  await write(derivedPathOf(dir, sha256, platform), Buffer.concat([headerFor(prepared), prepared.bytes]));
  return prepared;
}

const headerBytes = 40;

/** 32 bytes SHA-256 of the JPEG, then width and height as 32-bit integers. */
function headerFor({ bytes, width, height }: PreparedMedia): Uint8Array {
  const header = Buffer.alloc(headerBytes);
  header.set(createHash('sha256').update(bytes).digest());
  header.writeUInt32BE(width, 32);
  header.writeUInt32BE(height, 36);
  return header;
}

function readHeader(bytes: Uint8Array): { width: number; height: number } | null {
  if (bytes.length <= headerBytes) return null;
  const header = Buffer.from(bytes.buffer, bytes.byteOffset, headerBytes);
  if (header.toString('hex', 0, 32) !== hashOf(bytes.subarray(headerBytes))) return null;
  return { width: header.readUInt32BE(32), height: header.readUInt32BE(36) };
}

function isHash(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}

function pathOf(dir: string, sha256: string): string {
  return join(dir, 'originals', sha256.slice(0, 2), sha256);
}

function derivedPathOf(dir: string, sha256: string, platform: Platform): string {
  return join(dir, 'derived', sha256.slice(0, 2), `${sha256}.${platform}`);
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function readIfThere(path: string): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Whole or not at all, also when the power goes: a temporary file, synced, then renamed. */
async function write(path: string, bytes: Uint8Array): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const temporary = `${path}.${randomUUID()}.tmp`;
  const file = await open(temporary, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
  await syncFolder(folder);
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
