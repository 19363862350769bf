import type { Call } from './call.ts';
import { badParameter, GraphFailure, missingObject } from './errors.ts';
import { createPost } from './facebook-publish.ts';
import { postUrl } from './facebook-views.ts';
import { fetchMedia } from './fetch-media.ts';
import { type NodeType, type NodeView, parseFields, project } from './fields.ts';
import { graphTime, page as listPage } from './listing.ts';
import { acceptVideo } from './media-checks.ts';
import { booleanParameter, momentParameter, requiredParameter } from './request.ts';
import { nextId, type Post, type Video, type World } from './state.ts';
import { managedPage, readablePage } from './tokens.ts';
import { appendToUpload, isComplete, newUpload, uploadedBytes } from './uploads.ts';

const publish = { scope: 'pages_manage_posts', task: 'CREATE_CONTENT' };
const day = 24 * 3_600_000;
const reelsPerDay = 30;
const videoType: NodeType = { name: 'Video', defaults: ['updated_time', 'description', 'id'] };

/** `POST /{page}/video_reels` with `upload_phase=start`: a video id and the address for the bytes. */
export function startReel(call: Call): object {
  managedPage(call.world, call.session, call.request, call.id, publish);
  const video = newVideo(call, true);
  const upload_url = `${call.world.origins.rupload}/video-upload/${call.request.version}/${video.id}`;
  return { video_id: video.id, upload_url };
}

/** `upload_phase=finish`: publishes the uploaded reel, or keeps it as draft or for later. */
export function finishReel(call: Call): object {
  const { world, request } = call;
  managedPage(world, call.session, request, call.id, publish);
  const video = world.store.value.videos[requiredParameter(request, 'video_id')];
  if (video === undefined || video.pageId !== call.id) throw badParameter('Param video_id must be a valid video ID');
  const state = requiredParameter(request, 'video_state');
  if (!['PUBLISHED', 'DRAFT', 'SCHEDULED'].includes(state)) throw badParameter('Param video_state is not valid');
  const scheduledFor = state === 'SCHEDULED' ? (momentParameter(request, 'scheduled_publish_time') ?? null) : null;
  if (state === 'SCHEDULED' && scheduledFor === null) throw badParameter('scheduled_publish_time is required');
  checkReel(world, video);
  video.title = request.parameters.title ?? '';
  video.description = request.parameters.description ?? '';
  video.finished = true;
  postVideo(call, video, state === 'PUBLISHED', scheduledFor);
  return { success: true };
}

function checkReel(world: World, video: Video): void {
  const refuse = (code: number, subcode: number, text: string): GraphFailure =>
    new GraphFailure({ code, subcode, message: `(#${code}) ${text}`, title: 'Video problem', userMessage: text });
  if (!isComplete(video.upload)) throw refuse(6000, 1363130, 'Video Upload Is Missing');
  if (video.finished) throw refuse(6000, 1363041, 'The upload session has expired');
  if (video.failure !== null) throw refuse(6000, Number(/\d+/.exec(video.failure)?.[0]), video.failure);
  const recent = Object.values(world.store.value.videos).filter(
    (other) => other.reel && other.finished && other.pageId === video.pageId && other.createdAt > world.now() - day,
  );
  if (recent.length >= reelsPerDay) throw refuse(368, 1390008, 'You’re posting too fast');
}

/** `POST /{page}/videos` with multipart `source`, or with `file_url` that is fetched at once. */
export async function createVideo(call: Call): Promise<object> {
  const { world, request } = call;
  managedPage(world, call.session, request, call.id, publish);
  const published = booleanParameter(request, 'published', true);
  const scheduledFor = momentParameter(request, 'scheduled_publish_time') ?? null;
  const wait = (scheduledFor ?? world.now() + day) - world.now();
  if ((published && scheduledFor !== null) || wait < 600_000 || wait > 183 * day) {
    throw badParameter('The specified scheduled publish time is invalid');
  }
  const bytes = await videoBytes(call);
  const checked = acceptVideo(world, bytes, 'facebook-video');
  if (!('file' in checked)) {
    throw new GraphFailure({
      code: 352,
      subcode: checked.subcode,
      message: '(#352) The video file you selected is in a format that we don’t support.',
      title: 'Unsupported video',
      userMessage: checked.reason,
    });
  }
  const video = newVideo(call, false);
  appendToUpload(world, video.upload, bytes);
  Object.assign(video, { file: checked.file, durationMs: checked.durationMs, finished: true });
  video.upload.size = bytes.length;
  video.title = request.parameters.title ?? '';
  video.description = request.parameters.description ?? '';
  postVideo(call, video, published, scheduledFor);
  return { id: video.id };
}

