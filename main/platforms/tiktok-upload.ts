import { type Failure, NetworkFailure, type OutgoingMedia } from '../core/ports/networks.ts';
import type { Context } from './context.ts';
import { deadlines, transportFailure } from './http.ts';

/** TikTok takes up to 64 MB at once; the last chunk is the call with the deadline and must fit into a minute. */
const singleChunkLimit = 20_000_000;
const usualChunk = 10_000_000;
const mostChunks = 1_000;

/** How a file is cut, in bytes: the last chunk takes the remainder. */
interface ChunkPlan {
  chunkSize: number;
  chunkCount: number;
}

/**
 * Cuts a file by TikTok's media transfer guide: the count is the size divided by the chunk size, rounded
 * down. The numbers hold whether TikTok's "MB" is decimal or binary.
 */
export function planChunks(size: number): ChunkPlan {
  if (size < singleChunkLimit) return { chunkSize: size, chunkCount: 1 };
  const chunkSize = Math.max(usualChunk, Math.ceil(size / mostChunks));
  return { chunkSize, chunkCount: Math.floor(size / chunkSize) };
}

/** An upload whose secret address is known to this process only. */
export interface Upload {
  address: URL;
  plan: ChunkPlan;
  /** Chunks that TikTok has. */
  done: number;
  /** UTC ms. */
  startedAt: number;
  /** The last chunk was sent at least once: its refusal proves nothing any more. */
  lastChunkSent: boolean;
}

/** TikTok keeps an upload address one hour; ours counts as gone a little earlier. */
export const uploadLivesMs = 55 * 60_000;

/** The address TikTok gave, refused when it leads anywhere but TikTok. @throws {NetworkFailure} */
export function uploadAddress(text: string, tiktokApi: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  const api = new URL(tiktokApi);
  const isTikTok = url?.protocol === 'https:' && /(^|\.)tiktokapis\.com$/.test(url.hostname);
  const isSandbox = isLoopback(api.hostname) && url !== null && isLoopback(url.hostname);
  if (url !== null && (isTikTok || isSandbox)) return url;
  throw new NetworkFailure({
    class: 'config',
    code: 'upload_address',
    message: 'TikTok gave an upload address that is not its own.',
  });
}

/** The request that carries chunk `index`. The address is the only key; there is no token. */
export function chunkRequest(upload: Upload, video: OutgoingMedia, index: number, signal?: AbortSignal): Request {
  const { chunkSize, chunkCount } = upload.plan;
  const size = video.bytes.byteLength;
  const first = index * chunkSize;
  const end = index === chunkCount - 1 ? size : first + chunkSize;
  return new Request(upload.address, {
    method: 'PUT',
    headers: { 'content-type': video.mime, 'content-range': `bytes ${first}-${end - 1}/${size}` },
    body: video.bytes.subarray(first, end) as Uint8Array<ArrayBuffer>,
    redirect: 'manual',
    signal,
  });
}

const triesPerChunk = 3;

/** Sends every chunk but the last, going on where TikTok says it is. @throws {NetworkFailure} */
export async function sendAllButLast(
  context: Context,
  upload: Upload,
  video: OutgoingMedia,
  signal: AbortSignal,
): Promise<void> {
  let tries = 0;
  while (upload.done < upload.plan.chunkCount - 1) {
    const before = upload.done;
    const failure = await sendChunk(context, upload, video, signal);
    tries = upload.done > before ? 0 : tries + 1;
    if (failure !== null && tries === triesPerChunk) throw new NetworkFailure(failure);
    if (tries > 0) await context.wait(tries * 1_000, signal);
  }
}

/** Sends the next chunk and counts what TikTok has then. Answers what went wrong and may be tried again. */
async function sendChunk(
  context: Context,
  upload: Upload,
  video: OutgoingMedia,
  signal: AbortSignal,
): Promise<Failure | null> {
  const request = chunkRequest(upload, video, upload.done, signal);
  let response: Response;
  try {
    response = await context.http(request, { timeoutMs: deadlines.upload });
    await response.body?.cancel();
  } catch (error) {
    signal.throwIfAborted();
    return transportFailure(error);
  }
  if (response.status === 206) {
    upload.done += 1;
    return null;
  }
  const failure = chunkFailure(response.status);
  if (response.status === 416) upload.done = chunksThere(response, upload, video) ?? upload.done;
  else if (response.status < 500) throw new NetworkFailure(failure);
  return failure;
}

/**
 * How many whole chunks the `Content-Range` of an answer counts; null when it says nothing. The guide
 * leaves open whether its number is the last byte or the count of bytes, so both are understood.
 */
export function chunksThere(response: Response, { plan }: Upload, video: OutgoingMedia): number | null {
  const text = /^bytes 0-(\d+)\//.exec(response.headers.get('content-range') ?? '')?.[1];
  if (text === undefined) return null;
  const size = video.bytes.byteLength;
  for (const bytes of [Number(text), Number(text) + 1]) {
    if (bytes === size) return plan.chunkCount;
    if (bytes % plan.chunkSize === 0 && bytes / plan.chunkSize < plan.chunkCount) return bytes / plan.chunkSize;
  }
  return null;
}

/** A part of a video that was not taken can be sent again: nothing is public yet. */
export function chunkFailure(httpStatus: number): Failure {
  const message = `TikTok did not take a part of the video (HTTP ${httpStatus}).`;
  return { class: 'transient', code: `upload/${httpStatus}`, message, httpStatus };
}

function isLoopback(host: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(host);
}
