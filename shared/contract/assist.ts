import { z } from 'zod';
import { longestPassage, rewriteWishes } from '../domain/rewrite.ts';
import { idSchema, platformSchema, procedure, textSchema } from './common.ts';

export const assist = {
  /** Words a passage anew in the client's voice. Nothing is changed by it: the answer is a suggestion. */
  rewrite: procedure
    .route({ method: 'POST', path: '/clients/{id}/rewrite', tags: ['clients'] })
    .input(
      z.strictObject({
        id: idSchema,
        wish: z.enum(rewriteWishes),
        text: textSchema(longestPassage).refine((text) => text.trim() !== '', 'There is no text to work on.'),
        /** The whole text around the passage, so that it keeps fitting in. */
        around: textSchema(100_000).optional(),
        /** BCP 47, such as `de`; asked for with `translate`. */
        language: z
          .string()
          .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/, 'Use a language tag such as de or pt-BR.')
          .optional(),
        /** The network whose own text this is; left out for the text of all. */
        platform: platformSchema.optional(),
      }),
    )
    .output(z.object({ text: z.string() })),
};
