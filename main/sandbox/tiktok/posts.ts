import { followersOf, receptionOf } from '../audience.ts';
import type { FollowerPost } from '../simulator.ts';
import type { Creator, MediaFile, Publish, World } from './world.ts';

/** A draft that waits for the creator on the phone. */
export interface InboxDraft {
  publishId: string;
  account: { id: string; name: string };
  /** What the app sent along; empty for videos. */
  text: string;
  media: FollowerPost['media'];
  /** UTC milliseconds. */
  receivedAt: number;
}

export interface PublicVideo {
  id: string;
  creator: Creator;
  text: string;
  /** UTC milliseconds. */
  publishedAt: number;
  file: MediaFile | undefined;
}

/** Posts as followers see them, newest first; those for the creator alone are left out. */
export function publicPosts(world: World): FollowerPost[] {
  return published(world)
    .filter(({ publish }) => publish.privacy !== 'SELF_ONLY')
    .map(({ publish, creator, post }) => ({
      platform: 'tiktok',
      id: post.id,
      account: { id: creator.id, name: creator.nickname },
      text: publish.text,
      media: media(world, publish),
      comments: [],
      publishedAt: post.publishedAt,
      permalink: shareUrl(world, creator, post.id),
      isStory: false,
      aiLabel: publish.aiLabel,
    }));
}

/** The drafts in all inboxes, oldest first. */
export function inbox(world: World): InboxDraft[] {
  return Object.values(world.store.value.publishes)
    .filter(({ phase }) => phase === 'delivered')
    .map((publish) => {
      const { id, nickname } = creatorOf(world, publish);
      const account = { id, name: nickname };
      return {
        publishId: publish.id,
        account,
        text: publish.text,
        media: media(world, publish),
        receivedAt: publish.createdAt,
      };
    });
}

/** The videos of one account that everybody may see, newest first. */
export function publicVideos(world: World, creatorId: string): PublicVideo[] {
  return published(world)
    .filter(({ publish }) => publish.creatorId === creatorId && publish.privacy === 'PUBLIC_TO_EVERYONE')
    .filter(({ publish }) => publish.media === 'video')
    .map(({ publish, creator, post }) => ({ ...post, creator, text: publish.text, file: publish.files[0] }));
}

/** The published post with this id, if there is one. */
export function findPost(world: World, id: string): { publish: Publish; creator: Creator } | undefined {
  return published(world).find(({ post }) => post.id === id);
}

export function shareUrl(world: World, creator: Creator, postId: string): string {
  return `${world.origins.www}/@${creator.username}/video/${postId}`;
}

/** Lifetime views; TikTok shows a video to more people than follow its creator. */
export function views(world: World, { id, creator, publishedAt }: Pick<PublicVideo, 'id' | 'creator' | 'publishedAt'>) {
  return receptionOf(id, 2 * followersOf(creator.id), world.now() - publishedAt).views;
}

function published(world: World): { publish: Publish; creator: Creator; post: NonNullable<Publish['post']> }[] {
  return Object.values(world.store.value.publishes)
    .flatMap((publish) => (publish.post ? [{ publish, post: publish.post, creator: creatorOf(world, publish) }] : []))
    .toSorted((a, b) => b.post.publishedAt - a.post.publishedAt || (a.post.id < b.post.id ? 1 : -1));
}

function media(world: World, publish: Publish): FollowerPost['media'] {
  const kind = publish.media === 'video' ? 'video' : 'image';
  return publish.files.map(({ sha256 }) => ({ kind, url: `${world.origins.upload}/v/${sha256}`, alt: null }));
}

function creatorOf(world: World, publish: Publish): Creator {
  const creator = world.store.value.creators[publish.creatorId];
  if (creator === undefined) throw new Error(`The creator of ${publish.id} is gone.`);
  return creator;
}
