import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import { type Fault, operation, type SimulatorContext, type SimulatorEnv } from '../simulator.ts';
import { drawPicture } from './drawing/draw.ts';
import { isRemoved, type OutputFile, statusAt } from './prediction.ts';
import type { VideoAssets } from './video-assets.ts';
import type { World } from './world.ts';

/** What can go wrong with a download besides the transport faults. */
export const deliveryFaults = [
  'not-found',
  'forbidden',
  'server-error',
  'truncate-length', // content-length says more than comes
  'truncate-chunked', // the chunked body is cut
  'truncate-close', // neither length nor chunks: looks complete
  'wrong-type',
  'html',
  'zero-bytes',
  'huge', // value: bytes, default 200 MB
  'drip', // value: ms between sixteen pieces, default 200
  'redirect', // value: the location
  'wrong-dimensions',
] as const;

interface Media {
  bytes: Uint8Array;
  type: string;
}

const types: Record<OutputFile['format'], string> = {
  webp: 'image/webp',
  jpg: 'image/jpeg',
  png: 'image/png',
  mp4: 'video/mp4',
};

/** The host behind `https://replicate.delivery`; it asks for no token. */
export function deliveryRoutes(world: World, videos: VideoAssets): Hono<SimulatorEnv> {
  const app = new Hono<SimulatorEnv>();
  app.get(
    '/*',
    operation(world, 'replicate.download', async (c, detail) => {
      const file = findFile(world, c.req.path);
      detail.path = c.req.path;
      const fault = world.faults.take('replicate.download', ...deliveryFaults);
      if (file === undefined || fault?.kind === 'not-found') return problem(404, 'Not Found');
      if (fault === undefined) return whole(await mediaOf(file, videos));
      detail.fault = fault.kind;
      return spoiled(c, fault, file, videos);
    }),
  );
  return app;
}

/** The file behind a path, while its prediction is done and younger than an hour. */
function findFile(world: World, path: string): OutputFile | undefined {
  for (const prediction of world.predictions) {
    const file = prediction.files.find((candidate) => candidate.path === path);
    if (file === undefined) continue;
    const { status } = statusAt(prediction, world.now());
    const ready = status === 'succeeded' || (status === 'processing' && prediction.ending.kind === 'early-output');
    return ready && !isRemoved(prediction, world.now()) ? file : undefined;
  }
  return undefined;
}

async function mediaOf(file: OutputFile, videos: VideoAssets): Promise<Media> {
  const bytes =
    file.kind === 'video' ? readFileSync(videos.fileFor(file.prompt, file.variation)) : await drawPicture(file);
  return { bytes, type: types[file.format] };
}

function whole({ bytes, type }: Media): Response {
  return new Response(new Uint8Array(bytes), { headers: headersOf(bytes, type) });
}

function headersOf(bytes: Uint8Array, type: string): Record<string, string> {
  const md5 = createHash('md5').update(bytes).digest();
  return {
    'content-type': type,
    'content-length': String(bytes.length),
    etag: `"${md5.toString('hex')}"`,
    'cache-control': 'public,max-age=3600',
    'x-goog-stored-content-length': String(bytes.length),
    'x-goog-hash': `md5=${md5.toString('base64')}`,
  };
}

async function spoiled(c: SimulatorContext, fault: Fault, file: OutputFile, videos: VideoAssets): Promise<Response> {
  switch (fault.kind) {
    case 'forbidden':
      return problem(403, 'Forbidden');
    case 'server-error':
      return problem(500, 'Internal Server Error');
    case 'html':
      return new Response('<html><body>Sign in to continue</body></html>', {
        headers: { 'content-type': 'text/html' },
      });
    case 'redirect':
      return new Response(null, {
        status: 302,
        headers: { location: String(fault.value ?? 'https://example.com/elsewhere') },
      });
    case 'huge':
      return zeros(Number(fault.value ?? 200_000_000), types[file.format]);
    case 'wrong-dimensions':
      return whole(await mediaOf({ ...file, width: file.height + 64, height: Math.ceil(file.width / 2) }, videos));
  }
  const media = await mediaOf(file, videos);
  switch (fault.kind) {
    case 'wrong-type':
      return whole({ ...media, type: 'application/octet-stream' });
    case 'zero-bytes':
      return whole({ ...media, bytes: new Uint8Array() });
    case 'drip':
      return drip(media, Number(fault.value ?? 200));
    default:
      return truncated(c, media, fault.kind);
  }
}

/** Sends half of the file and ends the connection in one of the three ways it happens in the wild. */
function truncated(c: SimulatorContext, { bytes, type }: Media, kind: string): Response {
  const { outgoing } = c.env;
  const { 'content-length': length, ...headers } = headersOf(bytes, type);
  const half = bytes.subarray(0, Math.floor(bytes.length / 2));
  if (kind === 'truncate-length') outgoing.writeHead(200, { ...headers, 'content-length': length });
  else if (kind === 'truncate-chunked') outgoing.writeHead(200, headers);
  else {
    outgoing.useChunkedEncodingByDefault = false;
    outgoing.writeHead(200, { 'content-type': type, connection: 'close' });
  }
  outgoing.write(half, () => {
    if (kind === 'truncate-close') outgoing.socket?.end();
    else outgoing.socket?.destroy();
  });
  return RESPONSE_ALREADY_SENT;
}

function drip({ bytes, type }: Media, pauseMs: number): Response {
  const size = Math.ceil(bytes.length / 16);
  let at = 0;
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      controller.enqueue(new Uint8Array(bytes.subarray(at, at + size)));
      at += size;
      if (at >= bytes.length) controller.close();
    },
  });
  return new Response(stream, { headers: headersOf(bytes, type) });
}

function zeros(length: number, type: string): Response {
  const chunk = new Uint8Array(1_000_000);
  let left = length;
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(chunk.slice(0, Math.min(left, chunk.length)));
      left -= chunk.length;
      if (left <= 0) controller.close();
    },
  });
  return new Response(stream, { headers: { 'content-type': type, 'content-length': String(length) } });
}

function problem(status: number, text: string): Response {
  return new Response(text, { status, headers: { 'content-type': 'text/plain' } });
}
