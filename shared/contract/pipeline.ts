import { z } from 'zod';
import { needKinds } from '../domain/need.ts';
import { postOrders, postStatuses, targetStatuses } from '../domain/post.ts';
import { riskCodes } from '../domain/risk.ts';
import { formats } from '../domain/story.ts';
import {
  idSchema,
  instantSchema,
  pageInputShape,
  pageOf,
  platformSchema,
  problemSchema,
  procedure,
  textSchema,
  wallTimeSchema,
} from './common.ts';
import { mediaSchema, pointSchema } from './media.ts';
import { writing } from './writing.ts';

/** What one network asks beside text and media. Unset means the network's safest choice. */
export const targetOptionsSchema = z.strictObject({
  /** TikTok: `inbox` leaves a draft for the creator to finish, `direct` publishes (audited apps only). */
  mode: z.enum(['inbox', 'direct']).optional(),
  /** TikTok direct: one of the levels the creator may choose; there is no default on purpose. */
  privacyLevel: z.string().max(60).optional(),
  allowComment: z.boolean().optional(),
  allowDuet: z.boolean().optional(),
  allowStitch: z.boolean().optional(),
  brandContent: z.boolean().optional(),
  brandOrganic: z.boolean().optional(),
  /**
   * TikTok direct: the person who sends this agrees to TikTok's music usage confirmation for this very post, as this call leaves it. A
   * later change of its text, video or choices takes that back.
   */
  consent: z.boolean().optional(),
  /** Which of the post's files go to this network, in order; left out, all of them. */
  media: z.array(idSchema).max(10).optional(),
  /**
   * Instagram: `story` shows one picture or video for a day, without caption, alternative text, first comment, people and
   * place; left out, the post is in the feed.
   */
  format: z.enum(formats).optional(),
  /** Instagram: usernames without the @, tagged on a picture or on the reel. */
  userTags: z.array(textSchema(60)).max(50).optional(),
  /**
   * Instagram: where tagged people are on a picture of the post, in shares of the whole picture; at most one place each. Who
   * has none stands on the first picture, in a row across its middle.
   */
  tagPlaces: z
    .array(pointSchema.extend({ username: textSchema(60), media: idSchema }))
    .max(50)
    .optional(),
  /** Instagram: usernames of who is asked to have the post on their profile too. */
  collaborators: z.array(textSchema(60)).max(50).optional(),
  /** Instagram: number of the Facebook Page of the place. */
  locationId: textSchema(60).optional(),
});
export type TargetOptions = z.infer<typeof targetOptionsSchema>;

/** What a network's refusal or stumble means for us. */
export const failureClasses = ['transient', 'rate', 'token', 'permission', 'content', 'config', 'account'] as const;

export const targetSchema = z.object({
  id: idSchema,
  accountId: idSchema,
  accountName: z.string(),
  platform: platformSchema,
  status: z.enum(targetStatuses),
  /** This network's own wording; null means the post's caption. */
  caption: z.string().nullable(),
  options: targetOptionsSchema,
  /** TikTok direct: who agreed to the post as it is now, and when; null when nobody did, or it was changed since. */
  consent: z.object({ by: z.string(), at: instantSchema }).nullable(),
  remoteId: z.string().nullable(),
  permalink: z.string().nullable(),
  publishedAt: instantSchema.nullable(),
  /** Tries that counted so far, of at most `maxTries`. */
  tries: z.number().int(),
  /** When the next try or look-up is due. */
  nextAttemptAt: instantSchema.nullable(),
  /** Why it would not go out at its time as things stand, and what to do; null when nothing is known. */
  risk: z.object({ code: z.enum(riskCodes), message: z.string(), remedy: z.string(), since: instantSchema }).nullable(),
  /** The class is that of a network's answer; null when the app itself had a reason. */
  error: z.object({ code: z.string(), message: z.string(), class: z.enum(failureClasses).nullable() }).nullable(),
});
export type Target = z.infer<typeof targetSchema>;

/** A banned term found in a field; offsets in UTF-16 units of that field's text. */
export const bannedHitSchema = z.object({
  field: z.string(),
  term: z.string(),
  start: z.number().int(),
  end: z.number().int(),
});

export const postSchema = z.object({
  id: idSchema,
  clientId: idSchema,
  clientName: z.string(),
  status: z.enum(postStatuses),
  caption: z.string(),
  hashtags: z.array(z.string()),
  firstComment: z.string().nullable(),
  altText: z.string().nullable(),
  media: z.array(mediaSchema),
  scheduledFor: instantSchema,
  wallTime: wallTimeSchema,
  timezone: z.string(),
  targets: z.array(targetSchema),
  source: z.enum(['ai', 'manual']),
  approvedBy: z.string().nullable(),
  approvedAt: instantSchema.nullable(),
  heldReason: z.string().nullable(),
  rejectedReason: z.string().nullable(),
  /** Names exactly what would be published; an approval is for one hash. */
  contentHash: z.string(),
  bannedHits: z.array(bannedHitSchema),
  /** What stands in the way of publishing, per field. */
  problems: z.array(problemSchema),
  createdAt: instantSchema,
  updatedAt: instantSchema,
});
export type Post = z.infer<typeof postSchema>;

