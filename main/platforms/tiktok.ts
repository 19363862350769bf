import { z } from 'zod';
import {
  type AccountAccess,
  type CommitOutcome,
  type CreatorInfo,
  GateClosed,
  type Handle,
  type IrrevocableSend,
  type LookUp,
  NetworkFailure,
  type OutgoingMedia,
  type Publication,
  type SocialNetwork,
} from '../core/ports/networks.ts';
import type { Context } from './context.ts';
import { provesNotSent, transportFailure } from './http.ts';
import { refuse, tiktokProblems } from './problems.ts';
import { tiktokRecentPosts } from './recent-posts.ts';
import { directInitPath, inboxInitPath, initsPerMinute, parseData, statusPath, type TikTokApi } from './tiktok-api.ts';
import { failReasonFailure } from './tiktok-failures.ts';
import { creatorInfoOf, postInfo, queryCreator, queryCreatorSparingly } from './tiktok-creator.ts';
import { tiktokInsights } from './tiktok-insights.ts';
import type { TikTokLogin } from './tiktok-login.ts';
import {
  chunkFailure,
  chunkRequest,
  chunksThere,
  planChunks,
  sendAllButLast,
  type Upload,
  uploadAddress,
  uploadLivesMs,
} from './tiktok-upload.ts';

/** What is stored of an upload. The upload address is a secret and stays in memory. */
const handleSchema = z.object({
  publishId: z.string().min(1),
  mode: z.enum(['inbox', 'direct']),
  /** UTC ms. */
  startedAt: z.number(),
  /** Bytes of the video. */
  size: z.number(),
});
type TikTokHandle = z.infer<typeof handleSchema>;

/** TikTok accounts: one video a post, uploaded as a file, to the creator's inbox or (audited apps) directly. */
export class TikTok implements SocialNetwork {
  readonly platform = 'tiktok';
  readonly settleMs = 300_000;
  /** An upload lives for an hour in this process only, and each costs one of the few in a minute. */
  readonly preparesAhead = false;
  readonly startsPerMinute = initsPerMinute;
  /** TikTok's posting API has no comments. */
  readonly comments = null;
  /** What was not finished within the hour, TikTok drops. */
  readonly staging = null;
  readonly recentPosts: SocialNetwork['recentPosts'];
  readonly insights: SocialNetwork['insights'];
  readonly #context: Context;
  readonly #api: TikTokApi;
  readonly #login: TikTokLogin;
  /** By publish id. */
  readonly #uploads = new Map<string, Upload>();

  constructor(context: Context, api: TikTokApi, login: TikTokLogin) {
    this.#context = context;
    this.#api = api;
    this.#login = login;
    this.recentPosts = tiktokRecentPosts(api);
    this.insights = tiktokInsights(api);
  }

  lookUpsFrom(remoteId: string): number | null {
    return this.#api.freeFrom(remoteId, statusPath);
  }

