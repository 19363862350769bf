import { z } from 'zod';
import { idSchema, instantSchema, pageInputShape, pageOf, procedure, textSchema } from './common.ts';

export const mediaSchema = z.object({
  id: idSchema,
  clientId: idSchema,
  kind: z.enum(['image', 'video']),
  mime: z.string(),
  width: z.number().int(),
  height: z.number().int(),
  /** Videos only. */
  durationMs: z.number().int().nullable(),
  bytes: z.number().int(),
  origin: z.enum(['upload', 'ai']),
  altText: z.string().nullable(),
  /** Path below the server's origin. */
  url: z.string(),
  createdAt: instantSchema,
});
export type Media = z.infer<typeof mediaSchema>;

export const media = {
  list: procedure
    .route({ method: 'GET', path: '/media', tags: ['media'] })
    .input(z.object({ ...pageInputShape, clientId: idSchema }))
    .output(pageOf(mediaSchema)),
  upload: procedure
    .route({ method: 'POST', path: '/media', tags: ['media'], successStatus: 201 })
    .input(z.strictObject({ file: z.file(), clientId: idSchema, altText: textSchema(1_000).optional() }))
    .output(mediaSchema),
};
