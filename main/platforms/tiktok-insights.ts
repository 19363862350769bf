import { z } from 'zod';
import type { AccountMetric, Metrics, PostMetric } from '../../shared/domain/metrics.ts';
import type { Failure, NetworkInsights } from '../core/ports/networks.ts';
import { askMetrics, type MetricVerdict } from './ask-metrics.ts';
import { parseData, type TikTokApi } from './tiktok-api.ts';

/** Fields of the video object of TikTok's Display API: totals since the video went live. */
const videoFields: Record<string, PostMetric> = {
  view_count: 'views',
  like_count: 'likes',
  comment_count: 'comments',
  share_count: 'shares',
};

/** Fields of its user object. */
const userFields: Record<string, AccountMetric> = {
  follower_count: 'followers',
  following_count: 'following',
  likes_count: 'likes',
  video_count: 'posts',
};

/** Figures of a TikTok account and its public videos; of others TikTok tells nothing. */
export function tiktokInsights(api: TikTokApi): NetworkInsights {
  return {
    // What one query takes.
    postsAtOnce: 20,

    async ofPosts(account, remoteIds, refused) {
      if (!account.scopes.includes('video.list')) return null;
      const body = { filters: { video_ids: remoteIds } };
      const question = { subject: 'post', refused, verdict } as const;
      const answers = await askMetrics(Object.keys(videoFields), question, async (fields) => {
        const { data } = await api.post(account, `/v2/video/query/?fields=${['id', ...fields].join(',')}`, body);
        return parseData(videosSchema, data).videos;
      });
      const found = new Map<string, Metrics<PostMetric>>();
      for (const video of answers.flat()) {
        found.set(video.id, { ...found.get(video.id), ...numbersIn(video, videoFields) });
      }
      return found;
    },

    async ofAccount(account, refused) {
      if (!account.scopes.includes('user.info.stats')) return null;
      const question = { subject: 'account', refused, verdict } as const;
      const answers = await askMetrics(Object.keys(userFields), question, async (fields) => {
        const { data } = await api.get(account, '/v2/user/info/', { fields: fields.join(',') });
        return parseData(userSchema, data).user;
      });
      return numbersIn(Object.assign({}, ...answers), userFields);
    },
  };
}

const videosSchema = z.object({ videos: z.array(z.looseObject({ id: z.string().min(1) })) });
const userSchema = z.object({ user: z.record(z.string(), z.unknown()) });

/** The Display API answers `invalid_params` to a field that it does not have. */
function verdict({ code, class: failureClass }: Failure): MetricVerdict {
  if (code === 'invalid_params') return 'refused';
  return failureClass === 'permission' ? 'silent' : 'failed';
}

function numbersIn<Ours extends string>(object: Record<string, unknown>, names: Record<string, Ours>): Metrics<Ours> {
  const found: Metrics<Ours> = {};
  for (const [name, ours] of Object.entries(names)) {
    const value = object[name];
    if (typeof value === 'number') found[ours] = value;
  }
  return found;
}
