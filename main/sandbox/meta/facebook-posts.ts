import type { Call } from './call.ts';
import { badParameter, GraphFailure, missingObject } from './errors.ts';
import { createPost, publishPost } from './facebook-publish.ts';
import { livingPhoto } from './facebook-photos.ts';
import { postType, postView } from './facebook-views.ts';
import { parseFields, project } from './fields.ts';
import { page as listPage } from './listing.ts';
import { booleanParameter, momentParameter, parseJson } from './request.ts';
import type { Post } from './state.ts';
import { managedPage, readablePage, requireScope } from './tokens.ts';

const publish = { scope: 'pages_manage_posts', task: 'CREATE_CONTENT' };
const minute = 60_000;
const day = 24 * 60 * minute;
const unpublishedTypes = ['SCHEDULED', 'DRAFT', 'ADS_POST', 'INLINE_CREATED', 'PUBLISHED'];

/** `POST /{page}/feed`: text, link or attached photos; published, unpublished or scheduled. */
export function createFeedPost(call: Call): object {
  const { world, request, session } = call;
  const page = managedPage(world, session, request, call.id, publish);
  const published = booleanParameter(request, 'published', true);
  const scheduledFor = scheduleOf(call, published);
  const { message = '', link = null } = request.parameters;
  const photoIds = attachedPhotos(call, page.id);
  if (message === '' && link === null && photoIds.length === 0) {
    throw badParameter('One of message, link, attached_media is required');
  }
  if (link !== null) checkLink(link);
  const post = createPost(call, { message, link, photoIds, published, scheduledFor });
  return { id: post.id, post_supports_client_mutation_id: true };
}

function scheduleOf(call: Call, published: boolean): number | null {
  const { world, request } = call;
  const at = momentParameter(request, 'scheduled_publish_time');
  const type = request.parameters.unpublished_content_type;
  if (type !== undefined && !unpublishedTypes.includes(type)) {
    throw badParameter(`Param unpublished_content_type must be one of {${unpublishedTypes.join(', ')}}`);
  }
  if (at === undefined) {
    if (type === 'SCHEDULED') throw badParameter('The parameter scheduled_publish_time is required');
    return null;
  }
  if (published) throw badParameter('You cannot specify a scheduled publish time on a published post');
  const wait = at - world.now();
  if (wait < 10 * minute || wait > 30 * day) {
    throw badParameter('The specified scheduled publish time is invalid: it must be 10 minutes to 30 days ahead');
  }
  return at;
}

/** @throws GraphFailure 100 unless every photo is a living one of this Page that no post holds, public or not */
function attachedPhotos(call: Call, pageId: string): string[] {
  const text = call.request.parameters.attached_media;
  if (text === undefined) return [];
  const items = parseJson(text);
  if (!Array.isArray(items)) throw badParameter('Param attached_media must be an array.');
  return items.map((item: unknown, index) => {
    const id = typeof item === 'object' && item !== null ? (item as Record<string, unknown>).media_fbid : undefined;
    const photo = livingPhoto(call.world, String(id));
    if (photo?.pageId !== pageId)
      throw badParameter(`Param attached_media[${index}][media_fbid] must be a valid photo ID`);
    if (photo.postId !== null) {
      throw badParameter('Invalid parameter', 1366051, 'These photos were already posted.');
    }
    return photo.id;
  });
}

function checkLink(link: string): void {
  const url = URL.canParse(link) ? new URL(link) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw badParameter('Invalid parameter', 2061006, 'This URL is invalid.');
  }
  if (/(^|\.)facebook\.com$/.test(url.hostname)) {
    throw new GraphFailure({
      code: 100,
      subcode: 1609008,
      message: '(#100) Posts linking to facebook.com are not allowed',
    });
  }
}

/** `GET /{post-id}`. */
export function readPost(call: Call): object {
  const post = ownPost(call);
  requireScope(call.session, 'pages_read_engagement');
  return project(postType, postView(call.world, post), parseFields(call.request.parameters.fields));
}

/** `POST /{post-id}`: publishes (`is_published=true`, repeatable) or edits the text of an own post. */
export function updatePost(call: Call): object {
  const { world, request } = call;
  const post = ownPost(call);
  managedPage(world, call.session, request, post.pageId, publish);
  const makePublic = booleanParameter(request, 'is_published', false);
  if (request.parameters.is_published !== undefined && !makePublic) throw badParameter('A post cannot be unpublished');
  const { message } = request.parameters;
  if (message !== undefined) {
    if (post.appId !== call.session.token.appId) {
      throw new GraphFailure({ code: 200, message: '(#200) Posts can only be edited by the app that made them' });
    }
    post.message = message;
    post.updatedAt = world.now();
  }
  if (makePublic) publishPost(world, post, world.now());
  Object.assign(call.detail, { postId: post.id, published: makePublic });
  return { success: true };
}

/** `DELETE /{post-id}`: the post goes with its photos and comments. */
export function deletePost(call: Call): object {
  const state = call.world.store.value;
  const post = ownPost(call);
  managedPage(call.world, call.session, call.request, post.pageId, publish);
  delete state.posts[post.id];
  for (const id of post.photoIds) if (state.photos[id]?.postId === post.id) delete state.photos[id];
  for (const comment of Object.values(state.comments))
    if (comment.targetId === post.id) delete state.comments[comment.id];
  Object.assign(call.detail, { postId: post.id });
  return { success: true };
}

function ownPost(call: Call): Post {
  const post = call.world.store.value.posts[call.id];
  if (post === undefined) throw missingObject(call.request.method, call.id);
  readablePage(call.world, call.session, call.request, post.pageId);
  return post;
}

/** `/feed`, `/posts`, `/published_posts`: what followers see, newest first, after the listing lag. */
export function listPublished(call: Call): object {
  const { world } = call;
  const lag = world.settings.lookupLagMs;
  const visible = (post: Post): boolean => post.publishedAt !== null && post.publishedAt + lag <= world.now();
  return listPosts(call, visible, (post) => post.publishedAt ?? 0);
}

export function listScheduled(call: Call): object {
  return listPosts(
    call,
    (post) => post.scheduledFor !== null,
    (post) => post.scheduledFor ?? 0,
  );
}

function listPosts(call: Call, matches: (post: Post) => boolean, time: (post: Post) => number): object {
  const { world, request } = call;
  const page = readablePage(world, call.session, request, call.id);
  requireScope(call.session, 'pages_read_engagement');
  const since = momentParameter(request, 'since') ?? 0;
  const until = momentParameter(request, 'until') ?? Number.POSITIVE_INFINITY;
  const posts = Object.values(world.store.value.posts)
    .filter((post) => post.pageId === page.id && matches(post) && time(post) >= since && time(post) <= until)
    .sort((a, b) => time(b) - time(a) || (a.id < b.id ? 1 : -1));
  const views = posts.map((post) => postView(world, post));
  return listPage(world, request, postType, views, parseFields(request.parameters.fields));
}
