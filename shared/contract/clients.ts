import { z } from 'zod';
import {
  idSchema,
  instantSchema,
  languageSchema as language,
  pageInputShape,
  pageOf,
  procedure,
  textSchema,
  timezoneSchema,
} from './common.ts';

export const clientStatuses = ['onboarding', 'active', 'paused', 'archived'] as const;

export const clientSchema = z.object({
  id: idSchema,
  name: z.string(),
  status: z.enum(clientStatuses),
  timezone: z.string(),
  /** BCP 47 tag of the language posts are written in. */
  language: z.string(),
  brandVoice: z.string(),
  createdAt: instantSchema,
});
export type Client = z.infer<typeof clientSchema>;

const name = textSchema(120).trim().min(1, 'A client needs a name.');
const brandVoice = textSchema(4_000);

export const clients = {
  list: procedure
    .route({ method: 'GET', path: '/clients', tags: ['clients'] })
    .input(z.object({ ...pageInputShape, status: z.enum(clientStatuses).optional() }))
    .output(pageOf(clientSchema)),
  get: procedure
    .route({ method: 'GET', path: '/clients/{id}', tags: ['clients'] })
    .input(z.object({ id: idSchema }))
    .output(clientSchema),
  create: procedure
    .route({ method: 'POST', path: '/clients', tags: ['clients'], successStatus: 201 })
    .input(
      z.strictObject({
        name,
        /** Left out: the agency's, as its settings say. */
        timezone: timezoneSchema.optional(),
        language: language.optional(),
        brandVoice: brandVoice.default(''),
        status: z.enum(clientStatuses).default('onboarding'),
      }),
    )
    .output(clientSchema),
  update: procedure
    .route({ method: 'PATCH', path: '/clients/{id}', tags: ['clients'] })
    .input(
      z.strictObject({
        id: idSchema,
        name: name.optional(),
        timezone: timezoneSchema.optional(),
        language: language.optional(),
        brandVoice: brandVoice.optional(),
        status: z.enum(clientStatuses).optional(),
      }),
    )
    .output(clientSchema),
  /** Removes the client from view, erases its tokens and drops what was not published yet. */
  delete: procedure
    .route({ method: 'DELETE', path: '/clients/{id}', tags: ['clients'] })
    .input(z.object({ id: idSchema }))
    .output(z.object({ deleted: z.literal(true) })),
};