async function videoBytes(call: Call): Promise<Uint8Array> {
  const source = call.request.files.source;
  if (source !== undefined) return new Uint8Array(await source.arrayBuffer());
  const fetched = await fetchMedia(requiredParameter(call.request, 'file_url'), 2 ** 31);
  if ('bytes' in fetched) return fetched.bytes;
  throw new GraphFailure({ code: 389, message: '(#389) Unable to fetch video file from URL.' });
}

function newVideo(call: Call, reel: boolean): Video {
  const { world } = call;
  const slow = world.faults.take(reel ? 'facebook.video_reels.start' : 'facebook.videos', 'slow-processing');
  const video: Video = {
    id: nextId(world, '17'),
    pageId: call.id,
    appId: call.session.token.appId,
    reel,
    upload: newUpload(),
    file: null,
    durationMs: 0,
    failure: null,
    pollsLeft: slow === undefined ? world.settings.videoPolls : Number(slow.value),
    title: '',
    description: '',
    finished: false,
    postId: null,
    createdAt: world.now(),
  };
  world.store.value.videos[video.id] = video;
  Object.assign(call.detail, { pageId: call.id, videoId: video.id });
  return video;
}

function postVideo(call: Call, video: Video, published: boolean, scheduledFor: number | null): void {
  video.postId = createPost(call, { message: video.description, videoId: video.id, published, scheduledFor }).id;
}

/** Judges a reel whose bytes are all there; a refusal shows in its status, not here. */
export function processReel(world: World, video: Video): void {
  const checked = acceptVideo(world, uploadedBytes(world, video.upload), 'facebook-reel');
  if ('file' in checked) Object.assign(video, checked);
  else video.failure = `${checked.subcode}: ${checked.reason}`;
}

/** `GET /{video-id}`; each read of `status` brings processing one step on. */
export function readVideo(call: Call): object {
  const video = ownVideo(call);
  const answer = project(videoType, videoView(call.world, video), parseFields(call.request.parameters.fields));
  call.world.store.save();
  return answer;
}

export function listReels(call: Call): object {
  const { world, request } = call;
  readablePage(world, call.session, request, call.id);
  const since = momentParameter(request, 'since') ?? 0;
  const until = momentParameter(request, 'until') ?? Number.POSITIVE_INFINITY;
  const visible = (video: Video): boolean => {
    const at = postOf(world, video)?.publishedAt ?? null;
    return at !== null && at >= since && at <= until && at + world.settings.lookupLagMs <= world.now();
  };
  const views = Object.values(world.store.value.videos)
    .filter((video) => video.reel && video.pageId === call.id && visible(video))
    .reverse()
    .map((video) => videoView(world, video));
  return listPage(world, request, videoType, views, parseFields(request.parameters.fields));
}

/** `DELETE /{video-id}`: the video goes with its post. */
export function deleteVideo(call: Call): object {
  const state = call.world.store.value;
  const video = ownVideo(call);
  managedPage(call.world, call.session, call.request, video.pageId, publish);
  if (video.postId !== null) delete state.posts[video.postId];
  delete state.videos[video.id];
  return { success: true };
}

function ownVideo(call: Call): Video {
  const video = call.world.store.value.videos[call.id];
  if (video === undefined) throw missingObject(call.request.method, call.id);
  readablePage(call.world, call.session, call.request, video.pageId);
  return video;
}

function postOf(world: World, video: Video): Post | undefined {
  return world.store.value.posts[video.postId ?? ''];
}

function videoView(world: World, video: Video): NodeView {
  const post = postOf(world, video);
  return {
    id: video.id,
    title: video.title === '' ? undefined : video.title,
    description: video.description === '' ? undefined : video.description,
    created_time: graphTime(video.createdAt),
    updated_time: graphTime(video.createdAt),
    length: video.durationMs / 1000,
    published: post !== undefined && post.publishedAt !== null,
    post_id: post?.id,
    permalink_url: post && postUrl(world, post),
    from: { id: video.pageId, name: world.store.value.pages[video.pageId]?.name },
    status: () => status(video, post),
  };
}

function status(video: Video, post: Post | undefined): object {
  const uploaded = isComplete(video.upload);
  const processing = uploaded && video.failure === null && video.pollsLeft > 0;
  if (processing) video.pollsLeft -= 1;
  const published = post !== undefined && post.publishedAt !== null;
  const overall = video.failure !== null ? 'error' : processing || !uploaded ? 'processing' : 'ready';
  return {
    video_status: overall,
    uploading_phase: { status: uploaded ? 'complete' : 'in_progress', bytes_transfered: video.upload.received },
    processing_phase:
      video.failure === null
        ? { status: !uploaded ? 'not_started' : processing ? 'in_progress' : 'complete' }
        : { status: 'error', errors: [{ code: Number(/\d+/.exec(video.failure)?.[0]), message: video.failure }] },
    publishing_phase: published
      ? { status: 'complete', publish_status: 'published', publish_time: Math.floor((post.publishedAt ?? 0) / 1000) }
      : { status: 'not_started' },
  };
}
