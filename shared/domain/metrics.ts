import type { Platform } from './platform.ts';

/**
 * What is counted of a post, under one name on every network; always since it went live. `likes` are reactions of
 * every kind on Facebook, `viewers` are people, each once, where `views` count every time.
 */
export const postMetrics = [
  'views',
  'viewers',
  'likes',
  'comments',
  'shares',
  'saves',
  'reposts',
  'clicks',
  'interactions',
  'follows',
  'profileVisits',
] as const;
export type PostMetric = (typeof postMetrics)[number];

/**
 * What is counted of an account. `followers`, `following`, `posts` and `likes` are how many there are in all, everything else is of
 * the last whole day that the network has counted.
 */
export const accountMetrics = [
  'followers',
  'following',
  'posts',
  'likes',
  'views',
  'viewers',
  'interactions',
  'engaged',
  'profileVisits',
  'newFollowers',
  'lostFollowers',
] as const;
export type AccountMetric = (typeof accountMetrics)[number];

/** Figures that a network gave; what it did not give is not there, which is not the same as 0. */
export type Metrics<Name extends string = PostMetric | AccountMetric> = Partial<Record<Name, number>>;

/** What figures of many posts are made of: added up, compared and ranked. */
export const figureNames = ['views', 'viewers', 'likes', 'comments', 'shares', 'saves', 'reposts', 'clicks'] as const;
export type FigureName = (typeof figureNames)[number];

/** One of each; null where no network gave it, which is not the same as 0. */
export type PostFigures = Record<FigureName, number | null>;

/** What each network tells of posts at all; what is missing here is "not given by" it. */
export const figuresOfNetwork = {
  facebook: ['views', 'viewers', 'likes', 'comments', 'shares', 'clicks'],
  instagram: ['views', 'viewers', 'likes', 'comments', 'shares', 'saves', 'reposts'],
  tiktok: ['views', 'likes', 'comments', 'shares'],
} as const satisfies Record<Platform, readonly FigureName[]>;

/** What people did with a post, beyond seeing it; null when nothing of it is known. */
export function interactionsOf({
  likes,
  comments,
  shares,
  saves,
}: Pick<PostFigures, 'likes' | 'comments' | 'shares' | 'saves'>): number | null {
  if (likes === null && comments === null && shares === null && saves === null) return null;
  return (likes ?? 0) + (comments ?? 0) + (shares ?? 0) + (saves ?? 0);
}
