import { phrase } from '../../../shared/domain/phrase.ts';
import type { AttemptRecord } from '../ports/index.ts';
import type { PublishingDeps } from './context.ts';
import { sendDeadlineMs } from './decide.ts';
import type { Journal } from './journal.ts';
import { waitsForAnswer } from './reconcile.ts';
import { ignoreOvertaken } from './situation.ts';

/** Attempts that somebody works on, or worked on when the app stopped or a step could not be written. */
export function isAtWork({ state }: AttemptRecord): boolean {
  return state === 'intent' || state === 'prepared' || state === 'sending';
}

/**
 * Takes up the attempts of earlier epochs: of another run of the app, or of this one before the computer slept.
 * @param isWorkedOn by this run, which ends them itself: they can no longer begin to send
 */
export async function recoverAttempts(
  deps: PublishingDeps,
  journal: Journal,
  isWorkedOn: (attempt: AttemptRecord) => boolean,
): Promise<void> {
  for (const attempt of await deps.store.attempts.listOpen()) {
    if (attempt.epoch === deps.lease.epoch() || isWorkedOn(attempt)) continue;
    await recoverAttempt(deps, journal, attempt.id).catch(ignoreOvertaken);
  }
}

/**
 * To be called when the computer has slept or its clock was set. What was sent before may leave the computer's buffers
 * only now: from here on the networks settle, and what they denied before proves nothing.
 */
export async function settleAnew(deps: PublishingDeps, journal: Journal): Promise<void> {
  for (const attempt of await deps.store.attempts.listOpen()) {
    if (!waitsForAnswer(attempt)) continue;
    const attemptChange = { deadlineAt: deadlineFrom(attempt, deps.clock.now()), negativeLookUps: 0 };
    await journal.step(attempt.targetId, { attempt, attemptChange }).catch(ignoreOvertaken);
  }
}

/** The later of the call's deadline and now. A deadline further off than any is one from before the clock was set back. */
function deadlineFrom({ deadlineAt }: AttemptRecord, now: number): number {
  return Math.min(Math.max(deadlineAt ?? 0, now), now + sendDeadlineMs);
}

/**
 * Takes up an attempt that nobody works on any more. What had not been sent is closed and its target
 * waits again; what may have been sent is unknown and will be looked up, never re-sent.
 */
export async function recoverAttempt(deps: PublishingDeps, journal: Journal, attemptId: string): Promise<void> {
  const attempt = await deps.store.attempts.get(attemptId);
  if (attempt === undefined || !isAtWork(attempt)) return;
  const now = deps.clock.now();
  if (attempt.state === 'sending' || mayHaveGoneOn(deps, attempt)) {
    const detail = 'The app stopped while the post was being sent. We are asking the network whether it is live.';
    await journal.step(attempt.targetId, {
      attempt,
      attemptChange: { state: 'unknown', deadlineAt: deadlineFrom(attempt, now), errorMessage: detail },
      event: { kind: 'unknown', detail },
      ...(attempt.kind === 'post'
        ? { targetChange: { status: 'confirming' as const, errorCode: 'unclear', errorMessage: detail } }
        : {}),
    });
    return;
  }
  await journal.step(attempt.targetId, {
    attempt,
    attemptChange: { state: 'not_sent', endedAt: now },
    event: { kind: 'not_sent', detail: phrase`The app stopped before anything was made public` },
    ...(attempt.kind === 'post' ? { targetChange: { status: 'pending' as const } } : {}),
  });
}

/** Older data tells of an attempt that was not sent yet; what was known of it leads to what became of it since. */
function mayHaveGoneOn({ dataAge }: PublishingDeps, attempt: AttemptRecord): boolean {
  return dataAge.isDoubtful(attempt) && (attempt.handle !== null || attempt.kind === 'first_comment');
}
