import { z } from 'zod';
import { platforms } from '../domain/platform.ts';
import { idSchema, instantSchema, platformSchema, procedure, timeOfDaySchema, wallTimeSchema } from './common.ts';

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

export const rulesSchema = z.object({
  postsPerWeek: z.number().int().min(0).max(70),
  days: z.array(z.enum(weekdays)).max(7),
  /** Wall times in the client's time zone, `HH:MM`. */
  times: z.array(timeOfDaySchema).max(24),
  platforms: z.array(platformSchema).max(platforms.length),
  /** Approve what the AI wrote without a person. Never applies to text with a link, a mention or a phone number. */
  autoApprove: z.boolean(),
  /** How late a post may still go out by itself, in minutes. */
  graceMinutes: z.number().int().min(0).max(1_440),
});
export type Rules = z.infer<typeof rulesSchema>;

export const defaultRules: Rules = {
  postsPerWeek: 3,
  days: ['mon', 'wed', 'fri'],
  times: ['09:00'],
  platforms: ['facebook', 'instagram'],
  autoApprove: false,
  graceMinutes: 30,
};

/** A moment at which the rules want a post. */
export const slotSchema = z.object({ at: instantSchema, wallTime: wallTimeSchema, taken: z.boolean() });

export const rules = {
  get: procedure
    .route({ method: 'GET', path: '/clients/{id}/rules', tags: ['clients'] })
    .input(z.object({ id: idSchema }))
    .output(rulesSchema),
  put: procedure
    .route({ method: 'PUT', path: '/clients/{id}/rules', tags: ['clients'] })
    .input(
      z.strictObject({
        id: idSchema,
        postsPerWeek: rulesSchema.shape.postsPerWeek,
        days: rulesSchema.shape.days,
        times: rulesSchema.shape.times,
        platforms: rulesSchema.shape.platforms,
        autoApprove: rulesSchema.shape.autoApprove.default(defaultRules.autoApprove),
        graceMinutes: rulesSchema.shape.graceMinutes.default(defaultRules.graceMinutes),
      }),
    )
    .output(rulesSchema),
  /** The slots of the coming days, and whether a post already fills them. */
  slots: procedure
    .route({ method: 'GET', path: '/clients/{id}/slots', tags: ['clients'] })
    .input(z.object({ id: idSchema, days: z.coerce.number().int().min(1).max(31).default(7) }))
    .output(z.object({ items: z.array(slotSchema) })),
  /** The slots that other rules would give in the next `ahead` days, before they are saved. */
  preview: procedure
    .route({ method: 'POST', path: '/clients/{id}/slots', tags: ['clients'] })
    .input(
      z.strictObject({
        id: idSchema,
        postsPerWeek: rulesSchema.shape.postsPerWeek,
        days: rulesSchema.shape.days,
        times: rulesSchema.shape.times,
        ahead: z.number().int().min(1).max(31).default(14),
      }),
    )
    .output(z.object({ items: z.array(slotSchema) })),
};
