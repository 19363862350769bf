import type { PublishingDeps } from './context.ts';
import type { Journal } from './journal.ts';

/**
 * Takes up the attempts that another run of the app left open. What had not been sent is closed and
 * its target waits again; what may have been sent is unknown and will be looked up, never re-sent.
 */
export async function recoverAttempts(deps: PublishingDeps, journal: Journal): Promise<void> {
  for (const attempt of await deps.store.attempts.listOpen()) {
    if (attempt.bootId === deps.bootId) continue;
    if (attempt.state === 'intent' || attempt.state === 'prepared') {
      await journal.step(attempt.targetId, {
        attempt,
        attemptChange: { state: 'not_sent', endedAt: deps.clock.now() },
        event: { kind: 'not_sent', detail: 'The app stopped before anything was made public' },
        ...(attempt.kind === 'post' ? { targetChange: { status: 'pending' as const } } : {}),
      });
    }
    if (attempt.state === 'sending') {
      const detail = 'The app stopped while the post was being sent. We are asking the network whether it is live.';
      await journal.step(attempt.targetId, {
        attempt,
        attemptChange: { state: 'unknown', errorMessage: detail },
        event: { kind: 'unknown', detail },
        ...(attempt.kind === 'post'
          ? { targetChange: { status: 'confirming' as const, errorCode: 'unclear', errorMessage: detail } }
          : {}),
      });
    }
  }
}
