import { z } from 'zod';
import {
  type AccountAccess,
  type CreatorInfo,
  NetworkFailure,
  type OutgoingMedia,
  type Publication,
} from '../core/ports/networks.ts';
import type { Context } from './context.ts';
import { readPicture } from './picture.ts';
import { creatorInfoPath, initsPerMinute, oneTooMany, parseData, type TikTokApi } from './tiktok-api.ts';

const creatorSchema = z.object({
  creator_nickname: z.string(),
  creator_avatar_url: z.string().catch(''),
  creator_username: z.string(),
  privacy_level_options: z.array(z.string()),
  comment_disabled: z.boolean(),
  duet_disabled: z.boolean(),
  stitch_disabled: z.boolean(),
  max_video_post_duration_sec: z.number(),
});

type Creator = z.infer<typeof creatorSchema>;

/** What TikTok's creator info says of an account at this moment. @throws {NetworkFailure} also for caps, which come with HTTP 200 */
export async function queryCreator(api: TikTokApi, account: AccountAccess): Promise<Creator> {
  const { data } = await api.post(account, creatorInfoPath, {});
  return parseData(creatorSchema, data);
}

/** Like {@link queryCreator}, for whoever only wants to know: what posts need of the minute's calls is left to them. */
export async function queryCreatorSparingly(api: TikTokApi, account: AccountAccess): Promise<Creator> {
  const retryAt = api.freeFrom(account.remoteId, creatorInfoPath, initsPerMinute);
  if (retryAt !== null) throw new NetworkFailure(oneTooMany(retryAt));
  return queryCreator(api, account);
}

/** The same for a person who is to choose, with the picture. */
export async function creatorInfoOf(creator: Creator, context: Context): Promise<CreatorInfo> {
  return {
    nickname: creator.creator_nickname,
    username: creator.creator_username,
    avatar: await readPicture(context, creator.creator_avatar_url),
    privacyLevels: creator.privacy_level_options,
    commentDisabled: creator.comment_disabled,
    duetDisabled: creator.duet_disabled,
    stitchDisabled: creator.stitch_disabled,
    maxVideoSeconds: creator.max_video_post_duration_sec,
  };
}

/** A direct post's choices as TikTok takes them. Interaction is off unless a person switched it on and the creator allows it. */
export function postInfo({ text, options }: Publication, video: OutgoingMedia, creator: Creator): object {
  const { privacyLevel = '' } = options;
  if (!creator.privacy_level_options.includes(privacyLevel)) {
    const message = 'The account does not offer the chosen audience. Choose again who can see the video.';
    throw new NetworkFailure({ class: 'content', code: 'privacy_level_option_mismatch', message });
  }
  if (video.durationMs !== null && video.durationMs > creator.max_video_post_duration_sec * 1000) {
    const message = `This TikTok account may post videos of at most ${creator.max_video_post_duration_sec} seconds.`;
    throw new NetworkFailure({ class: 'content', code: 'duration', message });
  }
  return {
    title: text,
    privacy_level: privacyLevel,
    disable_comment: creator.comment_disabled || options.allowComment !== true,
    disable_duet: creator.duet_disabled || options.allowDuet !== true,
    disable_stitch: creator.stitch_disabled || options.allowStitch !== true,
    brand_content_toggle: options.brandContent ?? false,
    brand_organic_toggle: options.brandOrganic ?? false,
    is_aigc: video.aiMade,
  };
}
