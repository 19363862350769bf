import type { Generated, Kysely, Transaction } from 'kysely';
import type {
  AccountMetricsRecord,
  AccountRecord,
  ActivityRecord,
  ClientBudgetRecord,
  NetworkCallsRecord,
  ApprovalRecord,
  AttemptEventRecord,
  AttemptRecord,
  ClientRecord,
  CredentialRecord,
  DraftRecord,
  JobRunRecord,
  KillSwitchRecord,
  LessonRecord,
  MediaRecord,
  OAuthStateRecord,
  OnboardingLinkRecord,
  PostMetricsRecord,
  PostRecord,
  PreflightRecord,
  RefusedMetricRecord,
  RenewalRecord,
  RunnerRecord,
  SessionRecord,
  TargetRecord,
  UsageRecord,
  VariantRecord,
} from '../core/ports/records.ts';
import type { PostFigures } from '../../shared/domain/metrics.ts';
import type { Encoded } from './codec.ts';

/** The tables, in camel case; columns that no record shows are explained here. */
export interface Tables {
  clients: ClientRow;
  socialAccounts: Encoded<AccountRecord>;
  /** One row a client: its brand as JSON. */
  brandAssets: { clientId: string; brand: string; updatedAt: number };
  /** One row a client: its posting rules as JSON. */
  contentRules: { clientId: string; rules: string; updatedAt: number };
  contentPipeline: PostRow;
  postTargets: TargetRow;
  drafts: Encoded<DraftRecord>;
  publishAttempts: Encoded<AttemptRecord>;
  attemptEvents: AttemptEventRow;
  postLogs: PostLogRow;
  mediaAssets: MediaRow;
  onboardingLinks: OnboardingLinkRecord;
  oauthStates: OAuthStateRecord;
  sessions: SessionRecord;
  killSwitches: Encoded<KillSwitchRecord>;
  runner: RunnerRecord & { id: number };
  tokenRenewals: RenewalRecord;
  usageEvents: UsageRecord;
  clientBudgets: ClientBudgetRecord;
  networkCalls: NetworkCallsRecord;
  postMetrics: Encoded<PostMetricsRecord>;
  accountMetrics: Encoded<AccountMetricsRecord>;
  /** What the posts of an account gained on a day. Follows from `postMetrics` and is kept with it. */
  metricGains: PostFigures & { day: string; accountId: string };
  /** What a post has on an account by now. Follows from `postMetrics` and is kept with it. */
  postFigures: PostFigures & { targetId: string };
  preflights: Encoded<PreflightRecord>;
  refusedMetrics: RefusedMetricRecord;
  settings: { key: string; value: string; updatedAt: number };
  jobRuns: JobRunRecord;
  credentials: CredentialRecord;
  /** Its message also as it is searched: without case and accents. */
  activityLog: ActivityRow;
  approvals: Encoded<ApprovalRecord>;
  lessons: LessonRecord;
  captionVariants: VariantRecord;
}

export interface ClientRow extends ClientRecord {
  /** The name as it is sorted: without case and accents. */
  sortName: string;
}

export interface PostRow extends Encoded<PostRecord> {
  /** Caption and hashtags as they are searched: without case and accents. */
  searchText: string;
}

export interface MediaRow extends Encoded<MediaRecord> {
  /** Name and alternative text as they are searched: without case and accents. */
  searchText: string;
}

export interface ActivityRow extends Encoded<ActivityRecord> {
  /** The message as it is searched: without case and accents. */
  searchText: string;
}

export interface TargetRow extends Encoded<TargetRecord> {
  /**
   * When the publisher must look at it; null while it need not: not pending, or its post not approved
   * or deleted. Follows from target and post and is kept with them, so that finding what is due reads
   * one small index however many posts there are.
   */
  dueAt: number | null;
  /** Taken off its post. The row stays for the journal's sake. */
  removedAt: number | null;
}

export interface AttemptEventRow extends AttemptEventRecord {
  /** Place in the journal of all attempts, from 1, without gaps. */
  position: number;
  /** The hash of the row before; see `chain.ts`. */
  previousHash: string;
  hash: string;
}

/**
 * What happened to a post, in words and in order: each event of its attempts and each new state of
 * its targets. Written with them, never changed, and nothing is decided by it.
 */
export interface PostLogRow {
  id: Generated<number>;
  postId: string;
  targetId: string;
  attemptId: string | null;
  at: number;
  kind: string;
  message: string;
}

/** The store's tables, inside a transaction or not. */
export type Db = Kysely<Tables>;

/** Runs statements that belong together in the transaction at hand, or in one of their own. */
export function atomically<T>(db: Db, work: (db: Db) => Promise<T>): Promise<T> {
  return db.isTransaction
    ? work(db)
    : db.transaction().execute((transaction: Transaction<Tables>) => work(transaction));
}
