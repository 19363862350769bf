import type { AccountMetric, Metrics, PostMetric } from '../../shared/domain/metrics.ts';
import type { AccountAccess, NetworkInsights, RefusedMetrics } from '../core/ports/networks.ts';
import type { Context } from './context.ts';
import type { Graph } from './graph.ts';
import { isMissing, type Names, readCounts, readInsights } from './graph-insights.ts';
import { lastDays } from './last-days.ts';

/** Metrics of posts that live on after Meta's removals of November 2025 and June 2026, from its Page insights reference. */
const postInsights: Names<PostMetric> = {
  post_media_view: 'views',
  post_total_media_view_unique: 'viewers',
  post_clicks: 'clicks',
};

/** Counts that need no insights. */
const postCounts: Names<PostMetric> = {
  'reactions.summary(total_count).limit(0)': 'likes',
  'comments.summary(true).limit(0)': 'comments',
  shares: 'shares',
};

/** Metrics of Pages, by day; a Page with fewer than 100 followers has none. */
const pageInsights: Names<AccountMetric> = {
  page_follows: 'followers',
  page_daily_follows_unique: 'newFollowers',
  page_daily_unfollows_unique: 'lostFollowers',
  page_media_view: 'views',
  page_total_media_view_unique: 'viewers',
  page_post_engagements: 'interactions',
  page_views_total: 'profileVisits',
};

/** Figures of a Page and its posts. */
export function facebookInsights({ clock }: Pick<Context, 'clock'>, graph: Graph): NetworkInsights {
  return {
    postsAtOnce: 1,

    async ofPosts(account, remoteIds, refused) {
      if (!account.scopes.includes('pages_read_engagement')) return null;
      const found = new Map<string, Metrics<PostMetric>>();
      for (const id of remoteIds) {
        const metrics = await ofPost(graph, account, id, refused);
        if (metrics !== null) found.set(id, metrics);
      }
      return found;
    },

    async ofAccount(account, refused) {
      if (!account.scopes.includes('read_insights')) return null;
      const question = { graph, account, subject: 'account', refused, names: pageInsights } as const;
      return readInsights(question, account.remoteId, { period: 'day', ...lastDays(clock.now()) });
    },
  };
}

/** Null where there is nothing to be seen. A reel whose post is not known yet has its figures under another id. */
async function ofPost(
  graph: Graph,
  account: AccountAccess,
  id: string,
  refused: RefusedMetrics,
): Promise<Metrics<PostMetric> | null> {
  if (!id.startsWith(`${account.remoteId}_`)) return null;
  const question = { graph, account, subject: 'post', refused } as const;
  try {
    const counts = await readCounts({ ...question, names: postCounts }, id);
    if (!account.scopes.includes('read_insights')) return counts;
    return { ...counts, ...(await readInsights({ ...question, names: postInsights }, id)) };
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
