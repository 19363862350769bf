import { z } from 'zod';
import { ApiError, ok } from './answers.ts';
import type { Caller } from './access.ts';
import { chunkPlanProblem } from './chunks.ts';
import { privacyOptions } from './creators.ts';
import { pullMedia } from './publish.ts';
import { type Creator, type Publish, randomHex, type Upload, type World } from './world.ts';

const dayMs = 86_400_000;
const uploadLifeMs = 3_600_000;
const postsPerDay = 15;
const pendingShares = 5;
const unauditedCreatorsPerDay = 5;

const count = z.number().int().positive();
/** TikTok counts UTF-16 units, where zod counts characters. */
const text = (units: number) =>
  z.string().refine((value) => value.length <= units, `longer than ${units} UTF-16 units`);
const privacyLevel = z.enum(['PUBLIC_TO_EVERYONE', 'MUTUAL_FOLLOW_FRIENDS', 'FOLLOWER_OF_CREATOR', 'SELF_ONLY']);

const videoSource = z.discriminatedUnion('source', [
  z.strictObject({
    source: z.literal('FILE_UPLOAD'),
    video_size: count,
    chunk_size: count,
    total_chunk_count: count,
  }),
  z.strictObject({ source: z.literal('PULL_FROM_URL'), video_url: z.string() }),
]);

/** Body of `/v2/post/publish/inbox/video/init/`: a draft has no caption, the creator writes it. */
export const inboxVideoBody = z.strictObject({ source_info: videoSource });

/** Body of `/v2/post/publish/video/init/`. */
export const directVideoBody = z.strictObject({
  post_info: z.strictObject({
    title: text(2200).optional(),
    privacy_level: privacyLevel,
    disable_duet: z.boolean().optional(),
    disable_stitch: z.boolean().optional(),
    disable_comment: z.boolean().optional(),
    video_cover_timestamp_ms: z.number().int().nonnegative().optional(),
    brand_content_toggle: z.boolean(),
    brand_organic_toggle: z.boolean(),
    is_aigc: z.boolean().optional(),
  }),
  source_info: videoSource,
});

const photoText = { title: text(90).optional(), description: text(4000).optional() };
const photoSource = z.strictObject({
  source: z.literal('PULL_FROM_URL'),
  photo_images: z.array(z.string()).min(1).max(35),
  photo_cover_index: z.number().int().nonnegative(),
});

/** Body of `/v2/post/publish/content/init/`: photos only, and only from verified URLs. */
export const contentBody = z.discriminatedUnion('post_mode', [
  z.strictObject({
    media_type: z.literal('PHOTO'),
    post_mode: z.literal('DIRECT_POST'),
    post_info: z.strictObject({
      ...photoText,
      privacy_level: privacyLevel,
      disable_comment: z.boolean().optional(),
      auto_add_music: z.boolean().optional(),
      brand_content_toggle: z.boolean(),
      brand_organic_toggle: z.boolean(),
    }),
    source_info: photoSource,
  }),
  z.strictObject({
    media_type: z.literal('PHOTO'),
    post_mode: z.literal('MEDIA_UPLOAD'),
    post_info: z.strictObject(photoText),
    source_info: photoSource,
  }),
]);

type Detail = Record<string, unknown>;

export function initInboxVideo(
  world: World,
  caller: Caller,
  body: z.infer<typeof inboxVideoBody>,
  detail: Detail,
): Response {
  const source = readVideoSource(world, caller, body.source_info);
  checkPendingShares(world, caller.creator);
  const draft = newPublish(world, caller, { ...source, destination: 'inbox', media: 'video' });
  return begin(world, draft, detail);
}

export function initDirectVideo(
  world: World,
  caller: Caller,
  body: z.infer<typeof directVideoBody>,
  detail: Detail,
): Response {
  const { post_info: post, source_info: sourceInfo } = body;
  checkDirectPost(world, caller, post);
  const source = readVideoSource(world, caller, sourceInfo);
  const publish = newPublish(world, caller, {
    ...source,
    destination: 'profile',
    media: 'video',
    text: post.title ?? '',
    privacy: post.privacy_level,
    aiLabel: post.is_aigc ?? false,
  });
  return begin(world, publish, detail);
}

export function initPhotos(world: World, caller: Caller, body: z.infer<typeof contentBody>, detail: Detail): Response {
  const { photo_images: pullUrls, photo_cover_index: cover } = body.source_info;
  if (cover >= pullUrls.length) throw new ApiError('invalid_param', 'photo_cover_index is beyond photo_images.');
  const direct = body.post_mode === 'DIRECT_POST';
  const scope = direct ? 'video.publish' : 'video.upload';
  if (!caller.token.scopes.includes(scope)) {
    throw new ApiError('scope_not_authorized', `The user did not authorize the scope ${scope}.`);
  }
  if (body.post_mode === 'DIRECT_POST') checkDirectPost(world, caller, body.post_info);
  else checkPendingShares(world, caller.creator);
  pullUrls.forEach((url) => checkOwnership(caller, url));
  const publish = newPublish(world, caller, {
    upload: null,
    pullUrls,
    destination: direct ? 'profile' : 'inbox',
    media: 'photo',
    text: [body.post_info.title, body.post_info.description].filter(Boolean).join('\n'),
    privacy: body.post_mode === 'DIRECT_POST' ? body.post_info.privacy_level : null,
  });
  return begin(world, publish, detail);
}

