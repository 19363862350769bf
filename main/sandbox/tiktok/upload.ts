import type { Hono } from 'hono';
import { operation, type SimulatorContext, type SimulatorEnv } from '../simulator.ts';
import { chunkRange, largestLastChunk } from './chunks.ts';
import { finishTransfer } from './publish.ts';
import type { Publish, Upload, World } from './world.ts';

const videoTypes = ['video/mp4', 'video/quicktime', 'video/webm'];

/** The host that takes the bytes, by TikTok's media transfer guide: no bearer token, the address is the key. */
export function addUploadRoutes(app: Hono<SimulatorEnv>, world: World): void {
  app.put(
    '/video/',
    operation(world, 'tiktok.upload', async (c, detail) => {
      const bytes = new Uint8Array(await c.req.arrayBuffer());
      const publish = world.store.value.publishes[c.req.query('upload_id') ?? ''];
      const upload = publish?.upload;
      if (!publish || !upload || upload.token !== c.req.query('upload_token')) return refuse(404, 'Unknown upload.');
      Object.assign(detail, { publishId: publish.id, creatorId: publish.creatorId });
      if (upload.expiresAt <= world.now()) return refuse(403, 'The upload address has expired.');
      return takeChunk(world, publish, upload, c, bytes, detail);
    }),
  );
}

function takeChunk(
  world: World,
  publish: Publish,
  upload: Upload,
  c: SimulatorContext,
  bytes: Uint8Array,
  detail: Record<string, unknown>,
): Response {
  const range = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(c.req.header('content-range') ?? '');
  if (range === null) return refuse(400, 'Content-Range is missing or malformed.');
  const [first, last, total] = range.slice(1).map(Number) as [number, number, number];
  Object.assign(detail, { first, last });

  if (!videoTypes.includes(c.req.header('content-type') ?? '')) return refuse(400, 'Content-Type is not a video type.');
  const length = last - first + 1;
  if (c.req.header('content-length') !== String(length) || bytes.length !== length || length > largestLastChunk) {
    return refuse(400, 'Content-Length does not match Content-Range.');
  }
  if (total !== upload.size) return refuse(400, 'The total differs from the announced video_size.');
  if (first !== upload.received || upload.received === upload.size) {
    return answer(world, upload, 416, 'The range does not continue what has arrived.');
  }
  const expected = chunkRange(upload, upload.chunks.length);
  if (last !== expected.last) return refuse(400, 'The chunk differs from the announced chunk_size.');

  upload.chunks.push(world.blobs.put(bytes));
  upload.received = last + 1;
  if (upload.received < upload.size) {
    world.store.save();
    return answer(world, upload, 206, null);
  }
  finishTransfer(world, publish, [wholeFile(world, upload)]);
  return answer(world, upload, 201, null);
}

function wholeFile(world: World, upload: Upload): Uint8Array {
  return Buffer.concat(
    upload.chunks.map((sha256) => {
      const chunk = world.blobs.get(sha256);
      if (chunk === undefined) throw new Error(`Chunk ${sha256} is gone.`);
      return chunk;
    }),
  );
}

/** An answer that tells, in Content-Range, how far the upload has come; nothing when no byte is there. */
function answer(world: World, upload: Upload, status: number, text: string | null): Response {
  if (upload.received === 0) return refuse(status, text ?? '');
  const upTo = world.settings.uploadedRange === 'byte-count' ? upload.received : upload.received - 1;
  return new Response(text, { status, headers: { 'content-range': `bytes 0-${upTo}/${upload.size}` } });
}

function refuse(status: number, text: string): Response {
  return new Response(text, { status });
}
