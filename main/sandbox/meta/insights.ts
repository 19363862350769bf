import { followersOf, type Reception, receptionOf } from '../audience.ts';
import type { Call } from './call.ts';
import { badParameter, missingObject } from './errors.ts';
import { isOver } from './instagram-rules.ts';
import { graphTime } from './listing.ts';
import { momentParameter, requiredParameter } from './request.ts';
import type { InstagramMedia, Post, World } from './state.ts';
import { managedInstagram, managedPage } from './tokens.ts';

const day = 24 * 3_600_000;
const longestSpan = 90 * day;

type Count = (reception: Reception) => number;

/**
 * Metrics of Page posts after the removals of November 2025 and June 2026. Those with parts answer an object and
 * nothing in it: our posts are seen by nobody in particular.
 */
const postMetrics: Record<string, Count | 'parts'> = {
  post_media_view: ({ views }) => views,
  post_total_media_view_unique: ({ viewers }) => viewers,
  post_clicks: ({ clicks }) => clicks,
  post_video_views: ({ views }) => views,
  post_reactions_like_total: ({ likes }) => likes,
  post_reactions_love_total: () => 0,
  post_reactions_wow_total: () => 0,
  post_reactions_haha_total: () => 0,
  post_reactions_sorry_total: () => 0,
  post_reactions_anger_total: () => 0,
  post_reactions_by_type_total: 'parts',
  post_clicks_by_type: 'parts',
  post_activity_by_action_type: 'parts',
};

const pageMetrics = [
  'page_media_view',
  'page_total_media_view_unique',
  'page_post_engagements',
  'page_views_total',
  'page_follows',
  'page_daily_follows',
  'page_daily_follows_unique',
  'page_daily_unfollows_unique',
  'page_total_actions',
  'page_video_views',
];

const everyMedia: Record<string, Count> = {
  views: ({ views }) => views,
  reach: ({ viewers }) => viewers,
  shares: ({ shares }) => shares,
  reposts: () => 0,
  total_interactions: ({ likes, comments, saves, shares }) => likes + comments + saves + shares,
};
const feedAndReels: Record<string, Count> = {
  ...everyMedia,
  likes: ({ likes }) => likes,
  comments: ({ comments }) => comments,
  saved: ({ saves }) => saves,
};
const visits: Record<string, Count> = {
  follows: () => 1,
  profile_visits: ({ clicks }) => clicks,
  profile_activity: () => 0,
};

/** A metric of another product type is refused, from Meta's media insights reference. */
const mediaMetrics: Record<InstagramMedia['productType'], Record<string, Count>> = {
  FEED: { ...feedAndReels, ...visits },
  REELS: {
    ...feedAndReels,
    ig_reels_avg_watch_time: () => 4_200,
    ig_reels_video_view_total_time: ({ views }) => views * 4_200,
    reels_skip_rate: () => 31,
    crossposted_views: () => 0,
    facebook_views: () => 0,
  },
  STORY: { ...everyMedia, ...visits, replies: () => 0, navigation: () => 0, link_clicks: () => 0 },
};

/** Account metrics that are given as one total of the days asked about. */
const totalMetrics = [
  'views',
  'accounts_engaged',
  'total_interactions',
  'likes',
  'comments',
  'saves',
  'shares',
  'follows_and_unfollows',
  'profile_links_taps',
];

/** `GET /{page-id}/insights?metric=&period=day`: one value for each day. */
export function pageInsights(call: Call): object {
  const { world, session, request } = call;
  const page = managedPage(world, session, request, call.id, { scope: 'read_insights', task: 'ANALYZE' });
  const metrics = metricsIn(call, pageMetrics, facebookRefusal);
  const values = (metric: string) =>
    daysIn(call).map((at) => ({ value: pageValue(page.id, metric), end_time: graphTime(at) }));
  return {
    data: metrics.map((name) => ({
      name,
      period: 'day',
      values: values(name),
      title: name,
      description: '',
      id: `${page.id}/insights/${name}/day`,
    })),
  };
}

function pageValue(pageId: string, metric: string): number {
  const followers = followersOf(pageId);
  if (metric === 'page_follows') return followers;
  if (metric.includes('unfollows')) return 0;
  return metric.includes('follows') ? 1 : Math.floor(followers / 8);
}

