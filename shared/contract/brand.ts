import { z } from 'zod';
import { idSchema, procedure, textSchema } from './common.ts';

export const brandSchema = z.object({
  /** Hex colours, `#rrggbb`. */
  colors: z.array(z.string().regex(/^#[0-9a-fA-F]{6}$/, 'Use a colour such as #1f6f54.')).max(12),
  /** Words and phrases that never appear in anything published. */
  bannedTerms: z.array(textSchema(100).trim().min(1)).max(500),
  /** Calls to action; each post uses one of them. */
  ctas: z.array(textSchema(300).trim().min(1)).max(50),
  hashtags: z.array(textSchema(100).trim().min(1)).max(100),
  imageStyle: textSchema(1_000),
  /** Posts in the brand's own voice, for the AI to learn from. */
  examplePosts: z.array(textSchema(2_200)).max(20),
});
export type Brand = z.infer<typeof brandSchema>;

export const emptyBrand: Brand = {
  colors: [],
  bannedTerms: [],
  ctas: [],
  hashtags: [],
  imageStyle: '',
  examplePosts: [],
};

export const brand = {
  get: procedure
    .route({ method: 'GET', path: '/clients/{id}/brand', tags: ['clients'] })
    .input(z.object({ id: idSchema }))
    .output(brandSchema),
  put: procedure
    .route({ method: 'PUT', path: '/clients/{id}/brand', tags: ['clients'] })
    .input(
      z.strictObject({
        id: idSchema,
        colors: brandSchema.shape.colors.default([]),
        bannedTerms: brandSchema.shape.bannedTerms.default([]),
        ctas: brandSchema.shape.ctas.default([]),
        hashtags: brandSchema.shape.hashtags.default([]),
        imageStyle: brandSchema.shape.imageStyle.default(''),
        examplePosts: brandSchema.shape.examplePosts.default([]),
      }),
    )
    .output(brandSchema),
  /** Has the AI write a post in the brand's voice, to be looked at; it costs, and is kept nowhere. */
  example: procedure
    .route({
      method: 'POST',
      path: '/clients/{id}/brand/example',
      description: 'What is given takes the place of what is stored, so that a change can be tried before it is saved.',
      tags: ['clients'],
    })
    .input(z.strictObject({ id: idSchema, brandVoice: textSchema(4_000).optional(), ...brandSchema.partial().shape }))
    .output(
      z.object({
        /** Without the call to action and the hashtags. */
        caption: z.string(),
        cta: z.string().nullable(),
        hashtags: z.array(z.string()),
      }),
    ),
};
