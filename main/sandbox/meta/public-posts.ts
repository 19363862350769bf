import type { FollowerPost } from '../simulator.ts';
import { mediaUrl } from './cdn.ts';
import { commentsOn, photosOf, postUrl } from './facebook-views.ts';
import { permalink } from './instagram-media.ts';
import { isOver } from './instagram-rules.ts';
import type { InstagramMedia, Post, StoredFile, World } from './state.ts';

/** Everything that followers of Pages and Instagram accounts see now, newest first. Stories last 24 h. */
export function publicPosts(world: World): FollowerPost[] {
  const state = world.store.value;
  const posts = Object.values(state.posts).flatMap((post) => followerPost(world, post) ?? []);
  const media = Object.values(state.media)
    .filter((item) => !isOver(world, item))
    .map((item) => followerMedia(world, item));
  return [...posts, ...media].reverse().sort((a, b) => b.publishedAt - a.publishedAt);
}

/** A Page post as followers see it; null while it is unpublished. */
export function followerPost(world: World, post: Post): FollowerPost | null {
  if (post.publishedAt === null) return null;
  const video = world.store.value.videos[post.videoId ?? '']?.file;
  const photos = photosOf(world, post).map((photo) => show(world, photo.file, photo.altText));
  return {
    platform: 'facebook',
    id: post.id,
    account: { id: post.pageId, name: world.store.value.pages[post.pageId]?.name ?? post.pageId },
    text: [post.message, post.link].filter((part) => part !== null && part !== '').join('\n'),
    media: video == null ? photos : [show(world, video, null)],
    comments: comments(world, post.id),
    publishedAt: post.publishedAt,
    permalink: postUrl(world, post),
    isStory: false,
    aiLabel: false,
  };
}

export function followerMedia(world: World, media: InstagramMedia): FollowerPost {
  return {
    platform: 'instagram',
    id: media.id,
    account: {
      id: media.instagramId,
      name: world.store.value.instagram[media.instagramId]?.username ?? media.instagramId,
    },
    text: media.caption,
    media: media.items.map((item) => show(world, item, item.altText)),
    comments: comments(world, media.id),
    publishedAt: media.publishedAt,
    permalink: permalink(world, media),
    isStory: media.productType === 'STORY',
    aiLabel: media.aiGenerated,
  };
}

function show(world: World, file: StoredFile, alt: string | null): FollowerPost['media'][number] {
  return { kind: file.kind, url: mediaUrl(world, file), alt };
}

function comments(world: World, targetId: string): FollowerPost['comments'] {
  return commentsOn(world, targetId).map((comment) => ({ author: comment.author.name, text: comment.text }));
}
