import type { DraftContent } from '../../../shared/contract/drafts.ts';
import type { VideoFacts } from '../../../shared/contract/media.ts';
import type { TargetOptions } from '../../../shared/contract/pipeline.ts';
import type { Point } from '../../../shared/domain/crop.ts';
import type { AccountMetric, Metrics, PostMetric } from '../../../shared/domain/metrics.ts';
import type { Platform, Provider, Via } from '../../../shared/domain/platform.ts';
import type { PostPart, PostStatus, TargetStatus } from '../../../shared/domain/post.ts';
import type { RiskCode } from '../../../shared/domain/risk.ts';
import type { Handle, MetricSubject } from './networks.ts';

/* Records as the core sees them. Times are UTC milliseconds. Sealed columns hold ciphertext only. */

export interface ClientRecord {
  id: string;
  name: string;
  status: 'onboarding' | 'active' | 'paused' | 'archived';
  timezone: string;
  language: string;
  brandVoice: string;
  createdAt: number;
  updatedAt: number;
  deletedAt: number | null;
}

export interface AccountRecord {
  id: string;
  clientId: string;
  platform: Platform;
  /** Whose login it is connected by. */
  via: Via;
  remoteId: string;
  displayName: string;
  username: string | null;
  /** Instagram by Facebook's login: the Page it is linked to. */
  pageId: string | null;
  /** The network's id of whoever logged in; null where an older version connected it. */
  loginId: string | null;
  status: 'connected' | 'expiring' | 'reconnect';
  statusReason: string | null;
  sealedAccessToken: string | null;
  sealedRefreshToken: string | null;
  sealedUserToken: string | null;
  expiresAt: number | null;
  refreshExpiresAt: number | null;
  scopes: string[];
  audited: boolean;
  /** Nothing is sent before this; set when the network asked us to wait. */
  pausedUntil: number | null;
  connectedAt: number;
  updatedAt: number;
  disconnectedAt: number | null;
}

export interface MediaRecord {
  id: string;
  clientId: string;
  sha256: string;
  /** The file's name; null when it never had one. */
  name: string | null;
  kind: 'image' | 'video';
  mime: string;
  width: number;
  height: number;
  durationMs: number | null;
  /** What a video holds; null for images and for files from before it was looked at. */
  video: VideoFacts | null;
  bytes: number;
  origin: 'upload' | 'ai';
  /** Model and prompt of AI-made media. */
  provenance: { model: string; prompt: string } | null;
  /** Networks are told that AI made it. */
  aiMade: boolean;
  altText: string | null;
  /** What stays in sight when it is cut; null: the middle. */
  focal: Point | null;
  /** The same for single networks, where it differs there. */
  focalOn: Partial<Record<Platform, Point>>;
  /** Id of the image that this clip was made of. */
  madeFrom: string | null;
  createdBy: string | null;
  createdAt: number;
  /** In the bin since. */
  deletedAt: number | null;
}

export interface PostRecord {
  id: string;
  clientId: string;
  status: PostStatus;
  source: 'ai' | 'manual';
  caption: string;
  hashtags: string[];
  firstComment: string | null;
  altText: string | null;
  mediaIds: string[];
  scheduledFor: number;
  /** As a person typed or the rules gave it: `2026-11-24T09:00`. */
  wallTime: string;
  timezone: string;
  /** Fills one slot of the rules, `<clientId>/<wall time>`; one post a slot. */
  slot: string | null;
  approvedHash: string | null;
  approvedBy: string | null;
  approvedAt: number | null;
  heldReason: string | null;
  rejectedReason: string | null;
  /** "Publish now" was asked for: lateness does not matter. */
  publishNowAt: number | null;
  createdAt: number;
  updatedAt: number;
  deletedAt: number | null;
}

/** That a person agreed to what TikTok asks before a direct post. */
export interface Consent {
  by: string;
  at: number;
  /** The post as it was then, in one text. */
  to: string;
}

export interface TargetRecord {
  id: string;
  postId: string;
  accountId: string;
  platform: Platform;
  status: TargetStatus;
  caption: string | null;
  options: TargetOptions;
  /** TikTok, direct: what a person agreed to last; it stands as long as the post is still that. */
  consent: Consent | null;
  remoteId: string | null;
  permalink: string | null;
  publishedAt: number | null;
  /** Tries that count; waits for rate limits do not. */
  tries: number;
  nextAttemptAt: number | null;
  errorCode: string | null;
  errorMessage: string | null;
  updatedAt: number;
}

