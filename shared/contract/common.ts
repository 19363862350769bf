import { oc } from '@orpc/contract';
import { z } from 'zod';
import { platforms } from '../domain/platform.ts';

export const idSchema = z.string().min(1).max(64);
export const platformSchema = z.enum(platforms);
/** An instant with its offset, e.g. `2026-11-24T09:00:00Z`. */
export const instantSchema = z.iso.datetime({
  offset: true,
  error: 'Use a date and time that exist, with the offset, such as 2026-11-24T09:00:00Z.',
});
/** A date and time as a wall clock shows it, without zone: `2026-11-24T09:00`. */
export const wallTimeSchema = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/);
export const timezoneSchema = z
  .string()
  .max(64)
  .refine(isTimezone, 'Not a time zone. Use an IANA name such as Europe/Berlin.');

/** `09:00`, as a clock shows it. */
export const timeOfDaySchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Use a time such as 09:00.');
/** BCP 47 tag. */
export const languageSchema = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'Use a language tag such as en or pt-BR.');

/** Text a person typed: no lone surrogates, no control characters but line breaks and tabs. */
export function textSchema(max: number) {
  return z
    .string()
    .max(max)
    .refine((text) => text.isWellFormed(), 'The text holds broken Unicode.')
    .refine((text) => !/[^\P{Cc}\t\n\r]/u.test(text), 'The text holds control characters.');
}

const limitWords = 'Use a whole number from 1 to 200.';
export const pageInputShape = {
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number(limitWords).int(limitWords).min(1, limitWords).max(200, limitWords).default(50),
};

export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

/** One thing that is wrong with an input or a post, in words for a person. */
export const problemSchema = z.object({ field: z.string(), code: z.string(), message: z.string() });
export type Problem = z.infer<typeof problemSchema>;

/** The errors a caller can act on; anything else is INTERNAL_SERVER_ERROR with an id that is in the log. */
export const procedure = oc.errors({
  NOT_FOUND: { status: 404, message: 'Not found.', data: z.object({ what: z.string(), id: z.string() }) },
  CONFLICT: {
    status: 409,
    message: 'That is not possible in the present state.',
    data: z.object({ reason: z.string() }),
  },
  UNPROCESSABLE: {
    status: 422,
    message: 'Some of this cannot be used.',
    data: z.object({ problems: z.array(problemSchema) }),
  },
  LOCKED: { status: 423, message: 'The encryption key is missing or changed.', data: z.object({ reason: z.string() }) },
  UPSTREAM: {
    status: 502,
    message: 'A service the app depends on did not do its part.',
    data: z.object({ provider: z.string(), retryAt: instantSchema.nullable() }),
  },
});

function isTimezone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
