import { followersOf } from '../audience.ts';
import type { Call } from './call.ts';
import { mediaUrl } from './cdn.ts';
import { avatarUrl } from './accounts.ts';
import { instagramFailure, missingObject } from './errors.ts';
import { commentsOn } from './facebook-views.ts';
import { type FieldRequest, type NodeType, type NodeView, parseFields, project } from './fields.ts';
import { advance, childrenOf, containerStatus, notReady, ownContainer } from './instagram-containers.ts';
import { containerExpired, isOver } from './instagram-rules.ts';
import { graphTime, nestedEdge, page as listPage } from './listing.ts';
import { momentParameter, requiredParameter } from './request.ts';
import { type Container, type InstagramMedia, nextId, recordPublic, type World } from './state.ts';
import { managedInstagram } from './tokens.ts';

const day = 24 * 3_600_000;
const mediaType: NodeType = { name: 'IGMedia', defaults: ['id'] };
const childType: NodeType = { name: 'IGMedia', defaults: ['id'] };
const userType: NodeType = { name: 'IGUser', defaults: ['id'] };

/** `POST /{ig}/media_publish`: followers see the container's media from now on. */
export function publishContainer(call: Call): object {
  const { world, request } = call;
  const account = managedInstagram(world, call.session, request, call.id, 'publish');
  const container = ownContainer(call, account.id, requiredParameter(request, 'creation_id'));
  Object.assign(call.detail, { instagramId: account.id, containerId: container.id });
  const status = containerStatus(world, container).code;
  if (status === 'PUBLISHED' && world.settings.secondMediaPublish === 'same-id') return { id: container.mediaId };
  if (status === 'PUBLISHED' || status === 'EXPIRED') throw containerExpired(container.id);
  if (status === 'IN_PROGRESS') {
    advance(world, container);
    throw notReady();
  }
  if (status === 'ERROR') throw instagramFailure(-1, 2207032, 'Create media fail', 'The media could not be created.');
  if (publishedToday(world, account.id) >= world.settings.quotaTotal) {
    throw instagramFailure(
      9,
      2207042,
      'Action limit reached',
      'You reached maximum number of posts that is allowed to be published by Content Publishing API.',
    );
  }
  const media = publish(world, container);
  Object.assign(call.detail, { mediaId: media.id });
  return { id: media.id };
}

function publish(world: World, container: Container): InstagramMedia {
  const id = `180${nextId(world, '19').slice(1)}`;
  const sources = container.kind === 'carousel' ? childrenOf(world, container) : [container];
  const items = sources.flatMap((source) =>
    source.file === null ? [] : [{ ...source.file, id: `181${nextId(world, '19').slice(1)}`, altText: source.altText }],
  );
  const single = items[0]?.kind === 'video' ? 'VIDEO' : 'IMAGE';
  const media: InstagramMedia = {
    id,
    instagramId: container.instagramId,
    shortcode: shortcode(id),
    type: container.kind === 'carousel' ? 'CAROUSEL_ALBUM' : single,
    productType: container.kind === 'reel' ? 'REELS' : container.kind === 'story' ? 'STORY' : 'FEED',
    items,
    caption: container.caption,
    aiGenerated: container.aiGenerated,
    publishedAt: world.now(),
  };
  container.mediaId = id;
  world.store.value.media[id] = media;
  recordPublic(world, 'instagram.published', { accountId: media.instagramId, postId: id, text: media.caption });
  return media;
}

/** The short name in an Instagram address: the id in base 64. */
export function shortcode(id: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  let code = '';
  for (let rest = BigInt(id); rest > 0n; rest /= 64n) code = alphabet[Number(rest % 64n)] + code;
  return code;
}

function publishedToday(world: World, instagramId: string): number {
  return Object.values(world.store.value.media).filter(
    (media) => media.instagramId === instagramId && media.publishedAt > world.now() - day,
  ).length;
}

/** `GET /{ig}/content_publishing_limit`: a list with one entry. */
export function publishingLimit(call: Call): object {
  const { world } = call;
  const account = managedInstagram(world, call.session, call.request, call.id, 'publish');
  const view: NodeView = {
    quota_usage: publishedToday(world, account.id),
    config: { quota_total: world.settings.quotaTotal, quota_duration: 86_400 },
  };
  const type: NodeType = { name: 'IGContentPublishingLimit', defaults: ['quota_usage'] };
  return { data: [project(type, view, parseFields(call.request.parameters.fields))] };
}

