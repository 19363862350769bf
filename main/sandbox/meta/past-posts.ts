import { postUrl } from './facebook-views.ts';
import { permalink, shortcode } from './instagram-media.ts';
import { acceptPagePhoto } from './media-checks.ts';
import { nextId, type Post, type World } from './state.ts';

/** A post that was made before the sandbox was there. */
export interface PastPost {
  /** The Page's or Instagram account's id. */
  accountId: string;
  text: string;
  /** A JPEG. */
  picture: Uint8Array;
  altText: string;
  /** UTC ms. */
  publishedAt: number;
}

/** Puts a post of the past where followers, the API and the ledger have it; the caller saves. */
export async function addPastPost(
  world: World,
  network: 'facebook' | 'instagram',
  past: PastPost,
): Promise<{ remoteId: string; permalink: string }> {
  const file = await acceptPagePhoto(world, past.picture);
  const { accountId, text, altText, publishedAt } = past;
  const note = (postId: string): void =>
    world.ledger.append({
      at: publishedAt,
      operation: network === 'facebook' ? 'facebook.published' : 'instagram.published',
      status: 200,
      detail: { accountId, postId, text },
    });
  if (network === 'instagram') {
    const id = `180${nextId(world, '19').slice(1)}`;
    const items = [{ ...file, id: `181${nextId(world, '19').slice(1)}`, altText }];
    const kind = { type: 'IMAGE', productType: 'FEED', aiGenerated: false } as const;
    const media = { id, instagramId: accountId, shortcode: shortcode(id), ...kind, items, caption: text, publishedAt };
    world.store.value.media[id] = media;
    note(id);
    return { remoteId: id, permalink: permalink(world, media) };
  }
  const photoId = nextId(world, '12');
  const post: Post = {
    id: `${accountId}_${nextId(world, '13')}`,
    pageId: accountId,
    appId: Object.keys(world.store.value.apps)[0] ?? '',
    message: text,
    link: null,
    photoIds: [photoId],
    videoId: null,
    createdAt: publishedAt,
    updatedAt: publishedAt,
    publishedAt,
    scheduledFor: null,
  };
  const made = { pageId: accountId, caption: text, createdAt: publishedAt };
  world.store.value.photos[photoId] = { id: photoId, file, altText, postId: post.id, ...made };
  world.store.value.posts[post.id] = post;
  note(post.id);
  return { remoteId: post.id, permalink: postUrl(world, post) };
}
