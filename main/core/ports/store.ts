import type { Brand } from '../../../shared/contract/brand.ts';
import type { CalendarPost } from '../../../shared/contract/pipeline.ts';
import type { Rules } from '../../../shared/contract/rules.ts';
import type { PostFigures } from '../../../shared/domain/metrics.ts';
import type { Waiting } from '../../../shared/domain/need.ts';
import type { Platform } from '../../../shared/domain/platform.ts';
import type { PostOrder, PostStatus, TargetStatus } from '../../../shared/domain/post.ts';
import type {
  ClientRecord,
  AccountRecord,
  MediaRecord,
  PostRecord,
  TargetRecord,
  AttemptRecord,
  AttemptEventRecord,
  KillSwitchRecord,
  RunnerRecord,
  RenewalRecord,
  OnboardingLinkRecord,
  OAuthStateRecord,
  SessionRecord,
  UsageRecord,
  ActivityRecord,
  ClientBudgetRecord,
  NetworkCallsRecord,
  ApprovalRecord,
  JobRunRecord,
  LessonRecord,
  CredentialRecord,
  DraftRecord,
  AccountMetricsRecord,
  PostMetricsRecord,
  RefusedMetricRecord,
  PreflightRecord,
  VariantRecord,
} from './records.ts';

/* What can be asked of the store. Times are UTC milliseconds. */

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

export interface PageRequest {
  cursor?: string;
  limit: number;
}

export interface MediaFilter extends PageRequest {
  clientId: string;
  /** Words of the name or the alternative text, all of which must be there. */
  search?: string;
  kind?: MediaRecord['kind'];
  origin?: MediaRecord['origin'];
  /** Whether a post holds it. */
  used?: boolean;
}

/** Which posts; each condition that is given must hold. */
export interface PostConditions {
  ids?: readonly string[];
  clientIds?: readonly string[];
  statuses?: readonly PostStatus[];
  /** Posts for any of these networks. */
  platforms?: readonly Platform[];
  from?: number;
  to?: number;
  /** Words, each of which the caption, a hashtag or the client's name must hold anywhere. */
  search?: string;
}

/** A post that waits for a person, with what of its targets tells why. */
export interface WaitingPost {
  id: string;
  status: PostStatus;
  /** Those that are held or failed. */
  targets: Waiting[];
}

/** A post in short. */
export interface CalendarRecord
  extends Pick<PostRecord, 'id' | 'clientId' | 'status' | 'caption' | 'scheduledFor' | 'timezone'> {
  clientName: string;
  targets: CalendarPost['targets'];
}

export interface PostFilter extends PageRequest, PostConditions {
  /** By scheduled time unless given; `client` and `status` then by scheduled time. */
  order?: PostOrder;
}

export interface ActivityFilter extends PageRequest {
  clientId?: string;
  postId?: string;
  accountId?: string;
  level?: ActivityRecord['level'];
  kind?: string;
  /** One of these stands before the dot of the kind, such as `post`. */
  topics?: readonly string[];
  actor?: string;
  /** UTC ms; from `from` on, before `to`. */
  from?: number;
  to?: number;
  /** Words that the message must hold, each of them anywhere. */
  search?: string;
}

/** Paid calls added up. */
export interface UsageSums {
  microUsd: number;
  calls: number;
  tokens: number;
  images: number;
  videos: number;
}

export interface UsageFilter {
  /** UTC ms; created from `from` on, before `to`. */
  from: number;
  to: number;
  clientId?: string;
}