/** `GET /{post-id}/insights?metric=`: one value since it went live. */
export function postInsights(call: Call): object {
  const { world, session, request } = call;
  const post = world.store.value.posts[call.id];
  if (post === undefined) throw missingObject(request.method, call.id);
  managedPage(world, session, request, post.pageId, { scope: 'read_insights', task: 'ANALYZE' });
  const metrics = metricsIn(call, Object.keys(postMetrics), facebookRefusal);
  const reception = receptionOfPost(world, post);
  return {
    data: metrics.map((name) => {
      const count = postMetrics[name] as Count | 'parts';
      const value = count === 'parts' ? {} : count(reception);
      return {
        name,
        period: 'lifetime',
        values: [{ value }],
        title: name,
        description: '',
        id: `${post.id}/insights/${name}/lifetime`,
      };
    }),
  };
}

/** What followers did with a Page post; an unpublished one has met nobody. */
export function receptionOfPost(world: World, post: Post): Reception {
  const age = post.publishedAt === null ? 0 : world.now() - post.publishedAt;
  return receptionOf(post.id, post.publishedAt === null ? 0 : followersOf(post.pageId), age);
}

/** `GET /{ig-id}/insights`: `reach` by day, everything else as a total with `metric_type=total_value`. */
export function accountInsights(call: Call): object {
  const { world, session, request } = call;
  const account = managedInstagram(world, session, request, call.id, 'insights');
  const metrics = metricsIn(call, ['reach', ...totalMetrics], instagramRefusal);
  if (request.parameters.period !== 'day') throw badParameter('The period must be day');
  const isTotal = request.parameters.metric_type === 'total_value';
  const misplaced = metrics.filter((name) => !isTotal && totalMetrics.includes(name));
  if (misplaced.length > 0) {
    throw badParameter(
      `The following metrics (${misplaced.join(', ')}) should be specified with parameter metric_type=total_value`,
    );
  }
  const value = Math.floor(followersOf(account.id) / 6);
  const values = daysIn(call).map((at) => ({ value, end_time: graphTime(at) }));
  return {
    data: metrics.map((name) => ({
      name,
      period: 'day',
      title: name,
      description: '',
      ...(isTotal ? { total_value: { value } } : { values }),
      id: `${account.id}/insights/${name}/day`,
    })),
  };
}

/** `GET /{media-id}/insights?metric=`. */
export function mediaInsights(call: Call): object {
  const { world, session, request } = call;
  const media = world.store.value.media[call.id];
  if (media === undefined || isOver(world, media)) throw missingObject(request.method, call.id);
  const account = managedInstagram(world, session, request, media.instagramId, 'insights');
  const counts = mediaMetrics[media.productType];
  const metrics = metricsIn(call, Object.keys(counts), instagramRefusal);
  const reception = receptionOf(media.id, followersOf(account.id), world.now() - media.publishedAt);
  return {
    data: metrics.map((name) => ({
      name,
      period: 'lifetime',
      values: [{ value: counts[name]?.(reception) }],
      title: name,
      description: '',
      id: `${media.id}/insights/${name}/lifetime`,
    })),
  };
}

type Refusal = (index: number, valid: string[]) => string;
const facebookRefusal: Refusal = () => 'The value must be a valid insights metric';
const instagramRefusal: Refusal = (index, valid) =>
  `metric[${index}] must be one of the following values: ${valid.join(', ')}`;

/** The metrics asked for. One that does not exist (any more) fails the whole call. @throws GraphFailure 100 */
function metricsIn({ world, request }: Call, known: string[], refusal: Refusal): string[] {
  const valid = known.filter((metric) => !world.settings.removedMetrics.includes(metric));
  const metrics = requiredParameter(request, 'metric').split(',');
  for (const [index, metric] of metrics.entries()) {
    if (!valid.includes(metric)) throw badParameter(refusal(index, valid));
  }
  return metrics;
}

/** The ends of the days asked for, at most 90; without `since` and `until` the last two. */
function daysIn({ world, request }: Call): number[] {
  const until = momentParameter(request, 'until') ?? Math.floor(world.now() / day) * day;
  const since = momentParameter(request, 'since') ?? until - 2 * day;
  if (since >= until || until - since > longestSpan) {
    throw badParameter('There cannot be more than 90 days between since and until');
  }
  const days: number[] = [];
  for (let at = since + day; at <= until; at += day) days.push(at);
  return days;
}