/**
 * Caps that creator_info tells in advance and a direct post runs into.
 *
 * @throws ApiError
 */
export function checkCaps(world: World, { app, creator }: Caller): void {
  if (creator.banned) {
    throw new ApiError('spam_risk_user_banned_from_posting', 'The user is banned from making new posts.');
  }
  const today = Object.values(world.store.value.publishes).filter(
    (publish) => publish.destination === 'profile' && isRecent(world, publish) && !isDead(world, publish),
  );
  if (today.filter(({ creatorId }) => creatorId === creator.id).length >= postsPerDay) {
    throw new ApiError('spam_risk_too_many_posts', 'The daily post cap from the API is reached for this user.');
  }
  if (app.audited) return;
  const others = today.filter(({ clientKey, creatorId }) => clientKey === app.clientKey && creatorId !== creator.id);
  if (new Set(others.map(({ creatorId }) => creatorId)).size >= unauditedCreatorsPerDay) {
    throw new ApiError('reached_active_user_cap', 'The daily quota of active publishing users is reached.');
  }
}

function checkDirectPost(
  world: World,
  caller: Caller,
  post: { privacy_level: z.infer<typeof privacyLevel>; brand_content_toggle: boolean },
): void {
  const { app, creator } = caller;
  checkCaps(world, caller);
  if (!privacyOptions(creator).includes(post.privacy_level)) {
    throw new ApiError('privacy_level_option_mismatch', 'privacy_level is not among the options of creator_info.');
  }
  if (!app.audited && (post.privacy_level !== 'SELF_ONLY' || !creator.private)) {
    throw new ApiError(
      'unaudited_client_can_only_post_to_private_accounts',
      'Unaudited clients can only post to a private account, visible to the creator alone.',
    );
  }
  if (post.brand_content_toggle && post.privacy_level === 'SELF_ONLY') {
    throw new ApiError('invalid_param', 'Branded content visibility cannot be set to private.');
  }
}

function checkPendingShares(world: World, creator: Creator): void {
  const pending = Object.values(world.store.value.publishes).filter(
    (publish) =>
      publish.creatorId === creator.id &&
      publish.destination === 'inbox' &&
      publish.phase !== 'published' &&
      isRecent(world, publish) &&
      !isDead(world, publish),
  );
  if (pending.length >= pendingShares) {
    throw new ApiError('spam_risk_too_many_pending_share', 'There are 5 pending shares within the last 24 hours.');
  }
}

function isRecent(world: World, publish: Publish): boolean {
  return publish.createdAt > world.now() - dayMs;
}

/** Nothing will come of it: failed, or its upload address has expired. */
function isDead(world: World, { phase, upload }: Publish): boolean {
  return phase === 'failed' || (phase === 'transferring' && upload !== null && upload.expiresAt <= world.now());
}

function readVideoSource(
  world: World,
  caller: Caller,
  source: z.infer<typeof videoSource>,
): Pick<Publish, 'upload' | 'pullUrls'> {
  if (source.source === 'PULL_FROM_URL') {
    checkOwnership(caller, source.video_url);
    return { upload: null, pullUrls: [source.video_url] };
  }
  const problem = chunkPlanProblem(source);
  if (problem !== null) throw new ApiError('invalid_param', problem);
  const upload: Upload = {
    token: randomHex(24),
    size: source.video_size,
    chunkSize: source.chunk_size,
    chunkCount: source.total_chunk_count,
    chunks: [],
    received: 0,
    expiresAt: world.now() + uploadLifeMs,
  };
  return { upload, pullUrls: [] };
}

/** A verified prefix may be http here, because a simulator on loopback has no certificate. */
function checkOwnership(caller: Caller, url: string): void {
  const verified = caller.app.verifiedUrlPrefixes.some((prefix) => url.startsWith(prefix));
  if (!verified || !URL.canParse(url)) {
    throw new ApiError('url_ownership_unverified', 'Please verify ownership of the URL prefix or domain.');
  }
}

type NewPublish = Pick<Publish, 'destination' | 'media' | 'upload' | 'pullUrls'> &
  Partial<Pick<Publish, 'text' | 'privacy' | 'aiLabel'>>;

function newPublish(world: World, { app, creator }: Caller, input: NewPublish): Publish {
  const kind = input.destination === 'inbox' ? 'inbox' : 'pub';
  const source = input.upload === null ? 'url' : 'file';
  return {
    id: `${input.media === 'video' ? 'v' : 'p'}_${kind}_${source}~v2-1.${randomHex(10)}`,
    clientKey: app.clientKey,
    creatorId: creator.id,
    text: '',
    privacy: null,
    aiLabel: false,
    createdAt: world.now(),
    phase: 'transferring',
    failReason: null,
    files: [],
    polls: 0,
    completePolls: 0,
    post: null,
    ...input,
  };
}

function begin(world: World, publish: Publish, detail: Detail): Response {
  world.store.value.publishes[publish.id] = publish;
  world.store.save();
  Object.assign(detail, { publishId: publish.id, text: publish.text });
  if (publish.upload === null) {
    void pullMedia(world, publish);
    return ok({ publish_id: publish.id });
  }
  const query = new URLSearchParams({ upload_id: publish.id, upload_token: publish.upload.token });
  return ok({ publish_id: publish.id, upload_url: `${world.origins.upload}/video/?${query}` });
}
