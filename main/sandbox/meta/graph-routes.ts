import { deletePermission, listAccounts, listPermissions, readPage, readPerson } from './accounts.ts';
import type { Handler } from './call.ts';
import {
  createMediaComment,
  createPostComment,
  deleteMediaComment,
  deletePostComment,
  listMediaComments,
  listPostComments,
  readMediaComment,
  readPostComment,
} from './comments.ts';
import { createPhoto, deletePhoto, readPhoto } from './facebook-photos.ts';
import { createFeedPost, deletePost, listPublished, listScheduled, readPost, updatePost } from './facebook-posts.ts';
import { createVideo, deleteVideo, finishReel, listReels, readVideo, startReel } from './facebook-videos.ts';
import { createContainer, readContainer } from './instagram-containers.ts';
import {
  deleteMedia,
  listMedia,
  listStories,
  publishContainer,
  publishingLimit,
  readAccount,
  readMedia,
} from './instagram-media.ts';
import { containerParameters } from './instagram-rules.ts';
import { accountInsights, mediaInsights, pageInsights, postInsights } from './insights.ts';
import type { MetaOperation } from './operations.ts';
import type { World } from './state.ts';

export type NodeKind =
  | 'person'
  | 'page'
  | 'post'
  | 'photo'
  | 'video'
  | 'postComment'
  | 'instagram'
  | 'container'
  | 'media'
  | 'mediaComment';

export interface Route {
  operation: MetaOperation;
  handler: Handler;
  /** Documented parameters; any other is refused. */
  parameters: string[];
}

const read = ['fields'];
const list = ['fields', 'limit', 'after', 'before', 'since', 'until'];

function route(operation: MetaOperation, handler: Handler, parameters: string[] = []): Route {
  return { operation, handler, parameters };
}

const published = route('facebook.posts.list', listPublished, list);

/** Every call on a node: `METHOD edge`, the bare node without an edge. */
export const routes: Record<NodeKind, Record<string, Route>> = {
  person: {
    GET: route('meta.me', readPerson, read),
    'GET accounts': route('meta.accounts', listAccounts, list),
    'GET permissions': route('meta.permissions.read', listPermissions),
    'DELETE permissions': route('meta.permissions.delete', deletePermission),
  },
  page: {
    GET: route('facebook.page.read', readPage, read),
    'POST feed': route('facebook.feed', createFeedPost, [
      'message',
      'link',
      'published',
      'attached_media',
      'scheduled_publish_time',
      'unpublished_content_type',
      'client_mutation_id',
    ]),
    'POST photos': route('facebook.photos', createPhoto, [
      'url',
      'source',
      'caption',
      'message',
      'alt_text_custom',
      'published',
      'temporary',
    ]),
    'POST videos': route('facebook.videos', createVideo, [
      'file_url',
      'source',
      'title',
      'description',
      'published',
      'scheduled_publish_time',
    ]),
    'POST video_reels start': route('facebook.video_reels.start', startReel, ['upload_phase']),
    'POST video_reels finish': route('facebook.video_reels.finish', finishReel, [
      'upload_phase',
      'video_id',
      'video_state',
      'title',
      'description',
      'scheduled_publish_time',
    ]),
    'GET video_reels': route('facebook.video_reels.list', listReels, list),
    'GET feed': published,
    'GET posts': published,
    'GET published_posts': published,
    'GET insights': route('facebook.page.insights', pageInsights, ['metric', 'period', 'since', 'until']),
    'GET scheduled_posts': route('facebook.posts.list', listScheduled, list),
  },
  post: {
    GET: route('facebook.post.read', readPost, read),
    POST: route('facebook.post.update', updatePost, ['is_published', 'message']),
    DELETE: route('facebook.post.delete', deletePost),
    'GET insights': route('facebook.post.insights', postInsights, ['metric', 'period']),
    'POST comments': route('facebook.comments.create', createPostComment, ['message']),
    'GET comments': route('facebook.comments.list', listPostComments, [...list, 'order', 'filter', 'summary']),
  },
  photo: {
    GET: route('facebook.photo.read', readPhoto, read),
    DELETE: route('facebook.photo.delete', deletePhoto),
  },
  video: {
    GET: route('facebook.video.read', readVideo, read),
    DELETE: route('facebook.video.delete', deleteVideo),
  },
  postComment: {
    GET: route('facebook.comment.read', readPostComment, read),
    DELETE: route('facebook.comment.delete', deletePostComment),
  },
  instagram: {
    GET: route('instagram.user.read', readAccount, read),
    'POST media': route('instagram.media.create', createContainer, containerParameters),
    'GET media': route('instagram.media.list', listMedia, list),
    'GET stories': route('instagram.stories.list', listStories, list),
    'POST media_publish': route('instagram.media_publish', publishContainer, ['creation_id']),
    'GET insights': route('instagram.user.insights', accountInsights, [
      'metric',
      'period',
      'since',
      'until',
      'metric_type',
    ]),
    'GET content_publishing_limit': route('instagram.content_publishing_limit', publishingLimit, ['fields', 'since']),
  },
  container: {
    GET: route('instagram.container.read', readContainer, read),
  },
  media: {
    GET: route('instagram.media.read', readMedia, read),
    DELETE: route('instagram.media.delete', deleteMedia),
    'GET insights': route('instagram.media.insights', mediaInsights, ['metric', 'period']),
    'POST comments': route('instagram.comments.create', createMediaComment, ['message', 'fields']),
    'GET comments': route('instagram.comments.list', listMediaComments, list),
  },
  mediaComment: {
    GET: route('instagram.comment.read', readMediaComment, read),
    DELETE: route('instagram.comment.delete', deleteMediaComment),
  },
};

const instagramKinds: NodeKind[] = ['instagram', 'container', 'media', 'mediaComment'];

/** What an id stands for on a host; deleted posts and comments are still known by their shape. */
export function kindOf(world: World, id: string, product: 'facebook' | 'instagram'): NodeKind | undefined {
  const kind = anyKind(world, id);
  return product === 'facebook' || (kind !== undefined && instagramKinds.includes(kind)) ? kind : undefined;
}

function anyKind(world: World, id: string): NodeKind | undefined {
  const state = world.store.value;
  if (id in state.people) return 'person';
  if (id in state.pages) return 'page';
  if (id in state.photos) return 'photo';
  if (id in state.videos) return 'video';
  if (id in state.instagram) return 'instagram';
  if (id in state.containers) return 'container';
  if (id in state.media) return 'media';
  if (!/^\d+_\d+$/.test(id)) return id in state.comments ? 'mediaComment' : undefined;
  return (id.split('_')[0] as string) in state.pages ? 'post' : 'postComment';
}