const formatSchema = z.object(targetOptionsSchema.pick({ format: true }).shape);

/** What a calendar shows of a post: long lists of it are light. */
export const calendarPostSchema = postSchema
  .pick({ id: true, clientId: true, clientName: true, status: true, scheduledFor: true, timezone: true })
  .extend({
    /** Its first 140 characters. */
    caption: z.string(),
    targets: z.array(targetSchema.pick({ platform: true }).extend({ options: formatSchema })),
  });
export type CalendarPost = z.infer<typeof calendarPostSchema>;
/** A month with the days around it that fill its weeks, and a change of the clock. */
const longestCalendarMs = 45 * 86_400_000;

const caption = textSchema(63_206);
const hashtags = z.array(textSchema(100).trim().min(1)).max(60);
const firstComment = textSchema(2_200).nullable();
const altText = textSchema(1_000).nullable();
const mediaIds = z.array(idSchema).max(10);
const targetInput = z.strictObject({
  accountId: idSchema,
  caption: caption.nullable().optional(),
  options: targetOptionsSchema.optional(),
});
const targets = z.array(targetInput).min(1, 'Choose at least one account.').max(20);
const byId = z.object({ id: idSchema });

/** What a post is made of. */
export const newPostSchema = z.strictObject({
  clientId: idSchema,
  caption,
  hashtags: hashtags.default([]),
  firstComment: firstComment.default(null),
  altText: altText.default(null),
  media: mediaIds.default([]),
  scheduledFor: instantSchema,
  targets,
});

/** One attempt of a target, with the events of its journal. */
export const attemptSchema = z.object({
  id: idSchema,
  targetId: idSchema,
  platform: platformSchema,
  kind: z.enum(['post', 'first_comment']),
  number: z.number().int(),
  state: z.string(),
  remoteId: z.string().nullable(),
  startedAt: instantSchema,
  /** When the request was sent that could make it public; null when none was. */
  sentAt: instantSchema.nullable(),
  endedAt: instantSchema.nullable(),
  error: z.string().nullable(),
  events: z.array(z.object({ at: instantSchema, kind: z.string(), detail: z.string() })),
});

const statusWords = `Use one of ${postStatuses.join(', ')}; for several, repeat the parameter.`;
const oneOrMore = <T extends z.ZodType>(item: T, words?: string) =>
  z.union([item, z.array(item).min(1).max(200)], words).optional();

/** Which posts; each condition that is given must hold. */
const conditionShape = {
  clientId: oneOrMore(idSchema),
  status: oneOrMore(z.enum(postStatuses), statusWords),
  network: oneOrMore(platformSchema),
  from: instantSchema.optional(),
  to: instantSchema.optional(),
  /** Only posts that wait for a person, and for this. */
  need: z.enum(needKinds).optional(),
  /** Words, each of which the caption, a hashtag or the client's name must hold anywhere, whatever case and accents. */
  search: textSchema(200).optional(),
};

const bulkIds = z
  .array(z.strictObject({ id: idSchema }))
  .min(1)
  .max(100);
/** One thing done to many posts. */
const bulkSchema = z.discriminatedUnion('action', [
  z.strictObject({
    action: z.literal('approve'),
    /** The hash names what the person saw of each post. */
    posts: z
      .array(z.strictObject({ id: idSchema, contentHash: z.string().max(128) }))
      .min(1)
      .max(100),
  }),
  z.strictObject({ action: z.literal('reject'), posts: bulkIds, reason: textSchema(1_000).optional() }),
  z.strictObject({ action: z.literal('reopen'), posts: bulkIds }),
  z.strictObject({
    action: z.literal('reschedule'),
    posts: z
      .array(z.strictObject({ id: idSchema, scheduledFor: instantSchema }))
      .min(1)
      .max(100),
  }),
  z.strictObject({ action: z.literal('retry'), posts: bulkIds }),
  z.strictObject({ action: z.literal('delete'), posts: bulkIds }),
  z.strictObject({ action: z.literal('restore'), posts: bulkIds }),
]);
export type Bulk = z.infer<typeof bulkSchema>;

/** How it went with one post of a bulk call; the message of a refusal is for a person. */
const bulkResultSchema = z.object({ id: idSchema, refusal: z.string().nullable() });

const action = (name: string) =>
  procedure.route({ method: 'POST', path: `/pipeline/{id}/${name}`, tags: ['pipeline'] });

