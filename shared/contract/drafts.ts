import { z } from 'zod';
import { idSchema, instantSchema, procedure, textSchema } from './common.ts';
import { mediaSchema } from './media.ts';
import { postSchema, targetOptionsSchema } from './pipeline.ts';

/**
 * What a person has typed so far. Wider than what a post takes, because what is too long is kept too
 * until its writer has shortened it. TikTok's consent is never part of it: it is given when the draft is applied.
 */
export const draftContentSchema = z.strictObject({
  caption: textSchema(100_000),
  hashtags: z.array(textSchema(300)).max(100),
  firstComment: textSchema(20_000).nullable(),
  altText: textSchema(20_000).nullable(),
  media: z.array(idSchema).max(20),
  /** Null while no time is chosen. Of a post that exists the time is not part of its draft. */
  scheduledFor: instantSchema.nullable(),
  targets: z
    .array(
      z.strictObject({
        accountId: idSchema,
        caption: textSchema(100_000).nullable(),
        options: targetOptionsSchema,
      }),
    )
    .max(20),
});
export type DraftContent = z.infer<typeof draftContentSchema>;

const hashSchema = z.string().max(128);
const writerSchema = z.string().min(1).max(64);

/** Something being written: a post to be, or changes to a post that are not applied yet. Nothing of it is ever published. */
export const draftSchema = z.object({
  /** The post's own id where it holds changes to one; else the id that the post will have. */
  id: idSchema,
  clientId: idSchema,
  clientName: z.string(),
  /** Null while there is no post yet. */
  postId: idSchema.nullable(),
  content: draftContentSchema,
  /** The files of the content that are still there, in its order. */
  media: z.array(mediaSchema),
  /** Content hash of the post that the changes were made to; null while there is no post yet. */
  basedOn: hashSchema.nullable(),
  /** Rises with each change. */
  revision: z.number().int(),
  /** The window that wrote last. */
  writer: z.string(),
  updatedBy: z.string(),
  createdAt: instantSchema,
  updatedAt: instantSchema,
});
export type Draft = z.infer<typeof draftSchema>;

/** What a list shows of a draft. */
export const draftSummarySchema = draftSchema.omit({ content: true, media: true, basedOn: true, writer: true }).extend({
  /** Its first words, at most 200 characters; empty where nothing is written. */
  title: z.string(),
  /** Of its files the first that is still there; null where there is none. */
  firstFile: mediaSchema.nullable(),
});
export type DraftSummary = z.infer<typeof draftSummarySchema>;

const byId = z.object({ id: idSchema });

export const drafts = {
  /** The latest first, at most 200, in short. */
  list: procedure
    .route({ method: 'GET', path: '/drafts', tags: ['drafts'] })
    .input(z.object({ clientId: idSchema.optional() }))
    .output(z.object({ items: z.array(draftSummarySchema), nextCursor: z.null() })),
  get: procedure
    .route({ method: 'GET', path: '/drafts/{id}', tags: ['drafts'] })
    .input(byId)
    .output(draftSchema),
  /**
   * Keeps what was typed. Refused with `draft_changed` when another window wrote since the revision named,
   * and with `draft_gone` when the draft was applied or discarded meanwhile.
   */
  put: procedure
    .route({ method: 'PUT', path: '/drafts/{id}', tags: ['drafts'] })
    .input(
      z.strictObject({
        /** Of a new draft: one that nobody else has, such as a UUID. */
        id: z.string().regex(/^[A-Za-z0-9-]{8,64}$/, 'Use 8 to 64 letters, digits and hyphens, such as a UUID.'),
        clientId: idSchema,
        content: draftContentSchema,
        basedOn: hashSchema.nullable().default(null),
        /** The last revision this writer has seen; 0 for a new draft. */
        revision: z.number().int().min(0),
        writer: writerSchema,
      }),
    )
    .output(draftSchema),
  /**
   * Makes the draft a post, or changes its post, and ends it. Refused with `post_changed` when the post is no
   * longer what the draft is based on, unless `over` is set. A second call answers with the same post.
   */
  apply: procedure
    .route({ method: 'POST', path: '/drafts/{id}/apply', tags: ['drafts'] })
    .input(
      z.strictObject({
        id: idSchema,
        revision: z.number().int().min(1),
        over: z.boolean().default(false),
        /** TikTok direct: the person who sends this agrees to TikTok's music usage confirmation for these accounts, as this call leaves the post. */
        consents: z.array(idSchema).max(20).default([]),
      }),
    )
    .output(postSchema),
  discard: procedure
    .route({ method: 'DELETE', path: '/drafts/{id}', tags: ['drafts'] })
    .input(byId)
    .output(z.object({ discarded: z.literal(true) })),
};
