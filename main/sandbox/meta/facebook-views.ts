import { mediaUrl } from './cdn.ts';
import { type FieldRequest, type NodeType, type NodeView, project } from './fields.ts';
import { receptionOfPost } from './insights.ts';
import { graphTime, nestedEdge } from './listing.ts';
import type { Comment, Photo, Post, StoredFile, World } from './state.ts';

export const postType: NodeType = { name: 'Post', defaults: ['created_time', 'message', 'id'] };
export const commentType: NodeType = { name: 'Comment', defaults: ['created_time', 'from', 'message', 'id'] };
const attachmentType: NodeType = {
  name: 'StoryAttachment',
  defaults: ['description', 'media', 'media_type', 'target', 'title', 'type', 'url', 'subattachments'],
};
const likeType: NodeType = { name: 'Profile', defaults: ['id', 'name'] };

/** A Page post as Graph shows it. `post_id` is not among its fields: that one belongs to photos and videos. */
export function postView(world: World, post: Post): NodeView {
  const page = world.store.value.pages[post.pageId];
  const app = world.store.value.apps[post.appId];
  const reception = receptionOfPost(world, post);
  const likes = (field: FieldRequest): object => likesEdge(reception.likes, field);
  return {
    id: post.id,
    message: post.message === '' ? undefined : post.message,
    created_time: graphTime(post.publishedAt ?? post.createdAt),
    updated_time: graphTime(Math.max(post.updatedAt, post.publishedAt ?? 0)),
    permalink_url: postUrl(world, post),
    full_picture: () => picture(world, post),
    picture: () => picture(world, post, 130),
    is_published: post.publishedAt !== null,
    is_hidden: false,
    is_expired: false,
    scheduled_publish_time: post.scheduledFor === null ? undefined : Math.floor(post.scheduledFor / 1000),
    status_type: statusType(post),
    story: undefined,
    shares: reception.shares === 0 ? undefined : { count: reception.shares },
    from: { name: page?.name, id: post.pageId },
    application: { name: app?.name, id: post.appId },
    attachments: (field: FieldRequest) => attachments(world, post, field),
    comments: (field: FieldRequest) =>
      nestedEdge(
        commentType,
        commentsOn(world, post.id).map((comment) => commentView(comment)),
        field,
      ),
    reactions: likes,
    likes,
  };
}

/** Who they are is not told to apps, how many they are is. */
function likesEdge(count: number, field: FieldRequest): object {
  const edge = nestedEdge(likeType, [], field);
  return field.modifiers.summary === undefined ? edge : { ...edge, summary: { total_count: count } };
}

/** Where a click on the post leads: the simulator's own page of the post. */
export function postUrl(world: World, post: Post): string {
  const video = world.store.value.videos[post.videoId ?? ''];
  if (video?.reel === true) return `${world.origins.www}/reel/${video.id}`;
  return `${world.origins.www}/${post.pageId}/posts/${post.id.split('_')[1]}`;
}

export function commentView(comment: Comment): NodeView {
  return {
    id: comment.id,
    message: comment.text,
    created_time: graphTime(comment.createdAt),
    from: comment.author,
    like_count: 0,
    comment_count: 0,
    is_hidden: false,
  };
}

/** The comments on a post or Instagram media, oldest first. */
export function commentsOn(world: World, targetId: string): Comment[] {
  return Object.values(world.store.value.comments)
    .filter((comment) => comment.targetId === targetId)
    .sort((a, b) => a.createdAt - b.createdAt);
}

/** The photos of a post that still exist, in their order. */
export function photosOf(world: World, post: Post): Photo[] {
  return post.photoIds.flatMap((id) => world.store.value.photos[id] ?? []);
}

function statusType(post: Post): string {
  if (post.videoId !== null) return 'added_video';
  if (post.photoIds.length > 0) return 'added_photos';
  return post.link === null ? 'mobile_status_update' : 'shared_story';
}

function picture(world: World, post: Post, width?: number): string | undefined {
  const photo = photosOf(world, post)[0];
  return photo && mediaUrl(world, photo.file, width);
}

function attachments(world: World, post: Post, field: FieldRequest): object | undefined {
  const photos = photosOf(world, post);
  const video = world.store.value.videos[post.videoId ?? ''];
  const views: NodeView[] = [];
  if (photos.length === 1) views.push(photoAttachment(world, photos[0] as Photo));
  else if (photos.length > 1) views.push(albumAttachment(world, post, photos));
  else if (video !== undefined) {
    const url = postUrl(world, post);
    views.push({ ...emptyAttachment, media_type: 'video', type: 'video_inline', target: { id: video.id, url }, url });
  } else if (post.link !== null) {
    views.push({ ...emptyAttachment, media_type: 'link', type: 'share', target: { url: post.link }, url: post.link });
  }
  return views.length === 0 ? undefined : nestedEdge(attachmentType, views, field);
}

const emptyAttachment: NodeView = {
  description: undefined,
  description_tags: undefined,
  media: undefined,
  title: undefined,
  unshimmed_url: undefined,
  subattachments: undefined,
};

function photoAttachment(world: World, photo: Photo): NodeView {
  const url = `${world.origins.www}/photo.php?fbid=${photo.id}`;
  return {
    ...emptyAttachment,
    media_type: 'photo',
    type: 'photo',
    media: () => ({ image: image(world, photo.file) }),
    target: { id: photo.id, url },
    description: photo.caption === '' ? undefined : photo.caption,
    url,
  };
}

function albumAttachment(world: World, post: Post, photos: Photo[]): NodeView {
  const url = postUrl(world, post);
  const items = photos.map((photo) => photoAttachment(world, photo));
  return {
    ...emptyAttachment,
    media_type: 'album',
    type: 'album',
    media: () => ({ image: image(world, (photos[0] as Photo).file) }),
    target: { id: post.id.split('_')[1], url },
    title: 'Photos from the post',
    url,
    subattachments: (field: FieldRequest) => ({
      data: items.map((item) => project(attachmentType, item, field.fields)),
    }),
  };
}

function image(world: World, file: StoredFile): object {
  return { height: file.height, src: mediaUrl(world, file), width: file.width };
}
