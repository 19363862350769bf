import { z } from 'zod';
import { providers } from '../domain/platform.ts';
import { postStatuses } from '../domain/post.ts';
import { idSchema, instantSchema, pageInputShape, pageOf, procedure, textSchema } from './common.ts';

const admin = { tags: ['admin'] };

export const statsSchema = z.object({
  clients: z.object({ total: z.number(), active: z.number() }),
  posts: z.record(z.enum(postStatuses), z.number()),
  dueNext24h: z.number(),
  failures: z.number(),
  accountsToReconnect: z.number(),
  nextDueAt: instantSchema.nullable(),
  /** This calendar month, UTC, in millionths of a US dollar; an estimate from listed prices. */
  spend: z.object({
    microUsd: z.number(),
    calls: z.number(),
    tokens: z.number(),
    images: z.number(),
    videos: z.number(),
  }),
});

export const killSwitchScopes = ['global', 'client', 'account'] as const;
export const killSwitchSchema = z.object({
  scope: z.enum(killSwitchScopes),
  /** The client or account; null for global. */
  id: idSchema.nullable(),
  engaged: z.boolean(),
  reason: z.string().nullable(),
  changedAt: instantSchema,
  changedBy: z.string(),
});
export type KillSwitch = z.infer<typeof killSwitchSchema>;
const killSwitches = z.object({ items: z.array(killSwitchSchema), nextCursor: z.string().nullable() });

const modelSchema = z
  .string()
  .max(120)
  .regex(/^[\x21-\x7e]+$/, 'Use the name of a model as its service writes it.');

export const settingsSchema = z.object({
  agencyName: textSchema(120),
  /** Groq model ids, the first is used, the second when the first is gone. */
  captionModels: z.array(modelSchema).min(1).max(4),
  imageModel: modelSchema,
  videoModel: modelSchema,
  /** Stops paid AI calls of a calendar month above this, in millionths of a US dollar; null for no limit. */
  monthlyBudgetMicroUsd: z.number().int().min(0).nullable(),
  /** How many days ahead posts are written. */
  planAheadDays: z.number().int().min(1).max(31),
  /** Create Facebook posts unpublished first, then make them visible: a lost answer then never doubles a post. */
  facebookTwoPhase: z.boolean(),
});
export type Settings = z.infer<typeof settingsSchema>;

export const jobSchema = z.object({
  name: z.string(),
  description: z.string(),
  running: z.boolean(),
  lastRunAt: instantSchema.nullable(),
  lastDurationMs: z.number().nullable(),
  lastError: z.string().nullable(),
  nextRunAt: instantSchema.nullable(),
});

export const activitySchema = z.object({
  id: idSchema,
  at: instantSchema,
  /** A person, `api`, or `job:<name>`. */
  actor: z.string(),
  /** e.g. `post.published`. */
  kind: z.string(),
  level: z.enum(['info', 'warning', 'error']),
  message: z.string(),
  clientId: idSchema.nullable(),
  postId: idSchema.nullable(),
  accountId: idSchema.nullable(),
});
export type Activity = z.infer<typeof activitySchema>;

export const credentialStateSchema = z.object({
  provider: z.enum(providers),
  configured: z.boolean(),
  /** The end of the key or the app id, enough to recognise it. */
  hint: z.string().nullable(),
  /** `environment` values win and cannot be changed here. */
  source: z.enum(['environment', 'stored', 'sandbox', 'none']),
});

const secret = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .regex(/^[\x21-\x7e]+$/, 'Use the key exactly as the service shows it.');
/**
 * What a service's developer page calls its keys: groq `apiKey`, replicate `apiToken`, meta and instagram
 * `appId` and `appSecret`, tiktok `clientKey` and `clientSecret`; names other services use for the same are
 * understood. Which ones a service needs is checked when they are put.
 */
export const credentialInputSchema = z
  .strictObject({
    apiKey: secret,
    apiToken: secret,
    token: secret,
    key: secret,
    appId: secret,
    appSecret: secret,
    clientId: secret,
    clientKey: secret,
    clientSecret: secret,
    secret,
  })
  .partial();
export type CredentialInput = z.infer<typeof credentialInputSchema>;

export const health = procedure.route({ method: 'GET', path: '/health', tags: ['health'] }).output(
  z.object({
    status: z.enum(['ok', 'locked', 'starting']),
    version: z.string(),
    profile: z.enum(['sandbox', 'live']),
  }),
);

export const stats = procedure.route({ method: 'GET', path: '/admin/stats', ...admin }).output(statsSchema);

export const killSwitch = {
  list: procedure.route({ method: 'GET', path: '/admin/kill-switch', ...admin }).output(killSwitches),
  set: procedure
    .route({ method: 'PUT', path: '/admin/kill-switch', ...admin })
    .input(
      z.strictObject({
        scope: z.enum(killSwitchScopes),
        id: idSchema.nullable().optional(),
        engaged: z.boolean(),
        reason: textSchema(500).nullable().optional(),
      }),
    )
    .output(killSwitches),
};

export const settings = {
  get: procedure.route({ method: 'GET', path: '/admin/settings', ...admin }).output(settingsSchema),
  update: procedure
    .route({ method: 'PATCH', path: '/admin/settings', ...admin })
    .input(settingsSchema.partial().strict())
    .output(settingsSchema),
};

export const credentials = {
  list: procedure
    .route({ method: 'GET', path: '/admin/credentials', ...admin })
    .output(z.object({ items: z.array(credentialStateSchema), nextCursor: z.string().nullable() })),
  get: procedure
    .route({ method: 'GET', path: '/admin/credentials/{provider}', ...admin })
    .input(z.object({ provider: z.enum(providers) }))
    .output(credentialStateSchema),
  /** `groq {apiKey}`, `replicate {apiToken}`, `meta` and `instagram {appId, appSecret}`, `tiktok {clientKey, clientSecret}`. */
  put: procedure
    .route({ method: 'PUT', path: '/admin/credentials/{provider}', inputStructure: 'detailed', ...admin })
    .input(z.object({ params: z.object({ provider: z.enum(providers) }), body: credentialInputSchema }))
    .output(credentialStateSchema),
};

export const jobs = {
  list: procedure
    .route({ method: 'GET', path: '/admin/jobs', ...admin })
    .output(z.object({ items: z.array(jobSchema), nextCursor: z.string().nullable() })),
  run: procedure
    .route({ method: 'POST', path: '/admin/jobs/{name}/run', ...admin })
    .input(z.object({ name: z.string().max(60) }))
    .output(jobSchema),
};

export const logs = procedure
  .route({ method: 'GET', path: '/admin/logs', ...admin })
  .input(
    z.object({
      ...pageInputShape,
      clientId: idSchema.optional(),
      postId: idSchema.optional(),
      level: z.enum(['info', 'warning', 'error']).optional(),
      kind: z.string().max(60).optional(),
    }),
  )
  .output(pageOf(activitySchema));
