import type { Hono } from 'hono';
import { z } from 'zod';
import { followersOf } from '../audience.ts';
import type { SimulatorContext, SimulatorEnv } from '../simulator.ts';
import { type Caller, endpoint, readJson } from './access.ts';
import { ApiError, ok } from './answers.ts';
import { openId } from './creators.ts';
import { publicVideos, type PublicVideo, shareUrl, views } from './posts.ts';
import type { World } from './world.ts';

const perMinute = 600;
/** Characters of a caption that the Display API gives back. */
const readBackLength = 150;

const listBody = z.strictObject({
  cursor: z.number().int().nonnegative().optional(),
  max_count: z.number().int().min(1).max(20).optional(),
});

const queryBody = z.strictObject({
  filters: z.strictObject({ video_ids: z.array(z.string()).min(1).max(20) }),
});

/** The Display API: who the user is, and the videos everybody may see. */
export function addDisplayRoutes(app: Hono<SimulatorEnv>, world: World): void {
  const profileScopes = ['user.info.basic', 'user.info.profile', 'user.info.stats'];
  app.get(
    '/v2/user/info/',
    endpoint(world, 'tiktok.user_info', { scopes: profileScopes, perMinute }, (c, caller) =>
      ok({ user: pick(userFields(world, caller), readFields(world, c), caller.token.scopes) }),
    ),
  );
  app.post(
    '/v2/video/list/',
    endpoint(world, 'tiktok.video.list', { scopes: ['video.list'], perMinute }, async (c, caller) => {
      const fields = readFields(world, c);
      const { cursor, max_count: maxCount = 10 } = await readJson(c, listBody, 'invalid_params');
      const before = cursor === undefined || cursor === 0 ? Number.POSITIVE_INFINITY : cursor;
      const older = publicVideos(world, caller.creator.id).filter(({ publishedAt }) => publishedAt < before);
      const page = older.slice(0, maxCount);
      return ok({
        videos: page.map((video) => pick(videoFields(world, video), fields, null)),
        cursor: page.at(-1)?.publishedAt ?? cursor ?? 0,
        has_more: older.length > page.length,
      });
    }),
  );
  app.post(
    '/v2/video/query/',
    endpoint(world, 'tiktok.video.query', { scopes: ['video.list'], perMinute }, async (c, caller) => {
      const fields = readFields(world, c);
      const { filters } = await readJson(c, queryBody, 'invalid_params');
      const videos = publicVideos(world, caller.creator.id).filter(({ id }) => filters.video_ids.includes(id));
      return ok({ videos: videos.map((video) => pick(videoFields(world, video), fields, null)) });
    }),
  );
}

function likesOf(viewCount: number): number {
  return Math.floor(viewCount / 12);
}

type Field = { value: unknown; scope: string };

function userFields(world: World, { creator, app }: Caller): Record<string, Field> {
  const avatar = `${world.origins.www}/avatar/${creator.id}.svg`;
  const videos = publicVideos(world, creator.id);
  const likes = videos.reduce((sum, video) => sum + likesOf(views(world, video)), 0);
  const basic = { open_id: openId(app.clientKey, creator.id), union_id: creator.id, avatar_url: avatar };
  const profile = { username: creator.username, bio_description: '', is_verified: false };
  const stats = {
    follower_count: followersOf(creator.id),
    following_count: 12,
    likes_count: likes,
    video_count: videos.length,
  };
  return {
    ...inScope({ ...basic, avatar_url_100: avatar, avatar_large_url: avatar, display_name: creator.nickname }, 'basic'),
    ...inScope({ ...profile, profile_deep_link: `${world.origins.www}/@${creator.username}` }, 'profile'),
    ...inScope(stats, 'stats'),
  };
}

function inScope(values: Record<string, unknown>, scope: string): Record<string, Field> {
  const entries = Object.entries(values).map(([name, value]) => [name, { value, scope: `user.info.${scope}` }]);
  return Object.fromEntries(entries) as Record<string, Field>;
}

function videoFields(world: World, video: PublicVideo): Record<string, Field> {
  const url = shareUrl(world, video.creator, video.id);
  const count = views(world, video);
  return inScope(
    {
      id: video.id,
      create_time: Math.floor(video.publishedAt / 1000),
      title: video.text.slice(0, readBackLength),
      video_description: video.text.slice(0, readBackLength),
      duration: Math.round(video.file?.seconds ?? 0),
      width: video.file?.width ?? 0,
      height: video.file?.height ?? 0,
      share_url: url,
      embed_link: url,
      embed_html: `<iframe src="${url}"></iframe>`,
      cover_image_url: `${world.origins.www}/cover/${video.id}.svg`,
      view_count: count,
      like_count: likesOf(count),
      comment_count: Math.floor(count / 90),
      share_count: Math.floor(count / 150),
    },
    'basic',
  );
}

/** The names in `?fields=`, which is required. */
function readFields(world: World, c: SimulatorContext): string[] {
  const fields = (c.req.query('fields') ?? '').split(',').filter((name) => name !== '');
  if (fields.length === 0) throw new ApiError('invalid_params', 'The parameter fields is missing.');
  const removed = fields.find((name) => world.settings.removedFields.includes(name));
  if (removed !== undefined) throw new ApiError('invalid_params', `The field ${removed} does not exist.`);
  return fields;
}

/** The asked fields; with `scopes`, each must also be covered by one of them. */
function pick(all: Record<string, Field>, names: string[], scopes: string[] | null): Record<string, unknown> {
  const picked: Record<string, unknown> = {};
  for (const name of names) {
    const field = Object.hasOwn(all, name) ? all[name] : undefined;
    if (field === undefined) throw new ApiError('invalid_params', `The field ${name} does not exist.`);
    if (scopes !== null && !scopes.includes(field.scope)) {
      throw new ApiError('scope_not_authorized', `The field ${name} needs the scope ${field.scope}.`);
    }
    picked[name] = field.value;
  }
  return picked;
}
