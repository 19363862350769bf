import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { clipMs, clipSize } from '../../shared/domain/crop.ts';
import {
  type MediaFacts,
  type MediaFiles,
  MediaRefused,
  type PreparedMedia,
  type Rendition,
} from '../core/ports/files.ts';
import { encodeAnew, findFfmpeg, makeClip } from './clips.ts';
import { decode } from './decoder.ts';
import { moveTo, readHashed, readText, receive, type Received, sizeOf, write } from './disk.ts';
import { sniff } from './sniff.ts';

const maxImageBytes = 25 * 1024 * 1024;
const maxVideoBytes = 300 * 1024 * 1024;
/** A person may install ffmpeg at any time. */
const lookAgainMs = 10_000;

/**
 * Media files below `dir`, readable by this user only: `originals` as they came, `derived`, which can be
 * deleted any time, and `incoming`, where files lie while they are looked at.
 */
export function createMediaFiles({ dir }: { dir: string }): MediaFiles {
  const incoming = join(dir, 'incoming');
  const underWay = new Map<string, Promise<PreparedMedia>>();
  /** What a crash left there is of no use; there is one process to a folder. */
  const clear = once(() => rm(incoming, { recursive: true, force: true }));

  async function put(content: Uint8Array | AsyncIterable<Uint8Array>) {
    await clear();
    const { received, mime } = await take(incoming, content);
    try {
      const facts = await inspect(received, mime);
      const path = pathOf(dir, received.sha256);
      if ((await readHashed(path))?.sha256 !== received.sha256) await moveTo(received.path, path);
      return { sha256: received.sha256, facts };
    } finally {
      await rm(received.path, { force: true });
    }
  }

  /** Makes one thing once, however many ask for it. */
  function prepare(sha256: string, rendition: Rendition): Promise<PreparedMedia> {
    const name = nameOf(sha256, rendition);
    const known = underWay.get(name);
    if (known !== undefined) return known;
    const made = readOrMake(dir, sha256, rendition, name).finally(() => underWay.delete(name));
    underWay.set(name, made);
    return made;
  }

  return {
    put,
    prepare,
    makesClips: every(lookAgainMs, () => findFfmpeg() !== null),

    async open(sha256) {
      const path = pathOf(dir, sha256);
      const bytes = await sizeOf(path);
      if (bytes === null) throw missing();
      return {
        bytes,
        stream: (range) => {
          const part = range === undefined ? {} : { start: range.start, end: range.end - 1 };
          return Readable.toWeb(createReadStream(path, part)) as ReadableStream<Uint8Array>;
        },
      };
    },

    async thumbnail(sha256) {
      const path = join(folderOf(dir, sha256), `${assertHash(sha256)}.thumbnail.jpg`);
      const known = await readHashed(path);
      if (known !== null && known.bytes.length > 0) return known.bytes;
      if ((await sizeOf(pathOf(dir, sha256))) === null) throw missing();
      const bytes = await decode('thumbnail', pathOf(dir, sha256));
      await write(path, bytes);
      return bytes;
    },

    async logo(picture) {
      await clear();
      const { received, mime } = await take(incoming, Buffer.from(picture, 'base64'));
      try {
        if (!mime.startsWith('image/')) throw new MediaRefused('unsupported', 'Use a JPEG, PNG or WebP image.');
        await inspect(received, mime);
        return Buffer.from(await decode('logo', received.path)).toString('base64');
      } finally {
        await rm(received.path, { force: true });
      }
    },

    async erase(sha256) {
      await rm(pathOf(dir, sha256), { force: true });
      const folder = folderOf(dir, sha256);
      const made = await readdir(folder).catch(() => []);
      for (const name of made.filter((other) => other.startsWith(sha256))) await rm(join(folder, name));
    },
  };
}

/** Writes what comes to the disk, for as long as it can be an image or video we take. */
async function take(
  folder: string,
  content: Uint8Array | AsyncIterable<Uint8Array>,
): Promise<{ received: Received; mime: MediaFacts['mime'] }> {
  let mime: MediaFacts['mime'] | null = null;
  const pieces = content instanceof Uint8Array ? only(content) : content;
  const received = await receive(folder, pieces, {
    head(bytes) {
      if (bytes.length === 0) throw new MediaRefused('empty', 'The file is empty.');
      mime = sniff(bytes);
      if (mime === null) throw unsupported();
    },
    length(bytes) {
      if (mime !== null) assertNotTooLarge(mime, bytes);
    },
  });
  if (mime === null) throw unsupported();
  return { received, mime };
}

async function* only(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content;
}

function assertNotTooLarge(mime: string, bytes: number): void {
  if (mime.startsWith('image/') && bytes > maxImageBytes) {
    throw new MediaRefused('too_large', 'The image is larger than 25 MB.');
  }
  if (bytes > maxVideoBytes) throw new MediaRefused('too_large', 'The video is larger than 300 MB.');
}

async function inspect({ path, bytes }: Received, mime: MediaFacts['mime']): Promise<MediaFacts> {
  if (mime.startsWith('image/')) {
    const { width, height, aiMarked } = await decode('inspectImage', path);
    return { kind: 'image', mime, width, height, durationMs: null, bytes, video: null, aiMarked };
  }
  const { width, height, durationMs, video } = await decode('inspectVideo', path);
  return { kind: 'video', mime, width, height, durationMs, bytes, video, aiMarked: false };
}

async function readOrMake(dir: string, sha256: string, rendition: Rendition, name: string): Promise<PreparedMedia> {
  const path = join(folderOf(dir, sha256), name);
  const known = await readDerived(path);
  if (known !== null) return known;
  const original = await readHashed(pathOf(dir, sha256));
  if (original?.sha256 !== sha256) throw missing();
  if (rendition.kind === 'video') return goingOut(pathOf(dir, sha256), original.bytes, path, rendition);
  return keepDerived(path, await make(pathOf(dir, sha256), path, rendition));
}

