import type { Hono } from 'hono';
import { z } from 'zod';
import type { SimulatorContext, SimulatorEnv } from '../simulator.ts';
import { type Caller, endpoint, readJson } from './access.ts';
import { ApiError, ok } from './answers.ts';
import { privacyOptions } from './creators.ts';
import {
  checkCaps,
  contentBody,
  directVideoBody,
  inboxVideoBody,
  initDirectVideo,
  initInboxVideo,
  initPhotos,
} from './init.ts';
import { fail } from './publish.ts';
import type { Publish, World } from './world.ts';

const publishIdBody = z.strictObject({ publish_id: z.string().max(64) });

/** The Content Posting API. */
export function addPublishingRoutes(app: Hono<SimulatorEnv>, world: World): void {
  const direct = { scopes: ['video.publish'], perMinute: 6 };
  const inbox = { scopes: ['video.upload'], perMinute: 6 };
  const either = ['video.publish', 'video.upload'];

  app.post(
    '/v2/post/publish/creator_info/query/',
    endpoint(world, 'tiktok.creator_info', { scopes: ['video.publish'], perMinute: 20 }, async (c, caller) => {
      if (world.settings.requireJsonBody) await readJson(c, z.strictObject({}));
      checkCaps(world, caller);
      return creatorInfo(world, caller);
    }),
  );
  app.post(
    '/v2/post/publish/video/init/',
    endpoint(world, 'tiktok.video.init', direct, async (c, caller, detail) =>
      initDirectVideo(world, caller, await readJson(c, directVideoBody), detail),
    ),
  );
  app.post(
    '/v2/post/publish/inbox/video/init/',
    endpoint(world, 'tiktok.inbox.init', inbox, async (c, caller, detail) =>
      initInboxVideo(world, caller, await readJson(c, inboxVideoBody), detail),
    ),
  );
  app.post(
    '/v2/post/publish/content/init/',
    endpoint(world, 'tiktok.content.init', { scopes: either, perMinute: 6 }, async (c, caller, detail) =>
      initPhotos(world, caller, await readJson(c, contentBody), detail),
    ),
  );
  app.post(
    '/v2/post/publish/status/fetch/',
    endpoint(world, 'tiktok.status', { scopes: either, perMinute: 30 }, async (c, caller, detail) => {
      const publish = await readPublish(world, c, caller, detail);
      const answer = nextStatus(world, publish);
      detail.answer = answer.status;
      return ok(statusJson(answer));
    }),
  );
  app.post(
    '/v2/post/publish/cancel/',
    endpoint(world, 'tiktok.cancel', { scopes: either, perMinute: 30 }, async (c, caller, detail) => {
      const publish = await readPublish(world, c, caller, detail);
      if (publish.phase !== 'transferring' || publish.upload !== null) {
        throw new ApiError('publish_not_cancellable', 'The publish request can no longer be cancelled.');
      }
      fail(world, publish, 'publish_cancelled');
      return ok({});
    }),
  );
}

function creatorInfo(world: World, { creator }: Caller): Response {
  return ok({
    creator_avatar_url: `${world.origins.www}/avatar/${creator.id}.svg`,
    creator_username: creator.username,
    creator_nickname: creator.nickname,
    privacy_level_options: privacyOptions(creator),
    comment_disabled: creator.commentDisabled,
    duet_disabled: creator.duetDisabled,
    stitch_disabled: creator.stitchDisabled,
    max_video_post_duration_sec: creator.maxVideoSeconds,
  });
}

async function readPublish(
  world: World,
  c: SimulatorContext,
  caller: Caller,
  detail: Record<string, unknown>,
): Promise<Publish> {
  const { publish_id: publishId } = await readJson(c, publishIdBody);
  detail.publishId = publishId;
  const publish = world.store.value.publishes[publishId];
  if (publish === undefined) throw new ApiError('invalid_publish_id', 'The publish_id does not exist.');
  if (publish.clientKey !== caller.app.clientKey || publish.creatorId !== caller.creator.id) {
    throw new ApiError('token_not_authorized_for_specified_publish_id', 'The publish_id is not of this app and user.');
  }
  return publish;
}

interface Status {
  status: string;
  fail_reason?: string;
  uploaded_bytes?: number;
  downloaded_bytes?: number;
  /** Decimal digits of 64-bit numbers. */
  postIds: string[];
}

/** The next step of the status walk; each query moves it on. */
function nextStatus(world: World, publish: Publish): Status {
  const bytes = publish.upload === null ? { downloaded_bytes: 0 } : { uploaded_bytes: publish.upload.received };
  const processing = publish.upload === null ? 'PROCESSING_DOWNLOAD' : 'PROCESSING_UPLOAD';
  if (publish.phase === 'transferring') return { status: processing, ...bytes, postIds: [] };

  publish.polls += 1;
  const isDone = publish.polls > world.settings.statusPolls;
  if (isDone && publish.phase === 'published') publish.completePolls += 1;
  world.store.save();

  if (!isDone) return { status: processing, ...bytes, postIds: [] };
  switch (publish.phase) {
    case 'delivered':
      return { status: 'SEND_TO_USER_INBOX', ...bytes, postIds: [] };
    case 'failed':
      return { status: 'FAILED', fail_reason: publish.failReason ?? 'internal', ...bytes, postIds: [] };
    case 'published':
      return { status: 'PUBLISH_COMPLETE', ...bytes, postIds: visiblePostIds(world, publish) };
  }
}

/** Only posts that everybody may see get an id, and only after moderation. */
function visiblePostIds(world: World, publish: Publish): string[] {
  const { postIdDelayPolls, postIdNeverFilled } = world.settings;
  const isPublic = publish.privacy === 'PUBLIC_TO_EVERYONE';
  const isModerated = publish.completePolls > postIdDelayPolls && !postIdNeverFilled;
  return publish.post !== null && isPublic && isModerated ? [publish.post.id] : [];
}

/** The ids are bare 64-bit JSON numbers under TikTok's own spelling of the field. */
function statusJson({ postIds, ...status }: Status): string {
  return `${JSON.stringify(status).slice(0, -1)},"publicaly_available_post_id":[${postIds.join(',')}]}`;
}
