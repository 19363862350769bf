import { z } from 'zod';
import type { AccountMetric, Metrics, PostMetric } from '../../shared/domain/metrics.ts';
import type { AccountAccess, NetworkInsights, RefusedMetrics } from '../core/ports/networks.ts';
import type { Context } from './context.ts';
import { type Graph, parseBody } from './graph.ts';
import { isMissing, type Names, readCounts, readInsights } from './graph-insights.ts';
import type { InstagramWay } from './instagram-ways.ts';
import { lastDays } from './last-days.ts';

/** Metrics that pictures and reels have in common, from Meta's Instagram media insights reference. */
const mediaInsights: Names<PostMetric> = {
  views: 'views',
  reach: 'viewers',
  likes: 'likes',
  comments: 'comments',
  saved: 'saves',
  shares: 'shares',
  reposts: 'reposts',
  total_interactions: 'interactions',
};
/** Pictures and carousels only: a reel refuses them. */
const feedInsights: Names<PostMetric> = { ...mediaInsights, follows: 'follows', profile_visits: 'profileVisits' };

/** Of a story; what people write to it are messages, which is why they are no comments. */
const storyInsights: Names<PostMetric> = {
  views: 'views',
  reach: 'viewers',
  shares: 'shares',
  reposts: 'reposts',
  total_interactions: 'interactions',
  follows: 'follows',
  profile_visits: 'profileVisits',
};

const accountCounts: Names<AccountMetric> = {
  followers_count: 'followers',
  follows_count: 'following',
  media_count: 'posts',
};
/** A time series by day. */
const accountSeries: Names<AccountMetric> = { reach: 'viewers' };
/** Given as one total of the days asked about, with `metric_type=total_value` only. */
const accountTotals: Names<AccountMetric> = {
  views: 'views',
  accounts_engaged: 'engaged',
  total_interactions: 'interactions',
};

/** Figures of an Instagram account and its media. */
export function instagramInsights(
  { clock }: Pick<Context, 'clock'>,
  wayOf: (account: AccountAccess) => Pick<InstagramWay, 'graph' | 'scopes'>,
): NetworkInsights {
  return {
    postsAtOnce: 1,

    async ofPosts(account, remoteIds, refused) {
      const { graph, scopes } = wayOf(account);
      if (!account.scopes.includes(scopes.insights)) return null;
      const found = new Map<string, Metrics<PostMetric>>();
      for (const id of remoteIds) {
        const metrics = await ofMedia(graph, account, id, refused);
        if (metrics !== null) found.set(id, metrics);
      }
      return found;
    },

    async ofAccount(account, refused) {
      const { graph, scopes } = wayOf(account);
      if (!account.scopes.includes(scopes.profile)) return null;
      const question = { graph, account, subject: 'account', refused } as const;
      const counts = await readCounts({ ...question, names: accountCounts }, account.remoteId);
      if (!account.scopes.includes(scopes.insights)) return counts;
      const { since, until } = lastDays(clock.now());
      const yesterday = { period: 'day', since: String((Number(since) + Number(until)) / 2), until };
      return {
        ...counts,
        ...(await readInsights({ ...question, names: accountSeries }, account.remoteId, yesterday)),
        ...(await readInsights({ ...question, names: accountTotals }, account.remoteId, {
          ...yesterday,
          metric_type: 'total_value',
        })),
      };
    },
  };
}

const kindSchema = z.object({ media_product_type: z.string() });

/** Null where there is nothing to be seen, and for kinds of media that we do not publish. */
async function ofMedia(
  graph: Graph,
  account: AccountAccess,
  id: string,
  refused: RefusedMetrics,
): Promise<Metrics<PostMetric> | null> {
  try {
    const body = await graph.getSparingly(account, id, { fields: 'media_product_type' });
    const kind = parseBody(kindSchema, body).media_product_type;
    const question = { graph, account, refused };
    if (kind === 'REELS') return await readInsights({ ...question, subject: 'reel', names: mediaInsights }, id);
    if (kind === 'STORY') return await readInsights({ ...question, subject: 'story', names: storyInsights }, id);
    if (kind === 'FEED') return await readInsights({ ...question, subject: 'post', names: feedInsights }, id);
    return null;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