function make(
  original: string,
  path: string,
  rendition: Exclude<Rendition, { kind: 'video' }>,
): Promise<PreparedMedia> {
  switch (rendition.kind) {
    case 'jpeg':
      return toJpeg(original, rendition);
    case 'story':
      return toStory(original, rendition);
    case 'clip':
      return toClip(original, path, rendition.focal);
  }
}

async function toJpeg(
  original: string,
  { crop, aiMade }: Extract<Rendition, { kind: 'jpeg' }>,
): Promise<PreparedMedia> {
  const bytes = await decode('toJpeg', original, crop, aiMade);
  return { kind: 'image', mime: 'image/jpeg', bytes, ...crop.out, durationMs: null };
}

async function toStory(
  original: string,
  { focal, aiMade }: Extract<Rendition, { kind: 'story' }>,
): Promise<PreparedMedia> {
  const bytes = await decode('toStory', original, focal, aiMade);
  return { kind: 'image', mime: 'image/jpeg', bytes, ...clipSize, durationMs: null };
}

async function toClip(
  original: string,
  path: string,
  focal: Extract<Rendition, { kind: 'clip' }>['focal'],
): Promise<PreparedMedia> {
  const bytes = await inTemporary(path, async (still, clip) => {
    await writeFile(still, await decode('clipStill', original, focal), { mode: 0o600 });
    await makeClip(still, clip);
  });
  return { kind: 'video', mime: 'video/mp4', bytes, ...clipSize, durationMs: clipMs };
}

/** A video as it is, or a copy with its index first, or without edits. A copy is kept, the facts of either are the original's. */
async function goingOut(
  original: string,
  bytes: Uint8Array,
  path: string,
  { withoutEdits }: Extract<Rendition, { kind: 'video' }>,
): Promise<PreparedMedia> {
  const mime = sniff(bytes.subarray(0, 64));
  if (mime === null) throw missing();
  const { width, height, durationMs } = await decode('inspectVideo', original);
  const facts = { kind: 'video' as const, mime, width, height, durationMs };
  if (mime === 'video/webm') return { ...facts, bytes };
  let end: 'same' | 'copied' | 'cut' = 'same';
  const copied = await inTemporary(path, async (_, to) => {
    end = await decode('indexFirst', original, to, withoutEdits !== true);
    if (end === 'same') await writeFile(to, '');
    if (end === 'cut') await encodeAnew(original, to);
  });
  if (end === 'same') return { ...facts, bytes };
  return keepDerived(path, { ...facts, ...(end === 'cut' ? { mime: 'video/mp4' } : {}), bytes: copied });
}

/** Gives work two names beside `path` to write to; what it wrote under the second is read, and both are removed. */
async function inTemporary(path: string, work: (first: string, second: string) => Promise<void>): Promise<Uint8Array> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const names = [`${path}.${randomUUID()}.tmp`, `${path}.${randomUUID()}.tmp`] as const;
  try {
    await work(...names);
    return (await readHashed(names[1]))?.bytes ?? new Uint8Array();
  } finally {
    for (const name of names) await rm(name, { force: true });
  }
}

/** Beside a derived file: what it is, and the hash that tells a damaged one. */
const derivedSchema = z.object({
  sha256: z.string(),
  kind: z.enum(['image', 'video']),
  mime: z.string(),
  width: z.number(),
  height: z.number(),
  durationMs: z.number().nullable(),
});

async function readDerived(path: string): Promise<PreparedMedia | null> {
  const text = await readText(`${path}.json`);
  const facts = text === null ? undefined : derivedSchema.safeParse(parseJson(text)).data;
  if (facts === undefined) return null;
  const { sha256, ...prepared } = facts;
  const file = await readHashed(path);
  return file?.sha256 === sha256 ? { ...prepared, bytes: file.bytes } : null;
}

async function keepDerived(path: string, prepared: PreparedMedia): Promise<PreparedMedia> {
  const { bytes, ...facts } = prepared;
  await write(path, bytes);
  await write(`${path}.json`, JSON.stringify({ ...facts, sha256: createHash('sha256').update(bytes).digest('hex') }));
  return prepared;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Cut off by a crash: then there is no derived file.
    return null;
  }
}

/** One name for one rendition: of the crop's numbers, every one counts. */
function nameOf(sha256: string, rendition: Rendition): string {
  const form = createHash('sha256').update(JSON.stringify(rendition)).digest('hex').slice(0, 16);
  return `${assertHash(sha256)}.${form}.${rendition.kind === 'jpeg' || rendition.kind === 'story' ? 'jpg' : 'mp4'}`;
}

function pathOf(dir: string, sha256: string): string {
  return join(dir, 'originals', assertHash(sha256).slice(0, 2), sha256);
}

function folderOf(dir: string, sha256: string): string {
  return join(dir, 'derived', assertHash(sha256).slice(0, 2));
}

function assertHash(sha256: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw missing();
  return sha256;
}

function missing(): MediaRefused {
  return new MediaRefused('missing', 'The media file is gone or was changed. Add it again.');
}

function unsupported(): MediaRefused {
  return new MediaRefused('unsupported', 'Use a JPEG, PNG or WebP image, or an MP4, MOV or WebM video.');
}

/** Asks again only when the last answer is old. */
function every<T>(ms: number, ask: () => T): () => T {
  let last: { at: number; answer: T } | null = null;
  return () => {
    const now = performance.now();
    if (last === null || now - last.at > ms) last = { at: now, answer: ask() };
    return last.answer;
  };
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let done: Promise<T> | null = null;
  return () => (done ??= work());
}