/** Why a target would not go out as things stand; message and remedy are for a person. */
export interface Risk {
  code: RiskCode;
  message: string;
  /** What a person can do about it. */
  remedy: string;
  /** When it was found first, UTC ms. */
  since: number;
}

/** What was found of a target ahead of its time. */
export interface PreflightRecord {
  targetId: string;
  /** When the last look ended that could tell, UTC ms. */
  checkedAt: number;
  /** Null: it would go out. */
  risk: Risk | null;
}

/** States of an attempt; `intent`, `prepared`, `sending`, `accepted`, `unknown` and `needs_human` are open. */
export const attemptStates = [
  'intent',
  'prepared',
  'sending',
  'accepted',
  'unknown',
  'needs_human',
  'published',
  'not_sent',
  'rejected',
] as const;
export type AttemptState = (typeof attemptStates)[number];

/** One try to put one thing (a post, its first comment) on one account. */
export interface AttemptRecord {
  id: string;
  targetId: string;
  accountId: string;
  kind: 'post' | 'first_comment';
  /** The identity on the network that this attempt is for. */
  remoteAccountId: string;
  number: number;
  state: AttemptState;
  handle: Handle | null;
  contentHash: string;
  bootId: string;
  /** Of the holder of the lease that made it; 0 from before there were leases. */
  epoch: number;
  createdAt: number;
  sentAt: number | null;
  /** Until when the sent call may still be answered. */
  deadlineAt: number | null;
  negativeLookUps: number;
  lastLookUpAt: number | null;
  endedAt: number | null;
  remoteId: string | null;
  permalink: string | null;
  errorClass: string | null;
  errorCode: string | null;
  errorMessage: string | null;
}

export interface AttemptEventRecord {
  attemptId: string;
  sequence: number;
  at: number;
  monotonicAt: number;
  bootId: string;
  kind: string;
  detail: string;
}

export interface KillSwitchRecord {
  scope: 'global' | 'client' | 'account';
  /** Empty for global. */
  scopeId: string;
  engaged: boolean;
  reason: string | null;
  changedAt: number;
  changedBy: string;
}

/** Who publishes from this store, or did so last. */
export interface RunnerRecord {
  /** Counts the holders. Attempts carry the epoch that they began in. */
  epoch: number;
  /** Boot id of the run of the app. */
  holder: string;
  /** Names the computer that it runs on. */
  computer: string;
  acquiredAt: number;
  /** Counts up while the holder lives: whoever waits watches it by a clock of its own, so no two clocks need agree. */
  renewals: number;
  /** How long the lease lasts after a renewal, ms; 0 once it was given back. */
  leaseMs: number;
  /** When it ends if it is not renewed, by the holder's wall clock. For people: nothing is decided by it. */
  leaseUntil: number;
}

/** One try to renew the login of an account. Holds no token. */
export interface RenewalRecord {
  id: string;
  accountId: string;
  epoch: number;
  bootId: string;
  /**
   * - `sent`: the network is asked, or the app ended while it was
   * - `renewed`: the new login is stored
   * - `refused`: the old login is no longer taken
   * - `failed`: refused for another reason; nothing has changed
   * - `unknown`: there was no answer, or nobody was there to read it; the old login may be used up
   */
  state: 'sent' | 'renewed' | 'refused' | 'failed' | 'unknown';
  startedAt: number;
  endedAt: number | null;
  errorCode: string | null;
  errorMessage: string | null;
}

export interface OnboardingLinkRecord {
  id: string;
  clientId: string;
  /** SHA-256 of the token; the token itself is not kept. */
  tokenHash: string;
  createdAt: number;
  expiresAt: number;
  revokedAt: number | null;
  lastUsedAt: number | null;
  uses: number;
}

export interface OAuthStateRecord {
  stateHash: string;
  clientId: string;
  platform: Platform;
  via: Via;
  onboardingLinkId: string | null;
  redirectUri: string;
  /** SHA-256 of what names the window it was begun in; null of logins that an older version began, which end nowhere. */
  windowHash: string | null;
  sealedCodeVerifier: string;
  createdAt: number;
  expiresAt: number;
  consumedAt: number | null;
  /** Accounts found after login that wait for a choice; sealed JSON. */
  sealedFound: string | null;
}

export interface SessionRecord {
  tokenHash: string;
  createdAt: number;
  expiresAt: number;
}

