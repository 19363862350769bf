import { z } from 'zod';
import { clientStatuses } from '../domain/client.ts';
import { accountSchema } from './accounts.ts';
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

/** A client with what tells at a glance how it stands. */
export const clientGlanceSchema = clientSchema.extend({
  /** The first colour of its brand, `#rrggbb`. */
  color: z.string().nullable(),
  accounts: z.array(accountSchema.pick({ id: true, platform: true, displayName: true, status: true })),
  /** When the next post goes out that is approved. */
  nextPostAt: instantSchema.nullable(),
  /** Posts that wait for a review. */
  toReview: z.number().int(),
  /** Posts that do not go on without a person: held, failed, or live on some of their networks only. */
  needsYou: z.number().int(),
  /** Posts that wait for their time and would not go out as things stand. */
  atRisk: z.number().int(),
  /** Posts there are for the next seven days, and how many the rules give a week. */
  planned: z.number().int(),
  wanted: z.number().int(),
});
export type ClientGlance = z.infer<typeof clientGlanceSchema>;

const name = textSchema(120).trim().min(1, 'A client needs a name.');
const brandVoice = textSchema(4_000);

export const clients = {
  list: procedure
    .route({ method: 'GET', path: '/clients', tags: ['clients'] })
    .input(z.object({ ...pageInputShape, status: z.enum(clientStatuses).optional() }))
    .output(pageOf(clientSchema)),
  /** All clients, by name, and how each stands. */
  glance: procedure
    .route({ method: 'GET', path: '/admin/stats/clients', tags: ['clients'] })
    .output(z.object({ items: z.array(clientGlanceSchema), nextCursor: z.string().nullable() })),
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
