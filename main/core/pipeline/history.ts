import type { HistoryEntry } from '../../../shared/contract/review.ts';
import { isoOf, isoOrNull } from '../instants.ts';
import type { ActivityRecord, PostRecord, Repositories } from '../ports/index.ts';
import { wholePostOf } from './deps.ts';
import type { WholePost } from './examine.ts';
import { attemptEntry, attemptsOf, isToldByAttempt } from './history-attempts.ts';
import { type Accounts, blank, type Dated } from './history-entry.ts';

/** More than that is not read by anybody. */
const mostActivities = 500;

/** All that happened to a post, newest first. @throws {NotFound} */
export async function historyOf(repositories: Repositories, postId: string): Promise<HistoryEntry[]> {
  const whole = await wholePostOf(repositories, postId);
  const activities = await activitiesOf(repositories, postId);
  const attempts = await attemptsOf(repositories, postId);
  const accounts = await accountsOf(repositories, whole, [
    ...activities.map(({ accountId }) => accountId),
    ...attempts.map(({ attempt }) => attempt.accountId),
  ]);
  const entries: Dated[] = [
    ...beginning(whole, activities),
    ...pictures(whole),
    ...activities
      .filter((activity) => !isToldByAttempt(activity, attempts))
      .map((activity) => activityEntry(activity, whole, accounts)),
    ...attempts.map((tried) => attemptEntry(tried, accounts)),
    ...unreportedRisks(whole, activities),
    ...(await figures(repositories, whole)),
  ];
  return entries
    .sort((a, b) => b.at - a.at || orderOf(b) - orderOf(a) || (a.id < b.id ? 1 : -1))
    .map(({ at, ...entry }) => ({ ...entry, at: isoOf(at) }));
}

/** What happened at the same moment: first it was written, then it got its picture. */
function orderOf({ kind }: Dated): number {
  return kind === 'written' || kind === 'created' ? 0 : kind === 'pictured' ? 1 : 2;
}

/** How the post came about; what is older than the activity log, or was written by the AI, has no activity of it. */
function beginning({ post }: WholePost, activities: readonly ActivityRecord[]): Dated[] {
  if (activities.some(({ kind }) => kind === 'post.created')) return [];
  const isByAi = post.source === 'ai';
  return [
    {
      ...blank,
      changed: [],
      id: 'written',
      at: post.createdAt,
      kind: isByAi ? 'written' : 'created',
      actor: isByAi ? 'ai' : null,
    },
  ];
}

function pictures({ post, media }: WholePost): Dated[] {
  return media
    .filter(({ origin, createdAt }) => origin === 'ai' && post.source === 'ai' && createdAt >= post.createdAt)
    .map((item) => ({
      ...blank,
      changed: [],
      id: `picture/${item.id}`,
      at: item.createdAt,
      kind: 'pictured',
      actor: 'ai',
      words: item.provenance?.model ?? null,
    }));
}

const kinds: Record<string, HistoryEntry['kind']> = {
  'post.created': 'created',
  'post.edited': 'edited',
  'post.variants': 'variants',
  'post.consented': 'consented',
  'post.approved': 'approved',
  'post.rejected': 'rejected',
  'post.reopened': 'reopened',
  'post.rescheduled': 'rescheduled',
  'post.deleted': 'deleted',
  'post.restored': 'restored',
  'post.publish_now': 'asked_now',
  'post.retried': 'retried',
  'post.at_risk': 'at_risk',
  'post.risk_gone': 'risk_gone',
  'post.held': 'held',
  'post.published': 'live',
  'post.delivered': 'delivered',
  'comment.failed': 'comment_failed',
  'post.mismatch': 'mismatch',
  'post.resolved': 'resolved',
};

/** Kinds of which the message says more than that it happened. */
const saying: ReadonlySet<HistoryEntry['kind']> = new Set([
  'at_risk',
  'held',
  'comment_failed',
  'mismatch',
  'resolved',
  'other',
]);

function activityEntry(activity: ActivityRecord, { targets }: WholePost, accounts: Accounts): Dated {
  const { id, at, level, actor, detail, accountId } = activity;
  const kind = kinds[activity.kind] ?? 'other';
  const account = accountId === null ? undefined : accounts.get(accountId);
  return {
    ...blank,
    id,
    at,
    kind,
    level,
    actor,
    platform: account?.platform ?? null,
    accountName: account?.displayName ?? null,
    words: detail?.reason ?? (saying.has(kind) ? activity.message : null),
    changed: detail?.changed ?? [],
    from: isoOrNull(detail?.from ?? null),
    to: isoOrNull(detail?.to ?? null),
    link: kind === 'live' ? (targets.find((target) => target.accountId === accountId)?.permalink ?? null) : null,
  };
}

/** Of a risk that befalls many posts of an account the activity log tells once; each post tells of it itself. */
function unreportedRisks({ targets, risks, accounts }: WholePost, activities: readonly ActivityRecord[]): Dated[] {
  return targets.flatMap((target): Dated[] => {
    const risk = risks.get(target.id);
    const isReported = activities.some(
      ({ kind, accountId, at }) =>
        kind === 'post.at_risk' && accountId === target.accountId && at >= (risk?.since ?? 0),
    );
    if (risk === undefined || isReported) return [];
    return [
      {
        ...blank,
        changed: [],
        id: `risk/${target.id}`,
        at: risk.since,
        kind: 'at_risk',
        level: 'warning',
        actor: 'job:look-ahead',
        platform: target.platform,
        accountName: accounts.get(target.accountId)?.displayName ?? null,
        words: `${risk.message} ${risk.remedy}`,
      },
    ];
  });
}

/** When the first figures of each account's post were taken. */
async function figures(repositories: Repositories, { targets, accounts }: WholePost): Promise<Dated[]> {
  const found: Dated[] = [];
  for (const target of targets) {
    const [first] = target.publishedAt === null ? [] : await repositories.metrics.listOfTarget(target.id);
    if (first === undefined) continue;
    found.push({
      ...blank,
      changed: [],
      id: `figures/${target.id}`,
      at: first.takenAt,
      kind: 'figures',
      actor: 'job:take-insights',
      platform: target.platform,
      accountName: accounts.get(target.accountId)?.displayName ?? null,
    });
  }
  return found;
}

async function activitiesOf({ activity }: Repositories, postId: PostRecord['id']): Promise<ActivityRecord[]> {
  const found: ActivityRecord[] = [];
  let cursor: string | undefined;
  do {
    const page = await activity.list({ postId, limit: 200, cursor });
    found.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined && found.length < mostActivities);
  return found;
}

async function accountsOf(
  repositories: Repositories,
  whole: WholePost,
  ids: readonly (string | null)[],
): Promise<Accounts> {
  const accounts = new Map(whole.accounts);
  for (const id of ids) {
    if (id === null || accounts.has(id)) continue;
    const account = await repositories.accounts.get(id);
    if (account !== undefined) accounts.set(id, account);
  }
  return accounts;
}