export interface StandingFilter {
  statuses: readonly TargetStatus[];
  errorCodes: readonly string[];
  clientId?: string;
  accountId?: string;
  limit: number;
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

/** A client and what can be counted of it. */
export interface ClientGlanceRecord {
  client: ClientRecord;
  brand: Brand | null;
  /** Null while none were written. */
  rules: Rules | null;
  toReview: number;
  needsYou: number;
  atRisk: number;
  /** Posts for the time asked about, but those that were rejected or failed. */
  planned: number;
  /** When the next approved post is due, UTC ms. */
  nextPostAt: number | null;
}

export interface ClientRepository {
  get(id: string): Promise<ClientRecord | undefined>;
  /** Those of these that are there, in any order. */
  getMany(ids: readonly string[]): Promise<ClientRecord[]>;
  /** By name. Cursor pages are stable while rows are added. */
  list(filter: PageRequest & { status?: ClientRecord['status'] }): Promise<Page<ClientRecord>>;
  insert(client: ClientRecord): Promise<void>;
  update(id: string, change: Partial<Omit<ClientRecord, 'id'>>): Promise<void>;
  brand(clientId: string): Promise<Brand | undefined>;
  /** By client; clients without one are missing. */
  brands(clientIds: readonly string[]): Promise<Map<string, Brand>>;
  putBrand(clientId: string, brand: Brand, at: number): Promise<void>;
  rules(clientId: string): Promise<Rules | undefined>;
  putRules(clientId: string, rules: Rules, at: number): Promise<void>;
  countByStatus(): Promise<Partial<Record<ClientRecord['status'], number>>>;
  /** All of them by name, with their posts in `[from, to)` counted; a fixed number of questions however many there are. */
  glance(from: number, to: number): Promise<ClientGlanceRecord[]>;
}

export interface AccountRepository {
  /** Disconnected accounts are still found here, for the journal's sake. */
  get(id: string): Promise<AccountRecord | undefined>;
  /** Those of these that are there, disconnected ones too, in any order. */
  getMany(ids: readonly string[]): Promise<AccountRecord[]>;
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
  /** Newest first, without what is in the bin. */
  list(filter: MediaFilter): Promise<Page<MediaRecord>>;
  /** Also from the bin. */
  findBySha256(clientId: string, sha256: string): Promise<MediaRecord | undefined>;
  insert(media: MediaRecord): Promise<void>;
  update(
    id: string,
    change: Partial<Pick<MediaRecord, 'name' | 'altText' | 'focal' | 'focalOn' | 'aiMade' | 'deletedAt'>>,
  ): Promise<void>;
  /** In the bin since before `deletedBefore`, and named by no post, deleted ones included. */
  listUnneeded(deletedBefore: number): Promise<MediaRecord[]>;
  /** Removes the row if it is still one of {@link listUnneeded}. @returns whether it was */
  removeUnneeded(id: string, deletedBefore: number): Promise<boolean>;
  /** Whether any client's media, in the bin or not, has this content. */
  isKept(sha256: string): Promise<boolean>;
}

export interface PostRepository {
  get(id: string): Promise<PostRecord | undefined>;
  /** Those of these that are there, in any order. */
  getMany(ids: readonly string[]): Promise<PostRecord[]>;
  /** Pages stay right while posts are added, moved and removed: each post that stays where it is comes once. */
  list(filter: PostFilter): Promise<Page<PostRecord>>;
  /** Newest first by scheduled time: what was said lately. */
  recentOfClient(clientId: string, limit: number): Promise<PostRecord[]>;
  slotsTaken(clientId: string, slots: readonly string[]): Promise<string[]>;
  /** Those of a client that hold any of the media. */
  withMedia(clientId: string, mediaIds: readonly string[]): Promise<PostRecord[]>;
  /** @throws {SlotTaken} when another post fills the same slot. */
  insert(post: PostRecord): Promise<void>;
  update(id: string, change: Partial<Omit<PostRecord, 'id'>>): Promise<void>;
  /** All that meet the conditions, by scheduled time; captions are cut after 140 characters. */
  calendar(conditions: PostConditions): Promise<CalendarRecord[]>;
  countByStatus(conditions?: PostConditions): Promise<Partial<Record<PostStatus, number>>>;
  /** All that meet the conditions and wait for a person, whatever their status is asked to be. */
  waiting(conditions: PostConditions): Promise<WaitingPost[]>;
  /** Whether a post has this id or had it, deleted or not. */
  isKnown(id: string): Promise<boolean>;
  /** Brings a deleted post back; its slot is given up when another post fills it meanwhile. @returns whether one was deleted */
  restore(id: string, at: number): Promise<boolean>;
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
  /** Those of one account that wait under one of these error codes, whether their time has come or not. */
  waitingFor(accountId: string, errorCodes: readonly string[]): Promise<DueTarget[]>;
  /** Those in one of these states, and pending ones under one of these error codes, by scheduled time. */
  standing(filter: StandingFilter): Promise<DueTarget[]>;
  /** The earliest such time after `at`; null when nothing waits. */
  nextDueAfter(at: number): Promise<number | null>;
  countFailed(): Promise<number>;
  /** Published at or after `since`, with a first comment that is neither live, nor given up, nor under way. */
  awaitingComment(since: number): Promise<TargetRecord[]>;
  /** Those of an account that went live at or after `since` and have an id of the network, newest first. */
  liveOf(accountId: string, since: number): Promise<TargetRecord[]>;
  /** Published or delivered at or after `since` and without a link, newest first; most of them have no id of the network either. */
  withoutLink(since: number, limit: number): Promise<TargetRecord[]>;
}

export interface AttemptRepository {
  get(id: string): Promise<AttemptRecord | undefined>;
  listOfPost(postId: string): Promise<AttemptRecord[]>;
  listOfTarget(targetId: string): Promise<AttemptRecord[]>;
  /** The latest attempt to post of each of these, by target; targets without any are missing. */
  latestOf(targetIds: readonly string[]): Promise<Map<string, AttemptRecord>>;
  /** Attempts to post on this account that were created at or after `since`, UTC ms, in any order. */
  begunSince(accountId: string, since: number): Promise<AttemptRecord[]>;
  openOf(targetId: string, kind: AttemptRecord['kind']): Promise<AttemptRecord | undefined>;
  listOpen(): Promise<AttemptRecord[]>;
  /** @throws {AttemptOpen} when the target already has an open attempt of this kind. */
  insert(attempt: AttemptRecord): Promise<void>;
  update(id: string, change: Partial<Omit<AttemptRecord, 'id' | 'targetId'>>): Promise<void>;
  /** Appends to the attempt's journal; the sequence counts up by itself. */
  record(event: Omit<AttemptEventRecord, 'sequence'>): Promise<void>;
  events(attemptId: string): Promise<AttemptEventRecord[]>;
  /** Which of these posts on the network are known to be ours: our post's id by the network's. */
  boundPosts(remoteAccountId: string, remoteIds: readonly string[]): Promise<Map<string, string>>;
  /**
   * When an attempt to post on this account began last, UTC ms; null for never. What was proven not to have been
   * published, and attempts for `exceptTargets`, do not count.
   */
  lastStart(accountId: string, exceptTargets: readonly string[]): Promise<number | null>;
  /**
   * What the attempts to post for this identity that were created after `since` (UTC ms) came to first, newest first, at
   * most `limit`; null for each that is still at its beginning. Those that went on with what they had do not count.
   */
  firstSteps(
    remoteAccountId: string,
    since: number,
    limit: number,
  ): Promise<(Pick<AttemptEventRecord, 'at' | 'monotonicAt' | 'bootId'> | null)[]>;
  /** True when another attempt is already bound to this post on the network. */
  isBound(remoteAccountId: string, remoteId: string): Promise<boolean>;
}

export interface ControlRepository {
  killSwitches(): Promise<KillSwitchRecord[]>;
  putKillSwitch(killSwitch: KillSwitchRecord): Promise<void>;
}

/** There is at most one `sent` of an account at a time. */
export interface RenewalRepository {
  /** The one of this account that was begun last. */
  last(accountId: string): Promise<RenewalRecord | undefined>;
  /** When one gave this account a new login last, UTC ms; null for never. */
  lastRenewedAt(accountId: string): Promise<number | null>;
  insert(renewal: RenewalRecord): Promise<void>;
  update(id: string, change: Partial<Omit<RenewalRecord, 'id' | 'accountId'>>): Promise<void>;
}

/** One row; there is none before the first run. */
export interface RunnerRepository {
  current(): Promise<RunnerRecord | undefined>;
  put(runner: RunnerRecord): Promise<void>;
}

export interface ConnectionRepository {
  insertLink(link: OnboardingLinkRecord): Promise<void>;
  linkByHash(tokenHash: string): Promise<OnboardingLinkRecord | undefined>;
  linkById(id: string): Promise<OnboardingLinkRecord | undefined>;
  /** Newest first. */
  linksOfClient(clientId: string): Promise<OnboardingLinkRecord[]>;
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
  totals(from: number, to: number, clientId?: string): Promise<UsageSums>;
  /** The same for each client and purpose; null stands for no client. */
  byClient(filter: UsageFilter): Promise<(UsageSums & Pick<UsageRecord, 'clientId' | 'purpose'>)[]>;
  /** The same for each calendar month (UTC, `2026-11`) and purpose, rising. */
  byMonth(filter: UsageFilter): Promise<(UsageSums & Pick<UsageRecord, 'purpose'> & { month: string })[]>;
  /** Newest first. */
  list(filter: UsageFilter & PageRequest): Promise<Page<UsageRecord>>;
  /** When the first paid call was made, UTC ms; null before it. */
  firstAt(): Promise<number | null>;
  budgets(): Promise<ClientBudgetRecord[]>;
  budgetOf(clientId: string): Promise<ClientBudgetRecord | undefined>;
  putBudget(budget: ClientBudgetRecord): Promise<void>;
  removeBudget(clientId: string): Promise<void>;
  /** Adds to what is known of that day. */
  addNetworkCalls(calls: NetworkCallsRecord): Promise<void>;
  /** Added up by service; both days included. */
  networkCalls(firstDay: string, lastDay: string): Promise<Omit<NetworkCallsRecord, 'day'>[]>;
}

export interface ActivityRepository {
  insert(activity: ActivityRecord): Promise<void>;
  /** Newest first. */
  list(filter: ActivityFilter): Promise<Page<ActivityRecord>>;
  /** Everybody who ever did something. */
  actors(): Promise<string[]>;
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

/** One set of figures for each post or account and day; a later one of the same day takes its place. */
export interface MeasuredAccount {
  accountId: string;
  accountName: string;
  platform: Platform;
  clientId: string;
  clientName: string;
  /** The client's. */
  timezone: string;
}

/** Days in UTC, both included. */
export interface FigureFilter {
  from: string;
  to: string;
  clientId?: string;
  platform?: Platform;
}

/** What is live on an account, with what it has by now. */
export interface LivePost {
  targetId: string;
  postId: string;
  clientId: string;
  accountId: string;
  platform: Platform;
  isStory: boolean;
  /** UTC ms. */
  publishedAt: number;
  figures: PostFigures;
}

/** Posts, or stories, that went live on one account, in any order: what has the same place in each list is of the same post. */
export interface AccountOutcomes {
  accountId: string;
  postIds: readonly string[];
  /** UTC ms. */
  publishedAt: readonly number[];
  figures: Readonly<Record<ComparedFigure, readonly (number | null)[]>>;
}

export const comparedFigures = ['views', 'likes', 'comments', 'shares', 'saves', 'reposts'] as const;
export type ComparedFigure = (typeof comparedFigures)[number];

/** How many posts, by what they are counted for; what has none is missing. */
export interface LiveCounts {
  byClient: ReadonlyMap<string, number>;
  byPlatform: ReadonlyMap<Platform, number>;
  /** By calendar day in UTC. */
  byDay: ReadonlyMap<string, number>;
}

export interface MetricRepository {
  putOfTarget(metrics: PostMetricsRecord): Promise<void>;
  /** By day, rising. */
  listOfTarget(targetId: string): Promise<PostMetricsRecord[]>;
  putOfAccount(metrics: AccountMetricsRecord): Promise<void>;
  /** By day, rising, from `since` on (`2026-11-24`). */
  listOfAccount(accountId: string, since: string): Promise<AccountMetricsRecord[]>;
  /** What posts gained in these days, by account; figures of posts that were deleted since count too. */
  gainsByAccount(filter: FigureFilter): Promise<(PostFigures & { accountId: string })[]>;
  /** The same by day, rising; days without figures are left out. */
  gainsByDay(filter: FigureFilter): Promise<(PostFigures & { day: string })[]>;
  /** The same by account and day, for a file of them all. */
  gainsByAccountAndDay(filter: FigureFilter): Promise<(PostFigures & { accountId: string; day: string })[]>;
  /** How many followed each account on each of these days, by account and day, rising. */
  followers(filter: FigureFilter): Promise<{ accountId: string; day: string; followers: number }[]>;
  /** How many posts went live on these days and are still there; one on several accounts is one. */
  countLivePosts(filter: FigureFilter): Promise<LiveCounts>;
  /** What went live on these days and is still there, newest first. @param filter.postIds only of these posts */
  livePosts(filter: FigureFilter & { postIds?: readonly string[] }): Promise<LivePost[]>;
  /** As much of the same as tells how posts did beside others, one item for each account, and one for its stories; for reckoning with tens of thousands. */
  outcomes(filter: FigureFilter): Promise<AccountOutcomes[]>;
  /** Accounts of clients that are there, disconnected ones included. */
  accounts(filter: Pick<FigureFilter, 'clientId' | 'platform'>): Promise<MeasuredAccount[]>;
  /** Which of these have figures of that day. */
  takenOn(day: string, targetIds: readonly string[]): Promise<string[]>;
  refused(): Promise<RefusedMetricRecord[]>;
  putRefused(metric: RefusedMetricRecord): Promise<void>;
}

/** What was found of posts ahead of their time; one for each target that was looked at. */
export interface PreflightRepository {
  /** Those of these targets that were looked at. */
  of(targetIds: readonly string[]): Promise<PreflightRecord[]>;
  /** Those that found something. */
  atRisk(): Promise<PreflightRecord[]>;
  /** Takes the place of what was found before. */
  put(preflight: PreflightRecord): Promise<void>;
}

/** A draft as lists show it: whole ones may be as long as a book. */
export interface DraftInShort extends Omit<DraftRecord, 'content'> {
  /** Its first words, at most 200 characters. */
  title: string;
  mediaIds: readonly string[];
}

/** What is being written, by id. */
export interface DraftRepository {
  get(id: string): Promise<DraftRecord | undefined>;
  /** The latest first. */
  list(filter: { clientId?: string | undefined; limit: number }): Promise<DraftInShort[]>;
  /** Those of a client that hold any of the media, the latest first. */
  withMedia(clientId: string, mediaIds: readonly string[]): Promise<DraftInShort[]>;
  /** Takes the place of what was there before. */
  put(draft: DraftRecord): Promise<void>;
  /** Nothing happens when there is none. */
  remove(id: string): Promise<void>;
}

export interface ApprovalRepository {
  insert(approval: ApprovalRecord): Promise<void>;
  /** The latest of a post. */
  last(postId: string): Promise<ApprovalRecord | undefined>;
}

export interface LessonRepository {
  get(id: string): Promise<LessonRecord | undefined>;
  /** Newest first, those that teach: without what was withdrawn or waits for an approval. */
  listOfClient(clientId: string, limit: number): Promise<LessonRecord[]>;
  /** All of a post, oldest first. */
  listOfPost(postId: string): Promise<LessonRecord[]>;
  insert(lesson: LessonRecord): Promise<void>;
  update(id: string, change: Partial<Omit<LessonRecord, 'id' | 'clientId' | 'postId' | 'kind'>>): Promise<void>;
}

export interface VariantRepository {
  /** Newest first. */
  listOfPost(postId: string): Promise<VariantRecord[]>;
  insert(variant: VariantRecord): Promise<void>;
}

export interface Repositories {
  clients: ClientRepository;
  accounts: AccountRepository;
  media: MediaRepository;
  posts: PostRepository;
  drafts: DraftRepository;
  targets: TargetRepository;
  attempts: AttemptRepository;
  control: ControlRepository;
  runner: RunnerRepository;
  renewals: RenewalRepository;
  preflights: PreflightRepository;
  connections: ConnectionRepository;
  usage: UsageRepository;
  activity: ActivityRepository;
  approvals: ApprovalRepository;
  lessons: LessonRepository;
  variants: VariantRepository;
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
