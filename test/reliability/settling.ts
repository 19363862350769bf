import type { z } from 'zod';
import type { attemptSchema, Post } from '../../shared/contract/pipeline.ts';
import type { Host } from '../e2e/host.ts';
import type { Services } from '../e2e/services.ts';

type Attempt = z.infer<typeof attemptSchema>;

/** A post as it was found in the end, and its attempts. */
export interface Found {
  post: Post;
  attempts: Attempt[];
  /** Nothing of it is open any more. */
  isAtRest: boolean;
}

/** F of the slowest network, its deadline, two look-ups, what is left of retries, and turns of five minutes. */
export const longestSettlingMs = 25 * 60_000;
const askAgainMs = 250;

/**
 * Waits until nothing is open any more: no target, and no attempt of a post or a comment. What the app
 * holds because its time was over, a person releases.
 * @param withinMs waits no longer; the rest is answered as it is then
 */
export async function settle(host: Host, posts: readonly Post[], withinMs: number): Promise<Found[]> {
  const deadline = performance.now() + withinMs;
  let found = await Promise.all(posts.map(({ id }) => look(host, id)));
  while (found.some(({ isAtRest }) => !isAtRest) && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, askAgainMs));
    found = await Promise.all(found.map((one) => (one.isAtRest ? Promise.resolve(one) : look(host, one.post.id))));
  }
  return found;
}

async function look(host: Host, id: string): Promise<Found> {
  const post = await host.api<Post>('GET', `/api/pipeline/${id}`);
  if (isOverdue(post)) await host.api('POST', `/api/pipeline/${id}/retry`, {});
  const { items: attempts } = await host.api<{ items: Attempt[] }>('GET', `/api/pipeline/${id}/logs`);
  return { post, attempts, isAtRest: hasEnded(post, attempts) };
}

/** Held by nothing but its time. */
function isOverdue({ targets }: Post): boolean {
  return targets.some(({ status, error }) => status === 'held' && error !== null && overdue.has(error.code));
}

const overdue = new Set(['late', 'crowded', 'after_stop']);

function hasEnded(post: Post, attempts: readonly Attempt[]): boolean {
  if (isOverdue(post) || !post.targets.every(({ status }) => ended.has(status))) return false;
  return post.targets.every((target) => {
    const ours = attempts.filter((attempt) => attempt.targetId === target.id);
    const comments = ours.filter(({ kind }) => kind === 'first_comment');
    const isCommentOver = target.status !== 'published' || comments.some(({ state }) => isOver(state));
    return isCommentOver && ours.every(({ state }) => isOver(state) || state === 'not_sent');
  });
}

const ended = new Set<string>(['published', 'held', 'failed']);

function isOver(state: string): boolean {
  return state === 'published' || state === 'rejected' || state === 'needs_human';
}

/** What followers see decides; of a post that is not at rest, only that nothing of it is there twice. */
export function judge({ meta }: Services, posts: readonly Found[]): string[] {
  const seen = meta.publicPosts();
  return posts.flatMap(({ post, isAtRest }) =>
    post.targets.flatMap((target) => {
      const name = `“${post.caption}” on ${target.platform}`;
      const live = seen.filter(({ platform, text }) => platform === target.platform && text === post.caption);
      const comments = live.flatMap((one) => one.comments.filter(({ text }) => text === post.firstComment));
      const wrong: string[] = [];
      if (live.length > 1) wrong.push(`I1 ${name} is live ${live.length} times`);
      if (comments.length > 1) wrong.push(`I1 the comment of ${name} is there ${comments.length} times`);
      if (!isAtRest) return wrong;
      if (live.length === 0) wrong.push(`I2 ${name} is not live; it is ${target.status}: ${target.error?.message}`);
      if (target.status !== 'published') wrong.push(`I3 ${name} is ${target.status}: ${target.error?.message}`);
      if (comments.length === 0) wrong.push(`I2 the comment of ${name} is missing: ${target.error?.message}`);
      return wrong;
    }),
  );
}

/** What is still open, and why. */
export function unended(posts: readonly Found[]): string[] {
  return posts
    .filter(({ isAtRest }) => !isAtRest)
    .map(({ post: { caption, targets }, attempts }) => {
      const states = targets.map(({ platform, status, error }) => `${platform} ${status} ${error?.code ?? ''}`.trim());
      const open = attempts.filter(({ state }) => !isOver(state)).map(({ kind, state }) => `${kind} ${state}`);
      return `I2 “${caption}” did not come to an end: ${[...states, ...open].join(', ')}`;
    });
}

/** How long each attempt that had lost its answer took to become clear, ms. */
export function unknownFor(posts: readonly Found[]): number[] {
  return posts.flatMap(({ attempts }) =>
    attempts.flatMap(({ events }) => {
      const since = events.findIndex(({ kind }) => kind === 'unknown');
      const end = events.find(({ kind }, index) => index > since && clear.has(kind));
      const from = events[since];
      return since < 0 || from === undefined || end === undefined ? [] : [Date.parse(end.at) - Date.parse(from.at)];
    }),
  );
}

const clear = new Set(['published', 'failed', 'not_sent', 'needs_human']);