  authorizeUrl: SocialNetwork['authorizeUrl'] = (input) => this.#login.authorizeUrl(input);
  exchangeCode: SocialNetwork['exchangeCode'] = async (input) => [await this.#login.exchangeCode(input)];
  renew: SocialNetwork['renew'] = (tokens) => this.#login.renew(tokens);
  revoke: SocialNetwork['revoke'] = (tokens) => this.#login.revoke(tokens);
  problems: SocialNetwork['problems'] = tiktokProblems;

  /** TikTok does not tell which permissions are left; those of the login count until it refuses a call for one. */
  readiness: SocialNetwork['readiness'] = async (account, { direct }) => {
    const { scopes } = account;
    if (!direct || !scopes.includes('video.publish')) {
      if (scopes.includes('user.info.basic')) await this.#api.get(account, '/v2/user/info/', { fields: 'open_id' });
      return { scopes, postsLeft: null, creator: null };
    }
    const info = await queryCreatorSparingly(this.#api, account);
    const creator = { privacyLevels: info.privacy_level_options, maxVideoSeconds: info.max_video_post_duration_sec };
    return { scopes, postsLeft: null, creator };
  };

  /** What the creator may choose right now. @throws {NetworkFailure} also for caps, which come with HTTP 200 */
  async creatorInfo(account: AccountAccess): Promise<CreatorInfo> {
    return creatorInfoOf(await queryCreatorSparingly(this.#api, account), this.#context);
  }

  /** Announces the video and uploads all of it but the last chunk: without that, TikTok does nothing. */
  async prepare(
    account: AccountAccess,
    publication: Publication,
    handle: Handle | null,
    keep: (handle: Handle) => Promise<void>,
    signal: AbortSignal,
  ): Promise<Handle> {
    refuse(tiktokProblems(publication, account));
    const video = publication.media[0] as OutgoingMedia;
    this.#forgetOldUploads();
    const known = handleSchema.safeParse(handle).data;
    const resumed = known !== undefined && this.#uploads.has(known.publishId) ? known : null;
    const current = resumed ?? (await this.#announce(account, publication, video, signal));
    if (resumed === null) await keep(current);
    try {
      await sendAllButLast(this.#context, this.#uploads.get(current.publishId) as Upload, video, signal);
    } catch (error) {
      const expired = error instanceof NetworkFailure && (error.failure.httpStatus ?? 500) < 500;
      if (expired) this.#uploads.delete(current.publishId);
      throw error;
    }
    return current;
  }

  async #announce(
    account: AccountAccess,
    publication: Publication,
    video: OutgoingMedia,
    signal: AbortSignal,
  ): Promise<TikTokHandle> {
    const mode = publication.options.mode ?? 'inbox';
    const plan = planChunks(video.bytes.byteLength);
    const source = {
      source: 'FILE_UPLOAD',
      video_size: video.bytes.byteLength,
      chunk_size: plan.chunkSize,
      total_chunk_count: plan.chunkCount,
    };
    const { data } =
      mode === 'inbox'
        ? await this.#api.post(account, inboxInitPath, { source_info: source }, signal)
        : await this.#api.post(
            account,
            directInitPath,
            { post_info: postInfo(publication, video, await queryCreator(this.#api, account)), source_info: source },
            signal,
          );
    const { publish_id: publishId, upload_url: url } = parseData(initSchema, data);
    const address = uploadAddress(url, this.#context.endpoints.tiktokApi);
    const startedAt = this.#context.clock.now();
    this.#uploads.set(publishId, { address, plan, done: 0, startedAt, lastChunkSent: false });
    return { publishId, mode, startedAt, size: video.bytes.byteLength };
  }

  /** Sends the last chunk. TikTok then processes the video; what became of it shows in the status. */
  async commit(
    _account: AccountAccess,
    publication: Publication,
    handle: Handle,
    send: IrrevocableSend,
  ): Promise<CommitOutcome> {
    const known = handleSchema.safeParse(handle).data;
    const upload = known && this.#uploads.get(known.publishId);
    const [video] = publication.media;
    if (known === undefined || upload === undefined || video === undefined) {
      return { kind: 'refused', failure: uploadLost };
    }
    const request = chunkRequest(upload, video, upload.plan.chunkCount - 1);
    const sentBefore = upload.lastChunkSent;
    let response: Response;
    try {
      response = await send(request);
    } catch (error) {
      if (error instanceof GateClosed) throw error;
      const failure = transportFailure(error);
      if (provesNotSent(error) && !sentBefore) return { kind: 'refused', failure };
      upload.lastChunkSent = true;
      return { kind: 'unknown', detail: failure.message };
    }
    upload.lastChunkSent = true;
    return this.#judge(response, known, upload, video, sentBefore);
  }

  #judge(
    response: Response,
    handle: TikTokHandle,
    upload: Upload,
    video: OutgoingMedia,
    sentBefore: boolean,
  ): CommitOutcome {
    const { status } = response;
    // The status and headers say it all; a connection that breaks in the body changes nothing.
    response.body?.cancel().catch(() => undefined);
    const allThere = status === 416 && chunksThere(response, upload, video) === upload.plan.chunkCount;
    if (status === 201 || allThere) {
      this.#uploads.delete(handle.publishId);
      return { kind: 'accepted' };
    }
    if (sentBefore || ![400, 403, 404, 416].includes(status)) {
      return { kind: 'unknown', detail: `TikTok answered the last part of the video with HTTP ${status}.` };
    }
    this.#uploads.delete(handle.publishId);
    return { kind: 'refused', failure: chunkFailure(status) };
  }

  async lookUp(account: AccountAccess, _publication: Publication, handle: Handle): Promise<LookUp> {
    const known = handleSchema.safeParse(handle).data;
    if (known === undefined) throw new NetworkFailure(uploadLost);
    const body = { publish_id: known.publishId };
    const { data, text } = await this.#api.post(account, statusPath, body);
    const status = parseData(statusSchema, data);
    switch (status.status) {
      case 'SEND_TO_USER_INBOX':
        return { kind: 'delivered' };
      case 'PUBLISH_COMPLETE':
        return this.#published(account, text);
      case 'FAILED':
        // More bytes would not bring a failed one back.
        this.#uploads.delete(known.publishId);
        return {
          kind: 'refused',
          failure: failReasonFailure(status.fail_reason ?? 'internal', this.#context.clock.now()),
        };
      case 'PROCESSING_UPLOAD':
        // TikTok counts what has arrived: while bytes are missing it has nothing to publish.
        return (status.uploaded_bytes ?? known.size) < known.size ? { kind: 'absent' } : { kind: 'processing' };
      default:
        return { kind: 'processing' };
    }
  }

  /** The id comes after moderation, for public posts only, and sometimes never. */
  #published(account: AccountAccess, text: string): LookUp {
    const remoteId = publicPostId(text);
    return { kind: 'published', remoteId, permalink: remoteId === null ? null : this.#addressOf(account, remoteId) };
  }

  /** It follows from names that are known. */
  permalink: SocialNetwork['permalink'] = (account, remoteId) => Promise.resolve(this.#addressOf(account, remoteId));

  #addressOf({ username }: AccountAccess, remoteId: string): string | null {
    if (username === null) return null;
    return new URL(`/@${username}/video/${remoteId}`, this.#context.endpoints.tiktokWww).href;
  }

  #forgetOldUploads(): void {
    const now = this.#context.clock.now();
    for (const [id, { startedAt }] of this.#uploads) if (now - startedAt >= uploadLivesMs) this.#uploads.delete(id);
  }
}

const uploadLost = {
  class: 'transient',
  code: 'upload_lost',
  message: 'The upload to TikTok was interrupted and has to start again.',
} as const;

const initSchema = z.object({ publish_id: z.string().min(1).max(64), upload_url: z.string() });

const statusSchema = z.object({
  status: z.string(),
  fail_reason: z.string().nullish(),
  uploaded_bytes: z.number().nullish(),
});

/**
 * The first post id in a status answer, as text: the ids have 19 digits and JSON numbers would round
 * them. Understands TikTok's spelling and the right one, lists and bare values, numbers and strings.
 */
export function publicPostId(text: string): string | null {
  return /"public(?:al?)?ly_available_post_id"\s*:\s*\[?\s*"?(\d+)/.exec(text)?.[1] ?? null;
}
