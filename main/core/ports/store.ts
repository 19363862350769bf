import type { Brand } from '../../../shared/contract/brand.ts';
import type { TargetOptions } from '../../../shared/contract/pipeline.ts';
import type { Rules } from '../../../shared/contract/rules.ts';
import type { Platform, Provider } from '../../../shared/domain/platform.ts';
import type { PostStatus, TargetStatus } from '../../../shared/domain/post.ts';
import type { Handle } from './networks.ts';

/*
 * Records as the core sees them. Times are UTC milliseconds. Sealed columns hold ciphertext only.
 */

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
  remoteId: string;
  displayName: string;
  username: string | null;
  /** Instagram: the Page it is linked to. */
  pageId: string | null;
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
  kind: 'image' | 'video';
  mime: string;
  width: number;
  height: number;
  durationMs: number | null;
  bytes: number;
  origin: 'upload' | 'ai';
  /** Model and prompt of AI-made media. */
  provenance: { model: string; prompt: string } | null;
  altText: string | null;
  createdAt: number;
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

export interface TargetRecord {
  id: string;
  postId: string;
  accountId: string;
  platform: Platform;
  status: TargetStatus;
  caption: string | null;
  options: TargetOptions;
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
  onboardingLinkId: string | null;
  redirectUri: string;
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
}

export interface JobRunRecord {
  name: string;
  lastRunAt: number;
  lastDurationMs: number | null;
  lastError: string | null;
}

export interface CredentialRecord {
  provider: Provider;
  sealed: string;
  hint: string;
  updatedAt: number;
}

export interface MetricRecord {
  targetId: string;
  /** Calendar day in UTC, `2026-11-24`. */
  day: string;
  metrics: Record<string, number>;
  takenAt: number;
}

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

export interface PageRequest {
  cursor?: string;
  limit: number;
}

export interface PostFilter extends PageRequest {
  clientId?: string;
  statuses?: readonly PostStatus[];
  from?: number;
  to?: number;
}

export interface ActivityFilter extends PageRequest {
  clientId?: string;
  postId?: string;
  level?: ActivityRecord['level'];
  kind?: string;
}

/** A target whose time has come, with what the decision about it needs. */
export interface DueTarget {
  target: TargetRecord;
  post: PostRecord;
}

/*
 * Repositories. `get` answers undefined for what is not there (or was deleted); `update` changes
 * the named fields of one row and throws {@link RowGone} when there is none.
 */

export interface ClientRepository {
  get(id: string): Promise<ClientRecord | undefined>;
  /** By name. Cursor pages are stable while rows are added. */
  list(filter: PageRequest & { status?: ClientRecord['status'] }): Promise<Page<ClientRecord>>;
  insert(client: ClientRecord): Promise<void>;
  update(id: string, change: Partial<Omit<ClientRecord, 'id'>>): Promise<void>;
  brand(clientId: string): Promise<Brand | undefined>;
  putBrand(clientId: string, brand: Brand, at: number): Promise<void>;
  rules(clientId: string): Promise<Rules | undefined>;
  putRules(clientId: string, rules: Rules, at: number): Promise<void>;
  countByStatus(): Promise<Partial<Record<ClientRecord['status'], number>>>;
}

export interface AccountRepository {
  /** Disconnected accounts are still found here, for the journal's sake. */
  get(id: string): Promise<AccountRecord | undefined>;
  /** Connected ones only, by platform and name. */
  listOfClient(clientId: string): Promise<AccountRecord[]>;
  listAll(): Promise<AccountRecord[]>;
  findByRemote(platform: Platform, remoteId: string): Promise<AccountRecord[]>;
  insert(account: AccountRecord): Promise<void>;
  update(id: string, change: Partial<Omit<AccountRecord, 'id'>>): Promise<void>;
}

export interface MediaRepository {
  get(id: string): Promise<MediaRecord | undefined>;
  getMany(ids: readonly string[]): Promise<MediaRecord[]>;
  list(filter: PageRequest & { clientId: string }): Promise<Page<MediaRecord>>;
  findBySha256(clientId: string, sha256: string): Promise<MediaRecord | undefined>;
  insert(media: MediaRecord): Promise<void>;
  update(id: string, change: Partial<Pick<MediaRecord, 'altText'>>): Promise<void>;
}

export interface PostRepository {
  get(id: string): Promise<PostRecord | undefined>;
  /** By scheduled time, then id, rising. */
  list(filter: PostFilter): Promise<Page<PostRecord>>;
  /** Newest first by scheduled time: what was said lately. */
  recentOfClient(clientId: string, limit: number): Promise<PostRecord[]>;
  slotsTaken(clientId: string, slots: readonly string[]): Promise<string[]>;
  /** @throws {SlotTaken} when another post fills the same slot. */
  insert(post: PostRecord): Promise<void>;
  update(id: string, change: Partial<Omit<PostRecord, 'id'>>): Promise<void>;
  countByStatus(): Promise<Partial<Record<PostStatus, number>>>;
  countDueBetween(from: number, to: number): Promise<number>;
}

