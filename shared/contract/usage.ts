import { z } from 'zod';
import { idSchema, instantSchema, pageInputShape, pageOf, procedure } from './common.ts';

const admin = { tags: ['admin'] };

/** A calendar month in UTC, `2026-11`. */
export const monthSchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'Use a month such as 2026-11.');

/** What a paid call is for. */
export const purposes = ['caption', 'image', 'video'] as const;
export type Purpose = (typeof purposes)[number];

/** Whose rate limit a call to the networks counts for. */
export const networkServices = ['meta', 'instagram', 'tiktok'] as const;

const sumsShape = {
  /** Millionths of a US dollar; an estimate from listed prices. */
  microUsd: z.number(),
  calls: z.number(),
  tokens: z.number(),
  images: z.number(),
  videos: z.number(),
};

/** How much of a budget is left: `near` from 80 % on, `used_up` when nothing more is paid for. */
export const budgetStates = ['ok', 'near', 'used_up'] as const;
export type BudgetState = (typeof budgetStates)[number];

/** A month's limit for AI calls and what is used of it; without a client it is that of all together. */
export const budgetSchema = z.object({
  clientId: idSchema.nullable(),
  clientName: z.string().nullable(),
  limitMicroUsd: z.number(),
  spentMicroUsd: z.number(),
  state: z.enum(budgetStates),
});
export type Budget = z.infer<typeof budgetSchema>;

export const usageOfMonthSchema = z.object({
  month: monthSchema,
  total: z.object({ ...sumsShape, byPurpose: z.record(z.enum(purposes), z.number()) }),
  /** Who had calls, or has a budget; the highest spend first. Calls for no client have no id. */
  clients: z.array(
    z.object({
      clientId: idSchema.nullable(),
      clientName: z.string().nullable(),
      ...sumsShape,
      /** Null: only the limit of all together holds. */
      budget: budgetSchema.nullable(),
    }),
  ),
  /** The limit of all together; null for none. */
  budget: budgetSchema.nullable(),
  /** What the month will have cost if it goes on like the last 30 days; null for another month than this. */
  expectedMicroUsd: z.number().nullable(),
  networks: z.array(
    z.object({
      service: z.enum(networkServices),
      calls: z.number(),
      failed: z.number(),
      /** The highest share of its rate limit that it told of in this month, in percent; null when it told none. */
      busiestPercent: z.number().nullable(),
    }),
  ),
});
export type UsageOfMonth = z.infer<typeof usageOfMonthSchema>;

export const usageEntrySchema = z.object({
  id: idSchema,
  at: instantSchema,
  clientId: idSchema.nullable(),
  postId: idSchema.nullable(),
  provider: z.string(),
  model: z.string(),
  purpose: z.enum(purposes),
  /** `intent`: begun, counted with its estimated price. `unknown`: whether it was paid could not be told. */
  state: z.enum(['intent', 'settled', 'failed', 'unknown']),
  microUsd: z.number(),
  tokens: z.number(),
  images: z.number(),
  videos: z.number(),
  error: z.string().nullable(),
});
export type UsageEntry = z.infer<typeof usageEntrySchema>;

export const usage = {
  /** Spend, units and calls of one calendar month; this one unless another is named. */
  month: procedure
    .route({ method: 'GET', path: '/admin/usage', ...admin })
    .input(z.object({ month: monthSchema.optional() }))
    .output(usageOfMonthSchema),
  /** Spend of the last twelve months, oldest first; those without calls too. */
  months: procedure
    .route({ method: 'GET', path: '/admin/usage/months', ...admin })
    .input(z.object({ clientId: idSchema.optional() }))
    .output(
      z.object({
        items: z.array(
          z.object({
            month: monthSchema,
            microUsd: z.number(),
            byPurpose: z.record(z.enum(purposes), z.number()),
          }),
        ),
        nextCursor: z.string().nullable(),
      }),
    ),
  /** Paid calls one by one, newest first. */
  entries: procedure
    .route({ method: 'GET', path: '/admin/usage/entries', ...admin })
    .input(z.object({ ...pageInputShape, month: monthSchema.optional(), clientId: idSchema.optional() }))
    .output(pageOf(usageEntrySchema)),
  /** The most that AI calls for one client may cost in a calendar month; null: only the limit of all together holds. */
  setBudget: procedure
    .route({ method: 'PUT', path: '/clients/{id}/budget', tags: ['clients'] })
    .input(z.strictObject({ id: idSchema, monthlyMicroUsd: z.number().int().min(0).nullable() }))
    .output(z.object({ monthlyMicroUsd: z.number().nullable() })),
};
