import { z } from 'zod';
import {
  type AccountAccess,
  type CommitOutcome,
  type IrrevocableSend,
  type LookUp,
  NetworkFailure,
  type OutgoingMedia,
  type Publication,
} from '../core/ports/networks.ts';
import type { Context } from './context.ts';
import { type Graph, type GraphBody, parseBody } from './graph.ts';
import { classOfSubcode, provenRefusal } from './graph-failures.ts';
import { stagedLivesMs, uploadVideo } from './meta-upload.ts';
import { wordsSchema } from './words.ts';

/** A video of a Page on its way. */
export const reelHandleSchema = z.object({
  kind: z.literal('reel'),
  videoId: z.string(),
  /** UTC ms. */
  startedAt: z.number(),
  uploaded: z.boolean(),
});
type ReelHandle = z.infer<typeof reelHandleSchema>;

/** Videos go to a Page as reels: start, bytes, finish, as Meta's Reels publishing guide describes it. */
export class FacebookReels {
  readonly #context: Context;
  readonly #graph: Graph;

  constructor(context: Context, graph: Graph) {
    this.#context = context;
    this.#graph = graph;
  }

  async prepare(
    account: AccountAccess,
    video: OutgoingMedia,
    handle: ReelHandle | null,
    keep: (handle: ReelHandle) => Promise<void>,
    signal: AbortSignal,
  ): Promise<ReelHandle> {
    const resumable = handle !== null && this.#context.clock.now() - handle.startedAt < stagedLivesMs;
    const started = resumable ? handle : await this.#start(account, keep, signal);
    if (started.uploaded) return started;

    const offset = resumable ? await this.#bytesThere(account, started.videoId) : 0;
    if (offset < video.bytes.byteLength) {
      const path = `/video-upload/${this.#context.graphVersion}/${started.videoId}`;
      await uploadVideo(this.#context, this.#graph, account, path, video, offset, signal);
    }
    const ready = { ...started, uploaded: true };
    await keep(ready);
    return ready;
  }

  async #start(
    account: AccountAccess,
    keep: (handle: ReelHandle) => Promise<void>,
    signal: AbortSignal,
  ): Promise<ReelHandle> {
    const body = await this.#graph.post(account, `${account.remoteId}/video_reels`, { upload_phase: 'start' }, signal);
    const { video_id: videoId } = parseBody(z.object({ video_id: z.string().min(1) }), body);
    const handle: ReelHandle = { kind: 'reel', videoId, startedAt: this.#context.clock.now(), uploaded: false };
    await keep(handle);
    return handle;
  }

  async #bytesThere(account: AccountAccess, videoId: string): Promise<number> {
    const { status } = parseBody(statusSchema, await this.#graph.get(account, videoId, { fields: 'status' }));
    return status.uploading_phase?.bytes_transfered ?? 0;
  }

  async commit(
    account: AccountAccess,
    publication: Publication,
    handle: ReelHandle,
    send: IrrevocableSend,
  ): Promise<CommitOutcome> {
    const request = await this.#graph.postRequest(account, `${account.remoteId}/video_reels`, {
      upload_phase: 'finish',
      video_id: handle.videoId,
      video_state: 'PUBLISHED',
      description: publication.text,
    });
    return this.#graph.commit(account, request, send, {
      refuses: provenRefusal,
      // The video is processed first; when it is live shows in its status.
      judge: (body) => (body.success === true ? { kind: 'accepted' } : null),
    });
  }

  async lookUp(account: AccountAccess, handle: ReelHandle): Promise<LookUp> {
    const body = await this.#read(account, handle);
    const { status, published } = parseBody(statusSchema, body);
    if (status.publishing_phase?.status === 'complete' || published === true) return this.#live(account, handle, body);
    if (status.video_status === 'error' || status.video_status === 'expired') return brokenVideo(status);
    return isIdle(status) ? { kind: 'absent' } : { kind: 'processing' };
  }

  /** How the video stands, with its post. One refused field fails the whole call: the post is only wished for. */
  async #read(account: AccountAccess, { videoId }: ReelHandle): Promise<GraphBody> {
    const fields = 'status,published,permalink_url';
    try {
      return await this.#graph.get(account, videoId, { fields: `${fields},post_id` });
    } catch (error) {
      const isRefused =
        error instanceof NetworkFailure && (error.failure.class === 'content' || error.failure.class === 'permission');
      if (!isRefused) throw error;
      return this.#graph.get(account, videoId, { fields });
    }
  }

  /** The post of the video carries comments and insights; the video id stands in while it is not told. */
  async #live(account: AccountAccess, handle: ReelHandle, body: GraphBody): Promise<LookUp> {
    const isTold = typeof body.post_id === 'string';
    const link = isTold ? body : await this.#graph.tryGet(account, handle.videoId, { fields: 'permalink_url,post_id' });
    // Of a video, Graph gives the path alone.
    const address = [link?.permalink_url, body.permalink_url].find((value) => typeof value === 'string');
    const permalink = address === undefined ? null : absolute(address, this.#context.endpoints.facebookWww);
    const postId = typeof link?.post_id === 'string' ? link.post_id : null;
    if (postId === null) return { kind: 'published', remoteId: handle.videoId, permalink };
    const remoteId = postId.includes('_') ? postId : `${account.remoteId}_${postId}`;
    return { kind: 'published', remoteId, permalink };
  }
}

function absolute(address: string, origin: string): string | null {
  return URL.parse(address, origin)?.href ?? null;
}

const phaseSchema = z.object({
  status: z.string(),
  errors: z.array(z.object({ code: z.number().nullish(), message: wordsSchema.nullish() })).nullish(),
});

type VideoStatus = z.infer<typeof statusSchema>['status'];

const statusSchema = z.object({
  published: z.boolean().nullish(),
  status: z.object({
    video_status: z.string().nullish(),
    // Meta spells "transfered" so.
    uploading_phase: z.object({ bytes_transfered: z.number().int().nonnegative().nullish() }).nullish(),
    processing_phase: phaseSchema.nullish(),
    publishing_phase: phaseSchema.nullish(),
  }),
});

/** Nothing is under way, so the finish call had no effect. While the video is processed nobody can tell. */
function isIdle({ processing_phase: processing, publishing_phase: publishing }: VideoStatus): boolean {
  return publishing?.status === 'not_started' && ['not_started', 'complete'].includes(processing?.status ?? '');
}

function brokenVideo(status: VideoStatus): LookUp {
  if (status.video_status === 'expired') {
    const message = 'The uploaded video has expired at Facebook.';
    return { kind: 'refused', failure: { class: 'transient', code: 'video/expired', message } };
  }
  const error = status.processing_phase?.errors?.[0] ?? status.publishing_phase?.errors?.[0];
  return {
    kind: 'refused',
    failure: {
      class: error?.code == null ? 'content' : classOfSubcode(error.code),
      code: `video/${error?.code ?? 'error'}`,
      message: error?.message ?? 'Facebook could not process the video.',
    },
  };
}