/** One paid call: written before it is made, settled after. */
export interface UsageRecord {
  id: string;
  clientId: string | null;
  postId: string | null;
  provider: 'groq' | 'replicate';
  model: string;
  purpose: 'caption' | 'image' | 'video';
  /** Names the intent; one open or settled row each. */
  intent: string;
  state: 'intent' | 'settled' | 'failed' | 'unknown';
  remoteId: string | null;
  inputTokens: number;
  outputTokens: number;
  images: number;
  videos: number;
  costMicroUsd: number;
  latencyMs: number | null;
  error: string | null;
  createdAt: number;
  settledAt: number | null;
}

/** The most that the AI calls for a client may cost in a calendar month (UTC), in millionths of a US dollar. */
export interface ClientBudgetRecord {
  clientId: string;
  microUsd: number;
  updatedAt: number;
}

/** Calls to one network's service on one day. */
export interface NetworkCallsRecord {
  /** One has one rate limit: Facebook and the Instagram accounts behind Pages share Meta's. */
  service: 'meta' | 'instagram' | 'tiktok';
  /** Calendar day in UTC, `2026-11-24`. */
  day: string;
  calls: number;
  /** Those that were not answered, or refused. */
  failed: number;
  /** The highest share of the service's rate limit that it told of; null when it told of none. */
  busiestPercent: number | null;
}

/** One call to a network, as it was answered. */
export type NetworkCall = Pick<NetworkCallsRecord, 'service' | 'busiestPercent'> & { isFailed: boolean };

export interface ActivityRecord {
  id: string;
  at: number;
  actor: string;
  kind: string;
  level: 'info' | 'warning' | 'error';
  message: string;
  clientId: string | null;
  postId: string | null;
  accountId: string | null;
  detail: ActivityDetail | null;
}

/** What an activity is about, where its message alone does not tell it. */
export interface ActivityDetail {
  /** In a person's words, or the app's. */
  reason?: string;
  /** What of a post was changed. */
  changed?: PostPart[];
  /** UTC ms: where a post was, and where it was moved to. */
  from?: number;
  to?: number;
}

/** What a post was when it was approved. */
export interface ApprovalRecord {
  id: string;
  postId: string;
  approvedBy: string;
  approvedAt: number;
  contentHash: string;
  content: ApprovedContent;
}

export interface ApprovedContent {
  caption: string;
  hashtags: string[];
  firstComment: string | null;
  altText: string | null;
  mediaIds: string[];
  scheduledFor: number;
  wallTime: string;
  timezone: string;
  targets: { accountId: string; platform: Platform; caption: string | null; options: TargetOptions }[];
}

/**
 * What people thought of a text: `rejected` for a reason, or `edited` before it was approved. An edit teaches only once
 * the post is approved; until then `taughtAt` is null.
 */
export interface LessonRecord {
  id: string;
  clientId: string;
  postId: string;
  kind: 'rejected' | 'edited';
  /** Of a rejection. */
  reason: string | null;
  /** The text it is about; of an edit, as the AI wrote it. */
  written: string;
  /** Of an edit: as it was approved. */
  changedTo: string | null;
  taughtBy: string;
  taughtAt: number | null;
  /** Taken back, or forgotten at a person's wish. */
  withdrawnAt: number | null;
}

/** Another wording that was asked for, of the post's caption or of one account's own. */
export interface VariantRecord {
  id: string;
  postId: string;
  /** Null: of the caption that all accounts share. */
  accountId: string | null;
  caption: string;
  createdAt: number;
}

export interface JobRunRecord {
  name: string;
  lastRunAt: number;
  lastDurationMs: number | null;
  lastError: string | null;
}

/** Something being written; see the contract's `draftSchema`. */
export interface DraftRecord {
  id: string;
  clientId: string;
  postId: string | null;
  content: DraftContent;
  basedOn: string | null;
  revision: number;
  writer: string;
  updatedBy: string;
  createdAt: number;
  updatedAt: number;
}

export interface CredentialRecord {
  provider: Provider;
  sealed: string;
  hint: string;
  updatedAt: number;
}

/** Figures of one post on one account, as they stood on one day. */
export interface PostMetricsRecord {
  targetId: string;
  /** Calendar day in UTC, `2026-11-24`. */
  day: string;
  metrics: Metrics<PostMetric>;
  takenAt: number;
}

/** Figures of one account, as they stood on one day. */
export interface AccountMetricsRecord {
  accountId: string;
  /** Calendar day in UTC, `2026-11-24`. */
  day: string;
  metrics: Metrics<AccountMetric>;
  takenAt: number;
}

/** A metric that a network says it does not have. */
export interface RefusedMetricRecord {
  platform: Platform;
  subject: MetricSubject;
  /** The network's own name of it. */
  metric: string;
  /** In the network's own words. */
  reason: string;
  refusedAt: number;
}