/** `GET /{ig-id}`; on graph.instagram.com `me` is the account and has `user_id` and `account_type` too. */
export function readAccount(call: Call): object {
  const { world } = call;
  const account = managedInstagram(world, call.session, call.request, call.id, 'basic');
  const direct = { id: appScopedId(account.id), user_id: account.id, account_type: 'BUSINESS' };
  const view: NodeView = {
    id: account.id,
    username: account.username,
    name: account.name,
    profile_picture_url: avatarUrl(world, account.id, account.name),
    biography: '',
    followers_count: followersOf(account.id),
    follows_count: 0,
    media_count: Object.values(world.store.value.media).filter((media) => media.instagramId === account.id).length,
    ...(call.product === 'instagram' ? direct : {}),
  };
  return project(userType, view, parseFields(call.request.parameters.fields));
}

/** With Instagram Login `id` is another number than the account's own, and only this app knows it. */
export function appScopedId(instagramId: string): string {
  return `2${instagramId.slice(1)}`;
}

/** `GET /{ig}/media`, newest first, without stories, after the listing lag. */
export function listMedia(call: Call): object {
  return list(call, (media) => media.productType !== 'STORY');
}

/** `GET /{ig}/stories`: those of the last 24 h. */
export function listStories(call: Call): object {
  return list(call, (media) => media.productType === 'STORY' && !isOver(call.world, media));
}

function list(call: Call, matches: (media: InstagramMedia) => boolean): object {
  const { world, request } = call;
  const account = managedInstagram(world, call.session, request, call.id, 'basic');
  const since = momentParameter(request, 'since') ?? 0;
  const until = momentParameter(request, 'until') ?? Number.POSITIVE_INFINITY;
  const views = Object.values(world.store.value.media)
    .filter((media) => media.instagramId === account.id && matches(media))
    .filter((media) => media.publishedAt + world.settings.lookupLagMs <= world.now())
    .filter((media) => media.publishedAt >= since && media.publishedAt <= until)
    .sort((a, b) => b.publishedAt - a.publishedAt || (a.id < b.id ? 1 : -1))
    .map((media) => mediaView(world, media));
  return listPage(world, request, mediaType, views, parseFields(request.parameters.fields));
}

/** `GET /{media-id}`. */
export function readMedia(call: Call): object {
  const media = ownMedia(call, 'basic');
  return project(mediaType, mediaView(call.world, media), parseFields(call.request.parameters.fields));
}

/** `DELETE /{media-id}`, with Facebook Login and `instagram_manage_contents` only. */
export function deleteMedia(call: Call): object {
  const media = ownMedia(call, 'delete');
  delete call.world.store.value.media[media.id];
  Object.assign(call.detail, { mediaId: media.id });
  return { success: true, deleted_id: media.id };
}

function ownMedia(call: Call, need: 'basic' | 'delete'): InstagramMedia {
  const media = call.world.store.value.media[call.id];
  if (media === undefined || isOver(call.world, media)) throw missingObject(call.request.method, call.id);
  managedInstagram(call.world, call.session, call.request, media.instagramId, need);
  return media;
}

/** Where a click on the media leads: the simulator's own page of it. */
export function permalink(world: World, media: InstagramMedia): string {
  if (media.productType === 'STORY') {
    const { username } = world.store.value.instagram[media.instagramId] ?? { username: media.instagramId };
    return `${world.origins.instagramWww}/stories/${username}/${media.id}`;
  }
  return `${world.origins.instagramWww}/${media.productType === 'REELS' ? 'reel' : 'p'}/${media.shortcode}/`;
}

function mediaView(world: World, media: InstagramMedia): NodeView {
  const account = world.store.value.instagram[media.instagramId];
  const first = media.items[0];
  const comments = commentsOn(world, media.id);
  return {
    id: media.id,
    caption: media.caption === '' ? undefined : media.caption,
    media_type: media.type,
    media_product_type: media.productType,
    media_url: () => first && mediaUrl(world, first),
    permalink: permalink(world, media),
    shortcode: media.shortcode,
    timestamp: graphTime(media.publishedAt),
    username: account?.username,
    owner: { id: media.instagramId },
    alt_text: first?.altText ?? undefined,
    is_ai_generated: media.aiGenerated,
    is_comment_enabled: true,
    is_shared_to_feed: media.productType === 'REELS' ? true : undefined,
    like_count: 0,
    comments_count: comments.length,
    children: (field: FieldRequest) => children(world, media, field),
    comments: (field: FieldRequest) =>
      nestedEdge(
        { name: 'IGComment', defaults: ['timestamp', 'text', 'id'] },
        comments.map((item) => ({
          id: item.id,
          text: item.text,
          timestamp: graphTime(item.createdAt),
          username: item.author.name,
        })),
        field,
      ),
  };
}

function children(world: World, media: InstagramMedia, field: FieldRequest): object | undefined {
  if (media.type !== 'CAROUSEL_ALBUM') return undefined;
  const views = media.items.map((item) => ({
    id: item.id,
    media_type: item.kind === 'video' ? 'VIDEO' : 'IMAGE',
    media_url: () => mediaUrl(world, item),
    alt_text: item.altText ?? undefined,
  }));
  return nestedEdge(childType, views, field);
}
