import { phrase } from '../../../shared/domain/phrase.ts';
import type { Occurrence } from '../activity/activity.ts';
import type { AttemptRecord, RemotePost, RestoredMark } from '../ports/index.ts';
import { attemptsOf, newAttempt } from './attempt-record.ts';
import type { PublishingDeps } from './context.ts';
import type { CommentOnTarget } from './first-comment.ts';
import type { Journal } from './journal.ts';
import type { Outcomes } from './outcome.ts';
import { askAccount, isUnsent, wantedByAccount } from './restored-accounts.ts';
import { type Finding, findWanted, reasonToHold, type Wanted } from './restored-match.ts';
import { ignoreOvertaken, Overtaken, readSituation } from './situation.ts';

/** What was sent this long before a backup was taken may not be in it as sent. */
const marginMs = 10 * 60_000;
/** An account that does not answer is asked this often, and so far apart, before its posts are held unseen. */
const asksOfAccount = 3;
const askAgainAfterMs = 20_000;
/** Open attempts are waited for this long; then people are asked about them. */
const longestWaitMs = 15 * 60_000;
const accountsAtOnce = 8;
const allOfThem = 1_000_000;

/**
 * Settles what older data believes to be due still, while nothing is sent: open attempts are looked up as always,
 * everything else that is due is compared with what its account shows. What is found there is marked as live,
 * what is not is held for a person. Never sends anything.
 */
export interface SettleOlderData {
  /** Goes on with it, in the background. Does nothing when there is nothing to settle. */
  look(): void;
  /** Resolves when no account is being asked. */
  idle(): Promise<void>;
}

/** How far it has got since the app was started; begun anew after a restart. */
interface Progress {
  mark: RestoredMark;
  /** On the monotonic clock, ms. */
  since: number;
  /** Accounts still to be asked. */
  left: Map<string, Wanted[]>;
  asks: number;
  /** On the monotonic clock, ms. */
  askedAt: number;
  found: number;
  held: number;
}

