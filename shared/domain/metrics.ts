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
