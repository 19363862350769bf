import type { z } from 'zod';
import type { attemptSchema, Post } from '../../shared/contract/pipeline.ts';
import { type Host, until } from '../e2e/host.ts';
import type { Services } from '../e2e/services.ts';

type Attempt = z.infer<typeof attemptSchema>;

/** A post that has come to its end, and its attempts. */
export interface Ended {
  post: Post;
  attempts: Attempt[];
}

/** F of the slowest network, its deadline, two look-ups, what is left of retries, and turns of five minutes. */
const settleWithinMs = 25 * 60_000;

/**
 * Waits until nothing is open any more: no target, and no attempt of a post or a comment. What the app
 * holds because its time was over, a person releases.
 */
export async function settle(host: Host, posts: readonly Post[]): Promise<Ended[]> {
  const ended: Ended[] = [];
  await until(
    'every post and comment has ended',
    async () => {
      for (const { id } of posts.slice(ended.length)) {
        const post = await host.api<Post>('GET', `/api/pipeline/${id}`);
        if (isOverdue(post)) await host.api('POST', `/api/pipeline/${id}/retry`, {});
        const { items } = await host.api<{ items: Attempt[] }>('GET', `/api/pipeline/${id}/logs`);
        if (!isAtRest(post, items)) return false;
        ended.push({ post, attempts: items });
      }
      return true;
    },
    settleWithinMs,
  );
  return ended;
}

/** Held by nothing but its time. */
function isOverdue({ targets }: Post): boolean {
  return targets.some(({ status, error }) => status === 'held' && error !== null && overdue.has(error.code));
}

const overdue = new Set(['late', 'crowded', 'after_stop']);

function isAtRest(post: Post, attempts: readonly Attempt[]): boolean {
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

/** What followers see decides. */
export function judge({ meta }: Services, posts: readonly Ended[]): string[] {
  const seen = meta.publicPosts();
  return posts.flatMap(({ post }) =>
    post.targets.flatMap((target) => {
      const name = `“${post.caption}” on ${target.platform}`;
      const live = seen.filter(({ platform, text }) => platform === target.platform && text === post.caption);
      const comments = live.flatMap((one) => one.comments.filter(({ text }) => text === post.firstComment));
      const wrong: string[] = [];
      if (live.length > 1) wrong.push(`I1 ${name} is live ${live.length} times`);
      if (live.length === 0) wrong.push(`I2 ${name} is not live; it is ${target.status}: ${target.error?.message}`);
      if (target.status !== 'published') wrong.push(`I3 ${name} is ${target.status}: ${target.error?.message}`);
      if (comments.length > 1) wrong.push(`I1 the comment of ${name} is there ${comments.length} times`);
      if (comments.length === 0) wrong.push(`I2 the comment of ${name} is missing: ${target.error?.message}`);
      return wrong;
    }),
  );
}

/** How long each attempt that had lost its answer took to become clear, ms. */
export function unknownFor(posts: readonly Ended[]): number[] {
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
