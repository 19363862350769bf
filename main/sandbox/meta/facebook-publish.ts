import type { Call } from './call.ts';
import { badParameter, GraphFailure } from './errors.ts';
import { nextId, type Post, recordPublic, type World } from './state.ts';

const day = 24 * 3_600_000;
const longestMessage = 63_206;

export interface NewPost {
  message: string;
  link?: string | null;
  photoIds?: string[];
  videoId?: string | null;
  published: boolean;
  /** UTC milliseconds; only with `published: false`. */
  scheduledFor?: number | null;
}

/** Creates a post of the Page and, when asked, makes it public. @throws GraphFailure 100 or 506 */
export function createPost(call: Call, input: NewPost): Post {
  const { world } = call;
  const pageId = call.session.token.pageId ?? call.id;
  checkMessage(world, pageId, input.message);
  const post: Post = {
    id: `${pageId}_${nextId(world, '13')}`,
    pageId,
    appId: call.session.token.appId,
    message: input.message,
    link: input.link ?? null,
    photoIds: input.photoIds ?? [],
    videoId: input.videoId ?? null,
    createdAt: world.now(),
    updatedAt: world.now(),
    publishedAt: null,
    scheduledFor: input.scheduledFor ?? null,
  };
  world.store.value.posts[post.id] = post;
  for (const id of post.photoIds) {
    const photo = world.store.value.photos[id];
    if (photo !== undefined) photo.postId = post.id;
  }
  Object.assign(call.detail, { pageId, postId: post.id, published: input.published });
  if (input.published) publishPost(world, post, world.now());
  return post;
}

/** Followers see the post from `at` on. Publishing a public post again changes nothing. */
export function publishPost(world: World, post: Post, at: number): void {
  if (post.publishedAt !== null) return;
  post.publishedAt = at;
  post.scheduledFor = null;
  recordPublic(world, 'facebook.published', { accountId: post.pageId, postId: post.id, text: post.message });
}

/** Makes public what was scheduled for a moment that has come. */
export function publishScheduled(world: World): void {
  const due = Object.values(world.store.value.posts).filter(
    (post) => post.scheduledFor !== null && post.scheduledFor <= world.now(),
  );
  for (const post of due) publishPost(world, post, post.scheduledFor as number);
  if (due.length > 0) world.store.save();
}

/** @throws GraphFailure 100 for a text that is too long, 506 for a duplicate when those are refused */
export function checkMessage(world: World, pageId: string, message: string): void {
  if (message.length > longestMessage) throw badParameter('The message is too long');
  if (world.settings.duplicatePosts === 'accept' || message === '') return;
  const twin = Object.values(world.store.value.posts).some(
    (post) =>
      post.pageId === pageId &&
      post.message === message &&
      post.publishedAt !== null &&
      post.publishedAt > world.now() - day,
  );
  if (twin) {
    throw new GraphFailure({
      code: 506,
      message: '(#506) Duplicate status message',
      title: 'Duplicate post',
      userMessage: 'This status update is identical to the last one you posted. Try posting something different.',
    });
  }
}
