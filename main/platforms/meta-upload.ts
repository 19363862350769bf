import { z } from 'zod';
import { type Failure, type FailureClass, NetworkFailure, type OutgoingMedia } from '../core/ports/networks.ts';
import type { Context } from './context.ts';
import { type Graph, type GraphCaller, graphErrorIn, idSchema, parseBody } from './graph.ts';
import { graphFailure } from './graph-failures.ts';
import { deadlines, parseObject, readText, transportFailure } from './http.ts';
import { wordsSchema } from './words.ts';

/** Meta keeps unpublished photos and unfinished containers 24 h; ours count as gone a little earlier. */
export const stagedLivesMs = 23 * 60 * 60_000;

const extensions: Record<string, string> = { 'image/jpeg': 'jpg', 'image/png': 'png' };

/** Uploads a photo to a Page without publishing it. Answers its id; nobody sees it. @throws {NetworkFailure} */
export async function uploadPagePhoto(
  graph: Graph,
  caller: GraphCaller,
  pageId: string,
  media: OutgoingMedia,
  signal: AbortSignal,
): Promise<string> {
  const form = new FormData();
  form.set('published', 'false');
  if (media.altText !== null) form.set('alt_text_custom', media.altText);
  const file = new Blob([media.bytes as Uint8Array<ArrayBuffer>], { type: media.mime });
  form.set('source', file, `photo.${extensions[media.mime] ?? 'jpg'}`);
  return parseBody(idSchema, await graph.post(caller, `${pageId}/photos`, form, signal)).id;
}

const imagesSchema = z.object({
  images: z.array(z.object({ source: z.url(), width: z.number().catch(0), height: z.number().catch(0) })).min(1),
});

/** The address of the largest rendition of a photo; signed, good for minutes. @throws {NetworkFailure} */
export async function photoAddress(
  graph: Graph,
  caller: GraphCaller,
  photoId: string,
  signal: AbortSignal,
): Promise<string> {
  const { images } = parseBody(imagesSchema, await graph.get(caller, photoId, { fields: 'images' }, signal));
  return images.reduce((best, image) => (image.width * image.height > best.width * best.height ? image : best)).source;
}

/**
 * Sends a video to Meta's resumable upload host, from `offset` to the end.
 * @param path as documented for the kind of upload, on the configured host: an address out of an answer
 *   is not followed, because the token goes along.
 * @throws {NetworkFailure}
 */
export async function uploadVideo(
  context: Context,
  graph: Graph,
  caller: GraphCaller,
  path: string,
  media: OutgoingMedia,
  offset: number,
  signal: AbortSignal,
): Promise<void> {
  const now = context.clock.now();
  context.rates.check(caller.remoteId, now);
  const request = new Request(new URL(path, context.endpoints.facebookRupload), {
    method: 'POST',
    headers: {
      authorization: `OAuth ${caller.token.reveal()}`,
      offset: String(offset),
      file_size: String(media.bytes.byteLength),
    },
    body: media.bytes.subarray(offset) as Uint8Array<ArrayBuffer>,
    redirect: 'manual',
    signal,
  });
  const response = await context.http(request, { timeoutMs: deadlines.upload }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw new NetworkFailure(transportFailure(error));
  });
  const body = parseObject(await readText(response));
  if (response.ok && body?.success === true) return;
  const failure = uploadFailure(body, response.status, now);
  context.log.warn('Video upload failed', { path, code: failure.code });
  throw new NetworkFailure(await graph.confirmed(caller, failure));
}

const refusalSchema = z.object({
  debug_info: z.object({ retriable: z.boolean().catch(true), type: z.string(), message: wordsSchema.catch('') }),
});

/** Error types of the upload host, from Meta's Reels publishing guide. */
const classByType: Record<string, FailureClass> = {
  OffsetInvalidError: 'transient',
  PartialRequestError: 'transient',
  ProcessingFailedError: 'content',
};

function uploadFailure(body: Record<string, unknown> | null, httpStatus: number, now: number): Failure {
  const error = body === null ? null : graphErrorIn(body);
  if (error !== null)
    return graphFailure(error, { access: 'write', httpStatus, now, retryAt: null, login: 'Facebook' });
  const refusal = refusalSchema.safeParse(body).data?.debug_info;
  return {
    class: uploadClass(refusal, httpStatus),
    code: `upload/${refusal?.type ?? httpStatus}`,
    message: ['Meta did not take the video.', refusal?.message ?? ''].join(' ').trim(),
    httpStatus,
  };
}

function uploadClass(refusal: { retriable: boolean; type: string } | undefined, httpStatus: number): FailureClass {
  if (httpStatus === 401) return 'token';
  if (httpStatus === 403) return 'permission';
  const isFinal = refusal !== undefined && !refusal.retriable;
  return classByType[refusal?.type ?? ''] ?? (isFinal ? 'content' : 'transient');
}
