import { z } from 'zod';
import { accountMetrics, postMetrics } from '../domain/metrics.ts';
import { idSchema, instantSchema, platformSchema, procedure } from './common.ts';

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

const daysWords = 'Use a whole number of days from 1 to 366.';
const days = z.coerce.number(daysWords).int(daysWords).min(1, daysWords).max(366, daysWords).default(30);

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
};