export function createSettleOlderData(
  deps: PublishingDeps,
  parts: { journal: Journal; outcomes: Outcomes; commentOnTarget: CommentOnTarget },
  stopping: AbortSignal,
): SettleOlderData {
  const { journal, outcomes, commentOnTarget } = parts;
  let underWay: Promise<void> | null = null;
  let progress: Progress | null = null;

  async function settle(mark: RestoredMark): Promise<void> {
    if (progress?.mark !== mark) {
      await releaseForgotten();
      const left = await wantedByAccount(deps, mark.backupTakenAt - marginMs);
      progress = {
        mark,
        since: deps.clock.monotonic(),
        left,
        asks: 0,
        askedAt: Number.NEGATIVE_INFINITY,
        found: 0,
        held: 0,
      };
    }
    await askAccounts(progress);
    if (stopping.aborted || progress.left.size > 0 || (await stillWaits(progress))) return;
    await deps.dataAge.settled();
    await deps.activity.record(settledActivity(progress));
  }

  /** Of damaged data an attempt may be lost whose target says that it is under way: nobody would ever look it up. */
  async function releaseForgotten(): Promise<void> {
    const underWayNow = { statuses: ['publishing', 'confirming'] as const, errorCodes: [], limit: allOfThem };
    for (const { target } of await deps.store.targets.standing(underWayNow)) {
      if ((await deps.store.attempts.openOf(target.id, 'post')) !== undefined) continue;
      await journal
        .step(target.id, {
          check: (current) => assertStill(target.status, current?.target.status),
          targetChange: { status: 'pending' },
        })
        .catch(ignoreOvertaken);
    }
  }

  async function askAccounts(current: Progress): Promise<void> {
    if (current.left.size === 0 || deps.clock.monotonic() - current.askedAt < askAgainAfterMs) return;
    current.asks += 1;
    current.askedAt = deps.clock.monotonic();
    const accounts = [...current.left];
    while (accounts.length > 0 && !stopping.aborted) {
      const some = accounts.splice(0, accountsAtOnce);
      await Promise.all(some.map(([accountId, wanted]) => compare(current, accountId, wanted)));
    }
  }

  async function compare(current: Progress, accountId: string, wanted: readonly Wanted[]): Promise<void> {
    const account = await deps.store.accounts.get(accountId);
    if (account === undefined) return void current.left.delete(accountId);
    const shown = await askAccount(deps, account, current.mark.backupTakenAt - marginMs);
    if (stopping.aborted || (shown.kind === 'silent' && !shown.isFinal && current.asks < asksOfAccount)) return;
    const findings = shown.kind === 'shown' ? findWanted(wanted, shown.posts) : null;
    for (const one of wanted) {
      const silence = shown.kind === 'silent' ? shown : { kind: 'silent' as const, why: '' };
      await conclude(current, one, findings?.get(one.targetId) ?? silence).catch(ignoreOvertaken);
    }
    current.left.delete(accountId);
  }

  async function conclude(current: Progress, { targetId, claim }: Wanted, finding: Finding): Promise<void> {
    if (finding.kind === 'live' && (claim === 'due' || claim === 'waiting')) {
      await bind(targetId, finding.post);
      current.found += 1;
      return;
    }
    const reason = reasonToHold(claim, finding, current.mark);
    if (reason === null) return;
    await hold(targetId, reason);
    current.held += 1;
  }

  /** @throws {Overtaken} when a person was quicker */
  async function bind(targetId: string, post: RemotePost): Promise<void> {
    const situation = await readSituation(deps.store, deps.digest, targetId);
    if (situation === undefined) throw new Overtaken('The post was removed meanwhile.');
    const earlier = attemptsOf(await deps.store.attempts.listOfTarget(targetId), 'post');
    const { remoteId, permalink } = post;
    const attempt: AttemptRecord = {
      ...newAttempt(deps, situation, 'post', earlier, null),
      state: 'published',
      endedAt: deps.clock.now(),
      remoteId,
      permalink,
    };
    await journal.begin(attempt, {
      check: (current) => assertUnsent(current?.target.status),
      event: {
        kind: 'published',
        detail: phrase`Found on the account when older data was settled: live as ${remoteId}`,
      },
      targetChange: {
        status: 'published',
        remoteId,
        permalink,
        publishedAt: post.at,
        nextAttemptAt: null,
        errorCode: null,
        errorMessage: null,
      },
      activity: {
        actor: 'app',
        kind: 'post.published',
        message: `${situation.account.displayName}: this post was live already. It was found on the account after older data had been put here; nothing was sent.`,
      },
    });
    // It is doubtful, so its first comment is only looked for.
    await commentOnTarget(targetId);
  }

  /** @throws {Overtaken} when a person was quicker */
  async function hold(targetId: string, reason: string): Promise<void> {
    const situation = await readSituation(deps.store, deps.digest, targetId);
    if (situation === undefined) throw new Overtaken('The post was removed meanwhile.');
    const earlier = attemptsOf(await deps.store.attempts.listOfTarget(targetId), 'post');
    // An attempt of its own, so that it stays known as doubtful; a person's "send again" goes on with what there is.
    const attempt: AttemptRecord = {
      ...newAttempt(deps, situation, 'post', earlier, earlier.at(-1)?.handle ?? null),
      state: 'not_sent',
      endedAt: deps.clock.now(),
      errorCode: 'restored',
      errorMessage: reason,
    };
    await journal.begin(attempt, {
      check: (current) => assertStill('pending', current?.target.status),
      event: { kind: 'not_sent', detail: reason },
      targetChange: { status: 'held', nextAttemptAt: null, errorCode: 'restored', errorMessage: reason },
      heldReason: reason,
      activity: { actor: 'app', kind: 'post.held', level: 'warning', message: reason },
    });
  }

  /** Open attempts are worth waiting for, but not for ever: then people are asked about those that are unknown. */
  async function stillWaits({ since }: Progress): Promise<boolean> {
    const open = (await deps.store.attempts.listOpen()).filter(
      (attempt) => deps.dataAge.isDoubtful(attempt) && attempt.state !== 'needs_human',
    );
    if (open.length === 0) return false;
    if (deps.clock.monotonic() - since < longestWaitMs) return true;
    for (const attempt of open) {
      if (attempt.kind === 'post' && attempt.state === 'unknown') await outcomes.needsPerson(attempt, notToldReason);
    }
    return false;
  }

  return {
    look() {
      const mark = deps.dataAge.unsettled();
      if (mark === null || underWay !== null || stopping.aborted) return;
      underWay = settle(mark)
        .catch((error: unknown) => deps.log.error('older data could not be settled', { error: String(error) }))
        .finally(() => {
          underWay = null;
        });
    },
    async idle() {
      await underWay;
    },
  };
}

const notToldReason =
  'This data is older than what was sent, and the network did not tell in time whether this post is live. Look at the account, then say whether it is.';

function settledActivity({ found, held }: Progress): Omit<Occurrence, 'postId' | 'clientId' | 'accountId'> {
  return {
    actor: 'app',
    kind: 'store.settled',
    level: held > 0 ? 'warning' : 'info',
    message: `Older data was put here. Posts that were live already and were found: ${found}; posts that are held because nobody can tell: ${held}. Publishing goes on.`,
  };
}

function assertUnsent(status: string | undefined): void {
  if (!isUnsent(status)) throw new Overtaken('The post was changed meanwhile.');
}

function assertStill(expected: string, status: string | undefined): void {
  if (status !== expected) throw new Overtaken('The post was changed meanwhile.');
}
