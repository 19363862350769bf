import type { z } from 'zod';
import type { statsSchema } from '../../../shared/contract/admin.ts';
import { type PostStatus, postStatuses } from '../../../shared/domain/post.ts';
import type { CoreDeps } from '../deps.ts';
import { isoOrNull, monthStartOf } from '../instants.ts';
import { tightBudgets } from '../usage/budgets.ts';

const dayMs = 24 * 3_600_000;

export type Stats = z.infer<typeof statsSchema>;

/**
 * The agency at a glance; spend is that of the calendar month (UTC).
 * @param limitOfAll the month's limit for all AI calls, in millionths of a US dollar; null for none
 */
export async function readStats(
  { store, clock }: Pick<CoreDeps, 'store' | 'clock'>,
  limitOfAll: number | null,
): Promise<Stats> {
  const now = clock.now();
  const [clients, posts, dueNext24h, failures, postsAtRisk, accounts, nextDueAt, spend, budgets] = await Promise.all([
    store.clients.countByStatus(),
    store.posts.countByStatus(),
    store.posts.countDueBetween(now, now + dayMs),
    store.targets.countFailed(),
    countPostsAtRisk(store),
    store.accounts.listAll(),
    store.targets.nextDueAfter(now),
    store.usage.totals(monthStartOf(now), now + 1),
    tightBudgets({ store, clock }, limitOfAll),
  ]);
  return {
    clients: { total: Object.values(clients).reduce((sum, count) => sum + count, 0), active: clients.active ?? 0 },
    posts: Object.fromEntries(postStatuses.map((status) => [status, posts[status] ?? 0])) as Record<PostStatus, number>,
    dueNext24h,
    failures,
    postsAtRisk,
    accountsToReconnect: accounts.filter(({ status }) => status === 'reconnect').length,
    nextDueAt: isoOrNull(nextDueAt),
    spend,
    budgets,
  };
}

/** Posts that are approved, wait, and would not go out as things stand. */
async function countPostsAtRisk({ preflights, targets, posts }: CoreDeps['store']): Promise<number> {
  const waiting = new Set<string>();
  for (const { targetId } of await preflights.atRisk()) {
    const target = await targets.get(targetId);
    const post = target?.status === 'pending' ? await posts.get(target.postId) : undefined;
    if (post !== undefined && post.approvedHash !== null) waiting.add(post.id);
  }
  return waiting.size;
}
