import { z } from 'zod';
import { vias } from '../domain/platform.ts';
import { idSchema, instantSchema, platformSchema, procedure } from './common.ts';

export const accountStatuses = ['connected', 'expiring', 'reconnect'] as const;

export const accountSchema = z.object({
  id: idSchema,
  clientId: idSchema,
  platform: platformSchema,
  /** Whose login it is connected by: Instagram's goes through Facebook, or through Instagram itself. */
  via: z.enum(vias),
  displayName: z.string(),
  remoteId: z.string(),
  status: z.enum(accountStatuses),
  /** Why the account must be reconnected, in words for a person. */
  statusReason: z.string().nullable(),
  /** When the connection runs out unless it is renewed; null when it does not. */
  expiresAt: instantSchema.nullable(),
  scopes: z.array(z.string()),
  /** TikTok only: the app passed TikTok's audit, so posts may be published directly. */
  audited: z.boolean(),
  connectedAt: instantSchema,
});
export type Account = z.infer<typeof accountSchema>;

/** What TikTok allows a creator to choose at this moment. */
export const creatorInfoSchema = z.object({
  nickname: z.string(),
  username: z.string(),
  /** A `data:` address of the picture; null where it could not be had. */
  avatar: z.string().nullable(),
  privacyLevels: z.array(z.string()),
  commentDisabled: z.boolean(),
  duetDisabled: z.boolean(),
  stitchDisabled: z.boolean(),
  maxVideoSeconds: z.number(),
});

export type CreatorInfo = z.infer<typeof creatorInfoSchema>;

/** A post as the network shows it. */
export const recentPostSchema = z.object({
  remoteId: z.string(),
  text: z.string(),
  at: instantSchema,
  permalink: z.string().nullable(),
  /** The post here that it is known to be; null when it is none of ours, or not known yet. */
  postId: idSchema.nullable(),
});
export type RecentPost = z.infer<typeof recentPostSchema>;

/** How a link stands, as its client would find it. */
export const onboardingLinkStates = ['open', 'done', 'expired', 'revoked'] as const;

/** A link that was made for a client; its token was shown once and is not kept. */
export const onboardingLinkSchema = z.object({
  id: idSchema,
  state: z.enum(onboardingLinkStates),
  createdAt: instantSchema,
  expiresAt: instantSchema,
  revokedAt: instantSchema.nullable(),
  /** When the client said that everything is connected. */
  doneAt: instantSchema.nullable(),
  /** How often it was opened, and when last. */
  uses: z.number(),
  lastUsedAt: instantSchema.nullable(),
});
export type OnboardingLink = z.infer<typeof onboardingLinkSchema>;

export const accounts = {
  list: procedure
    .route({ method: 'GET', path: '/clients/{id}/accounts', tags: ['accounts'] })
    .input(z.object({ id: idSchema }))
    .output(z.object({ items: z.array(accountSchema), nextCursor: z.string().nullable() })),
  update: procedure
    .route({ method: 'PATCH', path: '/clients/{id}/accounts/{accountId}', tags: ['accounts'] })
    .input(z.strictObject({ id: idSchema, accountId: idSchema, audited: z.boolean() }))
    .output(accountSchema),
  disconnect: procedure
    .route({ method: 'DELETE', path: '/clients/{id}/accounts/{accountId}', tags: ['accounts'] })
    .input(z.object({ id: idSchema, accountId: idSchema }))
    .output(z.object({ disconnected: z.literal(true) })),
  /** What disconnecting would do at the network; nothing is done by asking. */
  disconnectEffect: procedure
    .route({ method: 'GET', path: '/clients/{id}/accounts/{accountId}/disconnect-effect', tags: ['accounts'] })
    .input(z.object({ id: idSchema, accountId: idSchema }))
    .output(
      z.object({
        /** The network takes back everything that the person who logged in allowed. */
        revokesLogin: z.boolean(),
        /** Accounts, of any client, that live on the same login and go on. */
        others: z.number().int(),
      }),
    ),
  creatorInfo: procedure
    .route({ method: 'GET', path: '/clients/{id}/accounts/{accountId}/creator-info', tags: ['accounts'] })
    .input(z.object({ id: idSchema, accountId: idSchema }))
    .output(creatorInfoSchema),
  /** What the network shows on this account, newest first: what a person picks from when a post's fate is unclear. */
  recentPosts: procedure
    .route({ method: 'GET', path: '/clients/{id}/accounts/{accountId}/recent-posts', tags: ['accounts'] })
    .input(z.object({ id: idSchema, accountId: idSchema }))
    .output(z.object({ items: z.array(recentPostSchema) })),
  onboardingLink: procedure
    .route({ method: 'POST', path: '/clients/{id}/onboarding-link', tags: ['accounts'], successStatus: 201 })
    .input(z.strictObject({ id: idSchema, expiresInDays: z.number().int().min(1).max(60).default(14) }))
    .output(z.object({ url: z.string(), deepLink: z.string(), expiresAt: instantSchema })),
  onboardingLinks: procedure
    .route({ method: 'GET', path: '/clients/{id}/onboarding-links', tags: ['accounts'] })
    .input(z.object({ id: idSchema }))
    .output(z.object({ items: z.array(onboardingLinkSchema), nextCursor: z.string().nullable() })),
  /** From now on the link shows nothing, and a login that began with it connects nothing. */
  revokeOnboardingLink: procedure
    .route({ method: 'DELETE', path: '/clients/{id}/onboarding-links/{linkId}', tags: ['accounts'] })
    .input(z.object({ id: idSchema, linkId: idSchema }))
    .output(z.object({ revoked: z.literal(true) })),
};
