import { maxTries } from '../../../shared/domain/post.ts';
import { phrase } from '../../../shared/domain/phrase.ts';
import { isStory } from '../../../shared/domain/story.ts';
import { type AttemptRecord, AttemptOpen, type CommitOutcome, GateClosed } from '../ports/index.ts';
import { attemptsOf, newAttempt } from './attempt-record.ts';
import type { PublishingDeps } from './context.ts';
import { afterFailure, backoffMs } from './decide.ts';
import { doubtfulReason, isCommentDoubtful, lookForComment } from './doubtful-comment.ts';
import { closedBecause } from './gate.ts';
import type { Journal } from './journal.ts';
import { giveCommentUp } from './missing-comment.ts';
import { pauseAccounts } from './pause.ts';
import { asComment, createSend } from './send.ts';
import { readSituation, type Situation } from './situation.ts';

/** First comments are given up on after this. */
const commentWindowMs = 24 * 3_600_000;

/** Posts the first comment of a published target. Its failure never touches the post. */
export type CommentOnTarget = (targetId: string) => Promise<void>;

/** Whether the post has a first comment, and the target's network takes one there. */
export function commentIsWanted(
  { networks }: Pick<PublishingDeps, 'networks'>,
  { target, post }: Pick<Situation, 'target' | 'post'>,
): boolean {
  const written = post.firstComment !== null && post.firstComment.trim() !== '';
  return written && networks[target.platform].comments !== null && !isStory(target.options);
}

/**
 * UTC ms at which a target's first comment is due, or null when there is none to post or the end of
 * what it waits for is not known.
 */
export function commentDueAt(
  deps: PublishingDeps,
  situation: Situation,
  attempts: readonly AttemptRecord[],
): number | null {
  const { target, post } = situation;
  if (!commentIsWanted(deps, situation) || target.status !== 'published') return null;
  const comments = attemptsOf(attempts, 'first_comment');
  const last = comments.at(-1);
  if (last !== undefined && last.state !== 'not_sent') return null;
  // Given up, not posted: nothing stands in the way of that.
  if (isTooLate(target, deps.clock.now())) return target.publishedAt;
  if (target.remoteId === null) return null;
  // Looked for, not posted: nothing stands in the way of that.
  if (isCommentDoubtful(deps, situation, attempts)) return target.publishedAt;
  // What is stopped or paused waits and uses up no try.
  const now = deps.clock.now();
  const closed = closedBecause({
    situation: asComment(situation, now),
    now,
    stoppedBy: deps.killSwitch.stopping(post.clientId, target.accountId),
    halt: deps.halt(),
    attempt: null,
  });
  if (closed?.effect === 'wait') return closed.until ?? null;
  if (last === undefined) return target.publishedAt;
  return (last.endedAt ?? last.createdAt) + backoffMs(comments.length - 1, 0);
}

export function createFirstComment(deps: PublishingDeps, journal: Journal): CommentOnTarget {
  return async (targetId) => {
    const situation = await readSituation(deps.store, deps.digest, targetId);
    if (situation === undefined) return;
    const attempts = await deps.store.attempts.listOfTarget(targetId);
    const dueAt = commentDueAt(deps, situation, attempts);
    if (dueAt === null || dueAt > deps.clock.now()) return;
    const earlier = attemptsOf(attempts, 'first_comment');
    const attempt = newAttempt(deps, situation, 'first_comment', earlier, null);
    try {
      if (isTooLate(situation.target, deps.clock.now())) {
        const message = situation.target.remoteId === null ? placeUnknownWords : tooLateWords;
        return await giveCommentUp(deps, journal, situation, attempts, { code: 'too_late', message });
      }
      if (isCommentDoubtful(deps, situation, attempts)) return await lookForComment(deps, journal, situation, attempts);
      await journal.begin(attempt);
    } catch (error) {
      if (error instanceof AttemptOpen) return;
      throw error;
    }
    await comment(deps, journal, situation, attempt);
  };
}

/** A comment that was kept back for so long is no first comment any more. */
function isTooLate({ publishedAt }: Situation['target'], now: number): boolean {
  return publishedAt !== null && now - publishedAt > commentWindowMs;
}

const tooLateWords =
  'The post is live, its first comment is not: it was kept back for more than a day, and is not posted any more. Post it by hand if it is still wanted.';
const placeUnknownWords =
  'The post is live, its first comment is not: where the post is was not told within a day. Post it by hand if it is still wanted.';

async function comment(
  deps: PublishingDeps,
  journal: Journal,
  situation: Situation,
  attempt: AttemptRecord,
): Promise<void> {
  const { target, post, account } = situation;
  const { comments } = deps.networks[target.platform];
  if (comments === null || target.remoteId === null || post.firstComment === null) return;
  let outcome: CommitOutcome;
  try {
    const access = deps.openAccess(account);
    outcome = await comments.commit(access, target.remoteId, post.firstComment, createSend(deps, journal, attempt));
  } catch (error) {
    const notSent = error instanceof GateClosed || attempt.state !== 'sending';
    outcome = notSent
      ? { kind: 'refused', failure: { class: 'transient', code: 'not_sent', message: messageOf(error) } }
      : { kind: 'unknown', detail: messageOf(error) };
  }
  await settleComment(deps, journal, situation, attempt, outcome);
}

/** Writes down how a first comment ended. */
export async function settleComment(
  deps: PublishingDeps,
  journal: Journal,
  { target, account }: Situation,
  attempt: AttemptRecord,
  outcome: CommitOutcome,
): Promise<void> {
  const endedAt = deps.clock.now();
  if (outcome.kind === 'published') {
    await journal.step(target.id, {
      attempt,
      attemptChange: { state: 'published', endedAt, remoteId: outcome.remoteId, errorMessage: null },
      event: { kind: 'published', detail: phrase`The first comment is live` },
      targetChange: { errorCode: null, errorMessage: null },
    });
    return;
  }
  if (outcome.kind === 'refused') {
    const decision = afterFailure(outcome.failure, attempt.number - 1, endedAt, 0);
    const isDoubtful = deps.dataAge.isDoubtful(attempt);
    const repeatable = decision.kind === 'retry' && attempt.number < maxTries && !isDoubtful;
    if (decision.kind === 'retry' && decision.pauseAccountUntil !== null) {
      await pauseAccounts(deps, account, decision.pauseAccountUntil, decision.pausePlatform);
    }
    const message = isDoubtful
      ? doubtfulReason
      : phrase`The post is live, its first comment is not: ${outcome.failure.message}`;
    await journal.step(target.id, {
      attempt,
      attemptChange: {
        state: repeatable ? 'not_sent' : 'rejected',
        endedAt,
        errorClass: outcome.failure.class,
        errorCode: outcome.failure.code,
        errorMessage: outcome.failure.message,
      },
      event: { kind: 'failed', detail: outcome.failure.message },
      targetChange: { errorCode: 'first_comment', errorMessage: message },
      ...(repeatable
        ? {}
        : {
            activity: {
              actor: 'job:publish-due',
              kind: 'comment.failed',
              level: 'warning' as const,
              message: `${account.displayName}: ${message}`,
            },
          }),
    });
    return;
  }
  const detail = outcome.kind === 'unknown' ? outcome.detail : phrase`The network took the comment`;
  await journal.step(target.id, {
    attempt,
    // The call has ended now, later than planned when the computer slept: from here on the network settles.
    attemptChange: {
      state: 'unknown',
      deadlineAt: Math.max(attempt.deadlineAt ?? 0, deps.clock.now()),
      errorMessage: detail,
    },
    event: { kind: 'unknown', detail },
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 300) : 'The comment could not be sent.';
}
