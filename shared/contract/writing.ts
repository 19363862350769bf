import { z } from 'zod';
import { idSchema, instantSchema, platformSchema, procedure, wallTimeSchema } from './common.ts';

/**
 * How far a post is that the AI writes.
 * - `planned`: its text is still to come
 * - `media`: the text is there, its picture or video is being made
 * - `ready`: waits for review, or is approved where the rules allow it
 * - `needs_person`: something of it could not be made
 * - `later`: its picture is made in a later run, by itself
 * - `left_out`: nothing was written; a later run tries again
 */
export const writingSteps = ['planned', 'media', 'ready', 'needs_person', 'later', 'left_out'] as const;
export type WritingStep = (typeof writingSteps)[number];

/** One run that fills the free slots of one client. The latest of each client is known until the app ends. */
const writingSchema = z.object({
  clientId: idSchema,
  clientName: z.string(),
  /** Who asked for it; `job:…` when nobody did. */
  actor: z.string(),
  state: z.enum(['waiting', 'texts', 'media', 'done', 'failed', 'stopped']),
  /** Why it failed, in words for a person. */
  problem: z.string().nullable(),
  startedAt: instantSchema,
  endedAt: instantSchema.nullable(),
  /** By time. */
  posts: z.array(
    z.object({
      scheduledFor: instantSchema,
      wallTime: wallTimeSchema,
      /** Null until its text is there. */
      postId: idSchema.nullable(),
      step: z.enum(writingSteps),
    }),
  ),
});
export type Writing = z.infer<typeof writingSchema>;

/** What filling the free slots of one client would come to. Prices are millionths of a US dollar, estimated from the models' list prices. */
const estimateSchema = z.object({
  clientId: idSchema,
  clientName: z.string(),
  timezone: z.string(),
  /** Free slots, by time. */
  slots: z.array(z.object({ at: instantSchema, wallTime: wallTimeSchema })),
  /** Slots in this time that have a post already. */
  taken: z.number().int(),
  networks: z.array(platformSchema),
  captions: z.object({ count: z.number().int(), microUsd: z.number().int() }),
  images: z.object({ count: z.number().int(), microUsd: z.number().int() }),
  videos: z.object({ count: z.number().int(), microUsd: z.number().int() }),
  /** How long it usually takes. */
  seconds: z.number().int(),
  /** What this month's budget of this client alone still has room for; null where it has none of its own. */
  budgetLeftMicroUsd: z.number().int().nullable(),
  /** Why nothing can be written for this client, in words for a person. */
  blocked: z.string().nullable(),
});
export type Estimate = z.infer<typeof estimateSchema>;

const days = z.number().int().min(1).max(31).default(7);

/** Having the AI fill free slots: what it would come to, doing it, and how far it is. Part of `pipeline`. */
export const writing = {
  estimate: procedure
    .route({ method: 'GET', path: '/pipeline/estimate', tags: ['pipeline'] })
    .input(
      z.object({
        /** Every client that is set up or active unless given. */
        clientId: idSchema.optional(),
        days: z.coerce.number().int().min(1).max(31).default(7),
      }),
    )
    .output(
      z.object({
        items: z.array(estimateSchema),
        /** What this month's budget of all clients together still has room for, in millionths of a US dollar; null without one. */
        budgetLeftMicroUsd: z.number().int().nullable(),
      }),
    ),
  /** Starts writing and answers at once; `progress` tells how far it is. Who is being written for already goes on. */
  write: procedure
    .route({ method: 'POST', path: '/pipeline/writing', tags: ['pipeline'] })
    .input(z.strictObject({ clientIds: z.array(idSchema).min(1).max(200), days }))
    .output(z.object({ items: z.array(writingSchema) })),
  /** What is being written, and the last run of each client since the app was started; the newest first. */
  progress: procedure
    .route({ method: 'GET', path: '/pipeline/writing', tags: ['pipeline'] })
    .output(z.object({ items: z.array(writingSchema) })),
  /** Has nothing more asked of the AI for this client. What is written stays, and what lacks a picture waits for a person. */
  stopWriting: procedure
    .route({ method: 'POST', path: '/pipeline/writing/{clientId}/stop', tags: ['pipeline'] })
    .input(z.strictObject({ clientId: idSchema }))
    .output(z.object({ items: z.array(writingSchema) })),
};
