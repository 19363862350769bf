import { z } from 'zod';
import { postStatuses } from '../domain/post.ts';
import { idSchema, instantSchema, pageInputShape, pageOf, problemSchema, procedure, textSchema } from './common.ts';

/** What a video file holds; codecs by the names WebCodecs uses, such as `avc`, `hevc`, `vp9`, `aac`. */
export const videoFactsSchema = z.object({
  /** Null: none that we know. */
  codec: z.string().nullable(),
  /** Null: without sound, or in none that we know. */
  audioCodec: z.string().nullable(),
  /** Hz; null without sound. */
  audioSampleRate: z.number().nullable(),
  /** Frames a second, on average. */
  frameRate: z.number(),
  /** An edit list leaves parts of it out, or moves them; missing for files kept before it was looked at. */
  isCut: z.boolean().optional(),
});
export type VideoFacts = z.infer<typeof videoFactsSchema>;

const shareSchema = z.number().min(0).max(1);
/** A place in a picture, each from 0 (left, top) to 1. */
export const pointSchema = z.strictObject({ x: shareSchema, y: shareSchema });
const ownPointSchema = pointSchema.optional();
/** Points of networks that cut a picture around one of their own. */
export const ownPointsSchema = z.strictObject({
  facebook: ownPointSchema,
  instagram: ownPointSchema,
  tiktok: ownPointSchema,
});
const ownPointChangeSchema = pointSchema.nullable().optional();
/** Null gives a network's own point up; what is left out stays. */
const ownPointChangesSchema = z.strictObject({
  facebook: ownPointChangeSchema,
  instagram: ownPointChangeSchema,
  tiktok: ownPointChangeSchema,
});
export type OwnPointChanges = z.infer<typeof ownPointChangesSchema>;

export const mediaSchema = z.object({
  id: idSchema,
  clientId: idSchema,
  /** The file's name, for people to find it by. */
  name: z.string().nullable(),
  kind: z.enum(['image', 'video']),
  mime: z.string(),
  width: z.number().int(),
  height: z.number().int(),
  /** Videos only. */
  durationMs: z.number().int().nullable(),
  /** Videos only; null for those kept before it was looked at. */
  video: videoFactsSchema.nullable(),
  bytes: z.number().int(),
  origin: z.enum(['upload', 'ai']),
  /** The model that made it; null for uploads. */
  model: z.string().nullable(),
  /** Networks that have a label for it are told that AI made it. */
  aiMade: z.boolean(),
  altText: z.string().nullable(),
  /** What stays in sight when a network's format cuts the picture; null: the middle. */
  focal: pointSchema.nullable(),
  /** The same for single networks, where it differs there. */
  focalOn: ownPointsSchema,
  /** The picture this clip was made of. */
  madeFrom: idSchema.nullable(),
  /** Path below the server's origin. */
  url: z.string(),
  /** A small picture, for lists; null for videos. */
  thumbnailUrl: z.string().nullable(),
  /** Null for files from before it was noted. */
  createdBy: z.string().nullable(),
  createdAt: instantSchema,
});
export type Media = z.infer<typeof mediaSchema>;

/** A post that a file is in. */
export const mediaUseSchema = z.object({
  postId: idSchema,
  caption: z.string(),
  status: z.enum(postStatuses),
  scheduledFor: instantSchema,
});
export type MediaUse = z.infer<typeof mediaUseSchema>;

/** Something being written that a file is in. */
const mediaDraftSchema = z.object({
  id: idSchema,
  /** Null while there is no post yet. */
  postId: idSchema.nullable(),
  /** Its first words; empty where nothing is written. */
  title: z.string(),
  updatedAt: instantSchema,
});

/** A file as the library shows it. */
export const libraryItemSchema = mediaSchema.extend({
  /** By time, the earliest first. */
  usedIn: z.array(mediaUseSchema),
  /** What is being written with it, the latest first. */
  draftedIn: z.array(mediaDraftSchema),
  /** What keeps it from one network or another; `field` is the network. */
  problems: z.array(problemSchema),
});
export type LibraryItem = z.infer<typeof libraryItemSchema>;

const byId = z.object({ id: idSchema });
const altTextSchema = textSchema(1_000);
const nameSchema = textSchema(200);

export const media = {
  list: procedure
    .route({ method: 'GET', path: '/media', tags: ['media'] })
    .input(
      z.object({
        ...pageInputShape,
        clientId: idSchema,
        /** Words of the file name or the alternative text. */
        search: textSchema(200).optional(),
        kind: z.enum(['image', 'video']).optional(),
        origin: z.enum(['upload', 'ai']).optional(),
        /** `true`: only what a post holds; `false`: only what none does. */
        used: z.enum(['true', 'false']).optional(),
      }),
    )
    .output(pageOf(libraryItemSchema)),
  upload: procedure
    .route({ method: 'POST', path: '/media', tags: ['media'], successStatus: 201 })
    .input(z.strictObject({ file: z.file(), clientId: idSchema, altText: altTextSchema.optional() }))
    .output(mediaSchema),
  get: procedure
    .route({ method: 'GET', path: '/media/{id}', tags: ['media'] })
    .input(byId)
    .output(libraryItemSchema),
  update: procedure
    .route({ method: 'PATCH', path: '/media/{id}', tags: ['media'] })
    .input(
      z.strictObject({
        id: idSchema,
        name: nameSchema.min(1).optional(),
        altText: altTextSchema.nullable().optional(),
        focal: pointSchema.nullable().optional(),
        focalOn: ownPointChangesSchema.optional(),
        aiMade: z.boolean().optional(),
      }),
    )
    .output(libraryItemSchema),
  /** Takes a file that no post holds out of the library; its bytes are kept for a while. */
  delete: procedure
    .route({ method: 'DELETE', path: '/media/{id}', tags: ['media'] })
    .input(byId)
    .output(z.object({ deleted: z.literal(true) })),
  /** Takes a deletion back. */
  restore: procedure
    .route({ method: 'POST', path: '/media/{id}/restore', tags: ['media'] })
    .input(byId)
    .output(libraryItemSchema),
  /** Makes a short upright video of a picture, for reels and TikTok. */
  makeClip: procedure
    .route({ method: 'POST', path: '/media/{id}/clip', tags: ['media'], successStatus: 201 })
    .input(byId)
    .output(mediaSchema),
};
