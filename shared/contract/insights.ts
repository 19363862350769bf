import { z } from 'zod';
import { accountMetrics, figureNames, postMetrics } from '../domain/metrics.ts';
import { idSchema, instantSchema, pageOf, platformSchema, procedure } from './common.ts';

function snapshotSchema<const Names extends readonly [string, ...string[]]>(names: Names) {
  return z.object({
    /** Calendar day in UTC, `2026-11-24`. */
    day: z.iso.date(),
    takenAt: instantSchema,
    metrics: z.partialRecord(z.enum(names), z.number()),
  });
}

/** What a post had on one account, by the end of each day that was asked about. */
export const postInsightsSchema = z.object({
  targetId: idSchema,
  accountId: idSchema,
  accountName: z.string(),
  platform: platformSchema,
  /** The newest snapshot with figures in it; null while there is none. */
  latest: snapshotSchema(postMetrics).nullable(),
  /** By day, rising. */
  series: z.array(snapshotSchema(postMetrics)),
});
export type PostInsights = z.infer<typeof postInsightsSchema>;

/** How a connected account stood on each day that was asked about. */
export const accountInsightsSchema = z.object({
  accountId: idSchema,
  accountName: z.string(),
  platform: platformSchema,
  latest: snapshotSchema(accountMetrics).nullable(),
  series: z.array(snapshotSchema(accountMetrics)),
});
export type AccountInsights = z.infer<typeof accountInsightsSchema>;

const count = z.number().int();
/** Null where no network gave it: that is not the same as 0. */
const knownCount = count.nullable();
const postFiguresShape = Object.fromEntries(figureNames.map((name) => [name, knownCount])) as Record<
  (typeof figureNames)[number],
  typeof knownCount
>;

/** What happened in a period: what all posts gained in it, however old they are. */
export const figuresSchema = z.object({
  ...postFiguresShape,
  /** Likes, comments, shares and saves. */
  interactions: knownCount,
  /** Posts that went live; one on three networks is one. */
  posts: count,
  /** At the end of the period. */
  followers: knownCount,
  /** Since the day before the period, or since the first day of it that is known. */
  followersGained: count.nullable(),
});
export type Figures = z.infer<typeof figuresSchema>;

const comparedShape = { now: figuresSchema, before: figuresSchema };

/** Days, both included. */
export const periodSchema = z.object({ from: z.iso.date(), to: z.iso.date() });
export type Period = z.infer<typeof periodSchema>;

export const overviewSchema = z.object({
  period: periodSchema,
  /** What it is compared with: the month before a whole month, else as many days before. */
  periodBefore: periodSchema,
  /** The first day that anything is known of; null while nothing is. */
  since: z.iso.date().nullable(),
  ...comparedShape,
  networks: z.array(z.object({ platform: platformSchema, accounts: count, ...comparedShape })),
  clients: z.array(z.object({ clientId: idSchema, clientName: z.string(), ...comparedShape })),
  /** One item for each day of the period. */
  series: z.array(
    z.object({
      day: z.iso.date(),
      views: knownCount,
      interactions: knownCount,
      posts: count,
      followers: knownCount,
    }),
  ),
});
export type Overview = z.infer<typeof overviewSchema>;

/** A post that went live in the period, with what it has had until now. */
export const rankedPostSchema = z.object({
  postId: idSchema,
  clientId: idSchema,
  clientName: z.string(),
  caption: z.string(),
  publishedAt: instantSchema,
  timezone: z.string(),
  /** A small picture; null for videos and texts. */
  thumbnailUrl: z.string().nullable(),
  /**
   * How it did compared with the usual post of the same account: 1 is as usual, 2 is twice that. Half of it are views, half is
   * what people did. Null where too few posts stand behind "usual".
   */
  score: z.number().nullable(),
  targets: z.array(z.object({ accountId: idSchema, platform: platformSchema, ...postFiguresShape })),
});
export type RankedPost = z.infer<typeof rankedPostSchema>;

const hourSchema = z.object({
  /** 1 is Monday. */
  weekday: count.min(1).max(7),
  hour: count.min(0).max(23),
  posts: count,
  /** The mean score of its posts, see `rankedPostSchema`. */
  score: z.number(),
});
export type HourFigures = z.infer<typeof hourSchema>;

/** When posts did well, by the client's own clock. */
export const timesSchema = z.object({
  period: periodSchema,
  /** How many posts stand behind it; young ones are left out. */
  posts: count,
  /** With fewer posts nothing is named best. */
  minimum: count,
  /** Whose clock it is; null for each client's own. */
  timezone: z.string().nullable(),
  hours: z.array(hourSchema),
  /** At most three, the best first; empty where too few posts stand behind them. */
  best: z.array(hourSchema),
});
export type BestTimes = z.infer<typeof timesSchema>;

const daysWords = 'Use a whole number of days from 1 to 366.';
const days = z.coerce.number(daysWords).int(daysWords).min(1, daysWords).max(366, daysWords).default(30);

/** A calendar month such as `2026-11`. */
export function isMonth(text: string): boolean {
  return /^20\d\d-(0[1-9]|1[0-2])$/.test(text);
}

const dayWords = 'Use a day that exists, such as 2026-11-24.';
/** Of this century, as months are: the days before and after a period have names as well. */
const daySchema = z.iso.date(dayWords).refine((day) => day.startsWith('20'), dayWords);
const limitWords = 'Use a whole number from 1 to 50.';
const longestMs = 365 * 86_400_000;

/** What figures are asked for: days in UTC, both included, at most a year of them. */
export const figureFilterSchema = z
  .object({ from: daySchema, to: daySchema, clientId: idSchema.optional(), platform: platformSchema.optional() })
  .refine(({ from, to }) => from <= to, { path: ['to'], error: 'The last day is before the first.' })
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) <= longestMs, {
    path: ['from'],
    error: 'Use a year at most.',
  });
export type FigureQuery = z.infer<typeof figureFilterSchema>;

export const insights = {
  /** A post's figures, one item for each account it is live on. */
  ofPost: procedure
    .route({ method: 'GET', path: '/pipeline/{id}/insights', tags: ['insights'] })
    .input(z.object({ id: idSchema }))
    .output(z.object({ items: z.array(postInsightsSchema), nextCursor: z.string().nullable() })),
  /** The figures of a client's accounts in the last days. */
  ofClient: procedure
    .route({ method: 'GET', path: '/clients/{id}/insights', tags: ['insights'] })
    .input(z.object({ id: idSchema, days }))
    .output(z.object({ items: z.array(accountInsightsSchema), nextCursor: z.string().nullable() })),
  /** What a period brought, for one client or all, and the period before it. */
  overview: procedure
    .route({ method: 'GET', path: '/insights', tags: ['insights'] })
    .input(figureFilterSchema)
    .output(overviewSchema),
  /** The posts of a period, those first that did best compared with the usual ones of their accounts. */
  best: procedure
    .route({ method: 'GET', path: '/insights/posts', tags: ['insights'] })
    .input(
      figureFilterSchema.safeExtend({
        limit: z.coerce.number(limitWords).int(limitWords).min(1, limitWords).max(50, limitWords).default(12),
      }),
    )
    .output(pageOf(rankedPostSchema)),
  /** At which hours of the week posts did well in the 90 days before the end of the period. */
  times: procedure
    .route({ method: 'GET', path: '/insights/times', tags: ['insights'] })
    .input(figureFilterSchema)
    .output(timesSchema),
};
