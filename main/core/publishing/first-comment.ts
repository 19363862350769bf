import { type AttemptRecord, AttemptOpen, type CommitOutcome, GateClosed } from '../ports/index.ts';
import { newAttempt } from './attempt-record.ts';
import type { PublishingDeps } from './context.ts';
import { backoffMs, maxTries } from './decide.ts';
import type { Journal } from './journal.ts';
import { createSend } from './send.ts';
import { readSituation, type Situation } from './situation.ts';

/** Posts the first comment of a published target. Its failure never touches the post. */
export type CommentOnTarget = (targetId: string) => Promise<void>;

/** UTC ms at which a target's first comment is due, or null when there is none to post. */
export function commentDueAt(
  deps: Pick<PublishingDeps, 'networks'>,
  { target, post }: Pick<Situation, 'target' | 'post'>,
  attempts: readonly AttemptRecord[],
): number | null {
  const wanted = post.firstComment !== null && post.firstComment.trim() !== '';
  if (!wanted || target.status !== 'published' || target.remoteId === null) return null;
  if (deps.networks[target.platform].comments === null) return null;
  const comments = attempts.filter((attempt) => attempt.kind === 'first_comment');
  const last = comments.at(-1);
  if (last === undefined) return target.publishedAt;
  const repeatable = last.state === 'not_sent' && comments.length < maxTries;
  return repeatable ? (last.endedAt ?? last.createdAt) + backoffMs(comments.length - 1, 0) : null;
}

export function createFirstComment(deps: PublishingDeps, journal: Journal): CommentOnTarget {
  return async (targetId) => {
    const situation = await readSituation(deps.store, deps.digest, targetId);
    if (situation === undefined) return;
    const attempts = await deps.store.attempts.listOfTarget(targetId);
    const dueAt = commentDueAt(deps, situation, attempts);
    if (dueAt === null || dueAt > deps.clock.now()) return;
    const earlier = attempts.filter((attempt) => attempt.kind === 'first_comment');
    const attempt = newAttempt(deps, situation, 'first_comment', earlier, null);
    try {
      await journal.begin(attempt, undefined);
    } catch (error) {
      if (error instanceof AttemptOpen) return;
      throw error;
    }
    await comment(deps, journal, situation, attempt);
  };
}

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
  deps: Pick<PublishingDeps, 'clock'>,
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
      event: { kind: 'published', detail: 'The first comment is live' },
      targetChange: { errorCode: null, errorMessage: null },
    });
    return;
  }
  if (outcome.kind === 'refused') {
    const repeatable = outcome.failure.class === 'transient' || outcome.failure.class === 'rate';
    const message = `The post is live, its first comment is not: ${outcome.failure.message}`;
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
  const detail = outcome.kind === 'unknown' ? outcome.detail : 'The network took the comment';
  await journal.step(target.id, {
    attempt,
    attemptChange: { state: 'unknown', errorMessage: detail },
    event: { kind: 'unknown', detail },
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 300) : 'The comment could not be sent.';
}
