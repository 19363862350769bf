import { z } from 'zod';
import { postParts } from '../domain/post.ts';
import { idSchema, instantSchema, pageOf, platformSchema, procedure, wallTimeSchema } from './common.ts';
import { mediaSchema } from './media.ts';
import { targetOptionsSchema } from './pipeline.ts';

/** What a post was when it was approved last. */
export const approvalSchema = z.object({
  by: z.string(),
  at: instantSchema,
  caption: z.string(),
  hashtags: z.array(z.string()),
  firstComment: z.string().nullable(),
  altText: z.string().nullable(),
  mediaIds: z.array(idSchema),
  /** Those of its files that are still there. */
  media: z.array(mediaSchema),
  scheduledFor: instantSchema,
  wallTime: wallTimeSchema,
  timezone: z.string(),
  targets: z.array(
    z.object({
      accountId: idSchema,
      accountName: z.string(),
      platform: platformSchema,
      caption: z.string().nullable(),
      options: targetOptionsSchema,
    }),
  ),
});
export type Approval = z.infer<typeof approvalSchema>;

/** Another wording that the AI wrote, of the post's caption or of one account's own. */
export const variantSchema = z.object({
  id: idSchema,
  /** Null: of the caption that all accounts share. */
  accountId: idSchema.nullable(),
  caption: z.string(),
  createdAt: instantSchema,
  /** Terms in it that the brand never says. */
  bannedTerms: z.array(z.string()),
  /** What is wrong with it, in words for a person. */
  problems: z.array(z.object({ code: z.string(), message: z.string() })),
});
export type Variant = z.infer<typeof variantSchema>;

/**
 * - `live`: seen on the network
 * - `delivered`: in the creator's TikTok inbox
 * - `waiting`: sent, or being prepared; how it ends is not known yet
 * - `refused`: by the network
 * - `not_sent`: proven not to have happened
 * - `unclear`: a person must say whether it is live
 */
export const attemptOutcomes = ['live', 'delivered', 'waiting', 'refused', 'not_sent', 'unclear'] as const;

export const historyKinds = [
  'written',
  'created',
  'pictured',
  'edited',
  'variants',
  'consented',
  'approved',
  'rejected',
  'reopened',
  'rescheduled',
  'deleted',
  'restored',
  'asked_now',
  'retried',
  'at_risk',
  'risk_gone',
  'held',
  'attempt',
  'live',
  'delivered',
  'comment_failed',
  'mismatch',
  'resolved',
  'figures',
  'other',
] as const;

/** One thing that happened to a post. */
export const historyEntrySchema = z.object({
  id: z.string(),
  at: instantSchema,
  kind: z.enum(historyKinds),
  level: z.enum(['info', 'warning', 'error']),
  /** Who did it: a person, `ai`, `rules`, or a part of the app such as `job:publish-due`; null where nobody knows. */
  actor: z.string().nullable(),
  platform: platformSchema.nullable(),
  accountName: z.string().nullable(),
  /** In a person's words or the app's: a reason, an error, a model. */
  words: z.string().nullable(),
  /** What of the post was changed. */
  changed: z.array(z.enum(postParts)),
  /** Where the post was before it was moved, and where it was moved to. */
  from: instantSchema.nullable(),
  to: instantSchema.nullable(),
  link: z.string().nullable(),
  /** One try to publish the post or its first comment, step by step. */
  attempt: z
    .object({
      kind: z.enum(['post', 'first_comment']),
      number: z.number().int(),
      outcome: z.enum(attemptOutcomes),
      steps: z.array(z.object({ at: instantSchema, kind: z.string(), words: z.string() })),
    })
    .nullable(),
});
export type HistoryEntry = z.infer<typeof historyEntrySchema>;

/** What people thought of a client's text; the AI is told of it when it writes the next ones. */
export const lessonSchema = z.object({
  id: idSchema,
  postId: idSchema,
  kind: z.enum(['rejected', 'edited']),
  /** Why it was rejected. */
  reason: z.string().nullable(),
  written: z.string(),
  /** What a person made of it. */
  changedTo: z.string().nullable(),
  by: z.string(),
  at: instantSchema,
});
export type Lesson = z.infer<typeof lessonSchema>;

const byId = z.object({ id: idSchema });
const byLesson = z.strictObject({ id: idSchema, lessonId: idSchema });

export const review = {
  /** What the post was when it was approved last; null when it never was, or before copies were kept. */
  approval: procedure
    .route({ method: 'GET', path: '/pipeline/{id}/approval', tags: ['pipeline'] })
    .input(byId)
    .output(z.object({ approval: approvalSchema.nullable() })),
  /** All that happened to the post, newest first. */
  history: procedure
    .route({ method: 'GET', path: '/pipeline/{id}/history', tags: ['pipeline'] })
    .input(byId)
    .output(pageOf(historyEntrySchema)),
  /** Other wordings that were asked for so far, newest first. */
  variants: procedure
    .route({ method: 'GET', path: '/pipeline/{id}/variants', tags: ['pipeline'] })
    .input(byId)
    .output(pageOf(variantSchema)),
  /** Asks the AI for three other wordings; a paid call. The post stays as it is until one is chosen by changing it. */
  writeVariants: procedure
    .route({ method: 'POST', path: '/pipeline/{id}/variants', tags: ['pipeline'] })
    .input(
      z.strictObject({
        id: idSchema,
        /** Of the wording that this account has for itself; left out, of the post's caption. */
        accountId: idSchema.nullable().optional(),
      }),
    )
    .output(z.object({ items: z.array(variantSchema), costMicroUsd: z.number().int() })),
};

export const lessons = {
  /** What the AI is told of earlier texts of this client, newest first. */
  list: procedure
    .route({ method: 'GET', path: '/clients/{id}/lessons', tags: ['clients'] })
    .input(byId)
    .output(pageOf(lessonSchema)),
  forget: procedure
    .route({ method: 'DELETE', path: '/clients/{id}/lessons/{lessonId}', tags: ['clients'] })
    .input(byLesson)
    .output(z.object({ forgotten: z.literal(true) })),
  restore: procedure
    .route({ method: 'POST', path: '/clients/{id}/lessons/{lessonId}/restore', tags: ['clients'] })
    .input(byLesson)
    .output(lessonSchema),
};