export interface TargetRepository {
  get(id: string): Promise<TargetRecord | undefined>;
  listOfPost(postId: string): Promise<TargetRecord[]>;
  listOfPosts(postIds: readonly string[]): Promise<TargetRecord[]>;
  insert(target: TargetRecord): Promise<void>;
  update(id: string, change: Partial<Omit<TargetRecord, 'id' | 'postId'>>): Promise<void>;
  remove(id: string): Promise<void>;
  /**
   * Pending targets of posts with an approval (those with a held or failed target too) whose time (`scheduledFor`, or `nextAttemptAt` when set, or at
   * once when publish-now was asked for) is at or before `at`, earliest first.
   */
  due(at: number, limit: number): Promise<DueTarget[]>;
  /** The earliest such time after `at`; null when nothing waits. */
  nextDueAfter(at: number): Promise<number | null>;
  countFailed(): Promise<number>;
  /** Published at or after `since`, with a first comment that is neither live nor given up. */
  awaitingComment(since: number): Promise<TargetRecord[]>;
  /** Published or delivered at or after `since` and without an id of the network, newest first. */
  withoutLink(since: number, limit: number): Promise<TargetRecord[]>;
}

export interface AttemptRepository {
  get(id: string): Promise<AttemptRecord | undefined>;
  listOfPost(postId: string): Promise<AttemptRecord[]>;
  listOfTarget(targetId: string): Promise<AttemptRecord[]>;
  openOf(targetId: string, kind: AttemptRecord['kind']): Promise<AttemptRecord | undefined>;
  listOpen(): Promise<AttemptRecord[]>;
  /** @throws {AttemptOpen} when the target already has an open attempt of this kind. */
  insert(attempt: AttemptRecord): Promise<void>;
  update(id: string, change: Partial<Omit<AttemptRecord, 'id' | 'targetId'>>): Promise<void>;
  /** Appends to the attempt's journal; the sequence counts up by itself. */
  record(event: Omit<AttemptEventRecord, 'sequence'>): Promise<void>;
  events(attemptId: string): Promise<AttemptEventRecord[]>;
  /** True when another attempt is already bound to this post on the network. */
  isBound(remoteAccountId: string, remoteId: string): Promise<boolean>;
}

export interface ControlRepository {
  killSwitches(): Promise<KillSwitchRecord[]>;
  putKillSwitch(killSwitch: KillSwitchRecord): Promise<void>;
}

export interface ConnectionRepository {
  insertLink(link: OnboardingLinkRecord): Promise<void>;
  linkByHash(tokenHash: string): Promise<OnboardingLinkRecord | undefined>;
  updateLink(id: string, change: Partial<Omit<OnboardingLinkRecord, 'id'>>): Promise<void>;
  insertState(state: OAuthStateRecord): Promise<void>;
  stateByHash(stateHash: string): Promise<OAuthStateRecord | undefined>;
  /** Marks the state used; false when it was used, expired or unknown. One caller wins. */
  consumeState(stateHash: string, at: number): Promise<boolean>;
  keepFound(stateHash: string, sealedFound: string | null): Promise<void>;
  removeExpired(before: number): Promise<void>;
  insertSession(session: SessionRecord): Promise<void>;
  sessionByHash(tokenHash: string): Promise<SessionRecord | undefined>;
  removeSession(tokenHash: string): Promise<void>;
}

export interface UsageRepository {
  byIntent(intent: string): Promise<UsageRecord | undefined>;
  insert(usage: UsageRecord): Promise<void>;
  update(id: string, change: Partial<Omit<UsageRecord, 'id'>>): Promise<void>;
  /** Calls, cost and units of rows created in [from, to); intents that are not settled count with their estimate. */
  totals(
    from: number,
    to: number,
  ): Promise<{ microUsd: number; calls: number; tokens: number; images: number; videos: number }>;
}

export interface ActivityRepository {
  insert(activity: ActivityRecord): Promise<void>;
  /** Newest first. */
  list(filter: ActivityFilter): Promise<Page<ActivityRecord>>;
}

export interface SettingRepository {
  /** Parsed JSON of a key, undefined when it was never set. */
  get(key: string): Promise<unknown>;
  put(key: string, value: unknown, at: number): Promise<void>;
  jobRuns(): Promise<JobRunRecord[]>;
  putJobRun(run: JobRunRecord): Promise<void>;
  credentials(): Promise<CredentialRecord[]>;
  putCredential(credential: CredentialRecord): Promise<void>;
}

export interface MetricRepository {
  put(metric: MetricRecord): Promise<void>;
  listOfTarget(targetId: string): Promise<MetricRecord[]>;
}

export interface Repositories {
  clients: ClientRepository;
  accounts: AccountRepository;
  media: MediaRepository;
  posts: PostRepository;
  targets: TargetRepository;
  attempts: AttemptRepository;
  control: ControlRepository;
  connections: ConnectionRepository;
  usage: UsageRepository;
  activity: ActivityRepository;
  settings: SettingRepository;
  metrics: MetricRepository;
}

export interface Store extends Repositories {
  /**
   * Runs `work` with every write in it applied together or not at all. Durable once it resolves.
   * Do not call networks inside.
   */
  transaction<T>(work: (repositories: Repositories) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export class RowGone extends Error {
  override name = 'RowGone';
}

export class SlotTaken extends Error {
  override name = 'SlotTaken';
}

export class AttemptOpen extends Error {
  override name = 'AttemptOpen';
}