export const pipeline = {
  list: procedure
    .route({ method: 'GET', path: '/pipeline', tags: ['pipeline'] })
    .input(
      z.object({
        ...pageInputShape,
        ...conditionShape,
        /** `client` and `status` are by time within; what needs a person comes first in `status`. */
        order: z.enum(postOrders).optional(),
      }),
    )
    .output(pageOf(postSchema)),
  /** How many posts meet the conditions, by status. */
  counts: procedure
    .route({ method: 'GET', path: '/pipeline/counts', tags: ['pipeline'] })
    .input(z.object(conditionShape))
    .output(z.object({ counts: z.record(z.enum(postStatuses), z.number().int()) })),
  /** How many posts meet the other conditions and wait for a person, by what they wait for. */
  needs: procedure
    .route({ method: 'GET', path: '/pipeline/needs', tags: ['pipeline'] })
    .input(z.object(conditionShape).omit({ status: true, need: true }))
    .output(z.object({ needs: z.record(z.enum(needKinds), z.number().int()) })),
  /** All posts of a stretch of up to 45 days by time, but for rejected ones, in short. */
  calendar: procedure
    .route({ method: 'GET', path: '/pipeline/calendar', tags: ['pipeline'] })
    .input(
      z
        .object({ clientId: idSchema.optional(), from: instantSchema, to: instantSchema })
        .refine(({ from, to }) => Date.parse(to) > Date.parse(from), {
          path: ['to'],
          error: 'It ends before it begins.',
        })
        .refine(({ from, to }) => Date.parse(to) - Date.parse(from) <= longestCalendarMs, {
          path: ['to'],
          error: 'Ask for 45 days at most.',
        }),
    )
    .output(z.object({ items: z.array(calendarPostSchema) })),
  /** Does one thing to each of the posts; what is refused for one does not keep the others from it. */
  bulk: procedure
    .route({ method: 'POST', path: '/pipeline/bulk', tags: ['pipeline'] })
    .input(bulkSchema)
    .output(z.object({ results: z.array(bulkResultSchema) })),
  get: procedure
    .route({ method: 'GET', path: '/pipeline/{id}', tags: ['pipeline'] })
    .input(byId)
    .output(postSchema),
  create: procedure
    .route({ method: 'POST', path: '/pipeline', tags: ['pipeline'], successStatus: 201 })
    .input(newPostSchema)
    .output(postSchema),
  /** A new caption is for every network: of their own wordings only those stay that are given with it. */
  update: procedure
    .route({ method: 'PATCH', path: '/pipeline/{id}', tags: ['pipeline'] })
    .input(
      z.strictObject({
        id: idSchema,
        caption: caption.optional(),
        hashtags: hashtags.optional(),
        firstComment: firstComment.optional(),
        altText: altText.optional(),
        media: mediaIds.optional(),
        scheduledFor: instantSchema.optional(),
        targets: targets.optional(),
      }),
    )
    .output(postSchema),
  delete: procedure
    .route({ method: 'DELETE', path: '/pipeline/{id}', tags: ['pipeline'] })
    .input(byId)
    .output(z.object({ deleted: z.literal(true) })),
  approve: action('approve')
    .input(z.strictObject({ id: idSchema, contentHash: z.string().max(128).optional() }))
    .output(postSchema),
  reject: action('reject')
    .input(z.strictObject({ id: idSchema, reason: textSchema(1_000).optional() }))
    .output(postSchema),
  /** Takes an approval or a rejection back: the post waits for review again. */
  reopen: action('reopen')
    .input(z.strictObject({ id: idSchema }))
    .output(postSchema),
  /** Brings a deleted post back as it was. Its approval stands unless its time has passed meanwhile. */
  restore: action('restore')
    .input(z.strictObject({ id: idSchema }))
    .output(postSchema),
  reschedule: action('reschedule')
    .input(z.strictObject({ id: idSchema, scheduledFor: instantSchema }))
    .output(postSchema),
  publishNow: action('publish-now')
    .input(z.strictObject({ id: idSchema }))
    .output(postSchema),
  retry: action('retry')
    .input(z.strictObject({ id: idSchema }))
    .output(postSchema),
  resolve: action('resolve')
    .input(
      z.strictObject({
        id: idSchema,
        targetId: idSchema,
        resolution: z.enum(['published', 'send_again', 'drop']),
        remoteId: z.string().max(200).optional(),
      }),
    )
    .output(postSchema),
  logs: procedure
    .route({ method: 'GET', path: '/pipeline/{id}/logs', tags: ['pipeline'] })
    .input(byId)
    .output(z.object({ items: z.array(attemptSchema), nextCursor: z.string().nullable() })),
  generate: procedure
    .route({ method: 'POST', path: '/pipeline/generate', tags: ['pipeline'] })
    .input(z.strictObject({ clientId: idSchema, days: z.number().int().min(1).max(31).default(7) }))
    .output(z.object({ created: z.array(idSchema) })),
  ...writing,
};
