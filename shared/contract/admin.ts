import { z } from 'zod';
import { providers } from '../domain/platform.ts';
import { postStatuses } from '../domain/post.ts';
import {
  idSchema,
  instantSchema,
  languageSchema,
  pageInputShape,
  pageOf,
  platformSchema,
  procedure,
  textSchema,
  timeOfDaySchema,
  timezoneSchema,
} from './common.ts';
import { rulesSchema } from './rules.ts';
import { budgetSchema } from './usage.ts';

const admin = { tags: ['admin'] };

export const statsSchema = z.object({
  clients: z.object({ total: z.number(), active: z.number() }),
  posts: z.record(z.enum(postStatuses), z.number()),
  dueNext24h: z.number(),
  failures: z.number(),
  /** Posts that wait for their time and would not go out as things stand. */
  postsAtRisk: z.number(),
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
  /** Budgets of this month that are nearly used up, or wholly. */
  budgets: z.array(budgetSchema),
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

/** A post on one account that a stop concerns. */
export const standingSchema = z.object({
  postId: idSchema,
  targetId: idSchema,
  clientId: idSchema,
  accountId: idSchema,
  platform: platformSchema,
  caption: z.string(),
  scheduledFor: instantSchema,
  reason: z.string().nullable(),
});

/** What the desktop app tells outside its window. */
export const noticeKinds = ['failed', 'waiting', 'risk', 'connection', 'writing', 'budget', 'weekly'] as const;
export type NoticeKind = (typeof noticeKinds)[number];

export const settingsSchema = z.object({
  agencyName: textSchema(120),
  /** How clients reach the agency; shown on the pages that they see. */
  agencyContact: textSchema(200),
  /** IANA name; new clients have it unless they are given another. Null: nobody chose one. */
  agencyTimezone: timezoneSchema.nullable(),
  /** BCP 47 tag of the language that new clients' posts are written in. */
  agencyLanguage: languageSchema,
  /** The posting rules that a new client begins with. */
  newClientRules: rulesSchema,
  /** What the desktop app tells outside its window. */
  notices: z.array(z.enum(noticeKinds)).max(noticeKinds.length),
  /** Times of the computer's clock between which nothing is told; null: it may be at any time. */
  quietHours: z.strictObject({ from: timeOfDaySchema, to: timeOfDaySchema }).nullable(),
  /** Colour of the pages and reports that clients see, as `#rrggbb`; null for the app's own. */
  brandColor: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, 'Use a colour such as #3b5bdb.')
    .nullable(),
  /**
   * An https page of the agency's that hands a login at Facebook or Instagram back to this app: those send people
   * back to https addresses only. Null: they come back to this app's own address.
   */
  relayUrl: z
    .string()
    .max(500)
    .refine(isRelay, 'Use an https address without ? and #, such as https://example.com/relay/.')
    .nullable(),
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

const logoSchema = z.object({ picture: z.string().nullable() });
/** What a call over the dashboard's line has room for. */
const pictureSchema = z
  .string()
  .min(1, 'The picture is empty.')
  .max(933_336, 'The picture is larger than 700 kB.')
  // By their first bytes; the rest is looked at where files are opened.
  .regex(/^(?:iVBORw0KGgo|\/9j\/|UklGR)[A-Za-z0-9+/]*={0,2}$/, 'Give a JPEG, PNG or WebP picture in base64.');

export const jobSchema = z.object({
  name: z.string(),
  description: z.string(),
  running: z.boolean(),
  /** When the run that is under way began. */
  runningSince: instantSchema.nullable(),
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

/** One thing that a check of keys found out; `ok` is null where it could not be told. */
export const findingSchema = z.object({ ok: z.boolean().nullable(), message: z.string() });
export type Finding = z.infer<typeof findingSchema>;

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
    /** `rescue`: the data cannot be opened; the server shows what can be done about it and nothing else. */
    status: z.enum(['ok', 'locked', 'starting', 'rescue']),
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
  standing: procedure
    .route({
      method: 'GET',
      path: '/admin/kill-switch/standing',
      description: 'What a stop did not reach any more, and what waits for a decision; at most 500 of all.',
      ...admin,
    })
    .input(z.strictObject({ scope: z.enum(killSwitchScopes).default('global'), id: idSchema.optional() }))
    .output(
      z.object({
        /** Being prepared or sent at this moment; a request that has left cannot be called back. */
        inFlight: z.array(standingSchema),
        /** Sent, and the network has not said how it ended. */
        unknown: z.array(standingSchema),
        /** Waiting for a person. */
        held: z.array(standingSchema),
        /** Became due while nothing may be sent; held when that ends. */
        dueMeanwhile: z.array(standingSchema),
      }),
    ),
};

export const settings = {
  get: procedure.route({ method: 'GET', path: '/admin/settings', ...admin }).output(settingsSchema),
  update: procedure
    .route({ method: 'PATCH', path: '/admin/settings', ...admin })
    .input(settingsSchema.partial().strict())
    .output(settingsSchema),
  /** The agency's logo as it stands on reports: a PNG in base64, null without one. */
  getLogo: procedure.route({ method: 'GET', path: '/admin/settings/logo', ...admin }).output(logoSchema),
  /** Takes a JPEG, PNG or WebP of at most 700 kB in base64; null takes the logo away. Answers what is kept of it. */
  putLogo: procedure
    .route({ method: 'PUT', path: '/admin/settings/logo', ...admin })
    .input(z.strictObject({ picture: pictureSchema.nullable() }))
    .output(logoSchema),
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
  /** Asks the service, by calls that cost and change nothing, whether it accepts the keys. */
  check: procedure
    .route({ method: 'POST', path: '/admin/credentials/{provider}/check', ...admin })
    .input(z.strictObject({ provider: z.enum(providers) }))
    .output(z.object({ items: z.array(findingSchema) })),
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
      accountId: idSchema.optional(),
      level: z.enum(['info', 'warning', 'error']).optional(),
      kind: z.string().max(60).optional(),
      /** Parts of kinds before the dot, such as `post` or `post,comment`. */
      topics: z
        .string()
        .max(100)
        .regex(/^[a-z_]+(,[a-z_]+)*$/, 'Use topics such as post,comment.')
        .optional(),
      actor: z.string().max(200).optional(),
      /** From this instant on. */
      from: instantSchema.optional(),
      /** Before this instant. */
      to: instantSchema.optional(),
      /** Words that must all be in the message; case and accents do not matter. */
      search: textSchema(200).optional(),
    }),
  )
  .output(pageOf(activitySchema));

/** Everybody the log names: people, `api`, and `job:<name>`. */
export const logActors = procedure
  .route({ method: 'GET', path: '/admin/logs/actors', ...admin })
  .output(z.object({ items: z.array(z.string()), nextCursor: z.string().nullable() }));

function isRelay(text: string): boolean {
  if (!/^[\x21-\x7e]+$/.test(text) || /[?#@]/.test(text)) return false;
  return z.url({ protocol: /^https$/ }).safeParse(text).success;
}
