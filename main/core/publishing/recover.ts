import type { AttemptRecord } from '../ports/index.ts';
import type { PublishingDeps } from './context.ts';
import type { Journal } from './journal.ts';

/** Attempts that somebody works on, or worked on when the app stopped or a step could not be written. */
export function isAtWork({ state }: AttemptRecord): boolean {
  return state === 'intent' || state === 'prepared' || state === 'sending';
}

/** Takes up the attempts that another run of the app left open. */
export async function recoverAttempts(deps: PublishingDeps, journal: Journal): Promise<void> {
  for (const attempt of await deps.store.attempts.listOpen()) {
    if (attempt.bootId !== deps.bootId) await recoverAttempt(deps, journal, attempt.id);
  }
}

/**
 * Takes up an attempt that nobody works on any more. What had not been sent is closed and its target
 * waits again; what may have been sent is unknown and will be looked up, never re-sent.
 */
export async function recoverAttempt(deps: PublishingDeps, journal: Journal, attemptId: string): Promise<void> {
  const attempt = await deps.store.attempts.get(attemptId);
  if (attempt === undefined || !isAtWork(attempt)) return;
  const now = deps.clock.now();
  if (attempt.state === 'sending') {
    const detail = 'The app stopped while the post was being sent. We are asking the network whether it is live.';
    await journal.step(attempt.targetId, {
      attempt,
      attemptChange: { state: 'unknown', deadlineAt: Math.max(attempt.deadlineAt ?? 0, now), errorMessage: detail },
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
    event: { kind: 'not_sent', detail: 'The app stopped before anything was made public' },
    ...(attempt.kind === 'post' ? { targetChange: { status: 'pending' as const } } : {}),
  });
}
