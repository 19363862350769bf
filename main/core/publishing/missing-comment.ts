import type { AttemptRecord } from '../ports/index.ts';
import { attemptsOf, newAttempt } from './attempt-record.ts';
import type { PublishingDeps } from './context.ts';
import type { Journal } from './journal.ts';
import type { Situation } from './situation.ts';

/**
 * Writes down that a first comment is not posted and never will be by us, and tells people. Sends nothing.
 * @param why `code` names the reason, `message` says it to a person
 */
export async function giveCommentUp(
  deps: PublishingDeps,
  journal: Journal,
  situation: Situation,
  attempts: readonly AttemptRecord[],
  { code, message }: { code: string; message: string },
): Promise<void> {
  const earlier = attemptsOf(attempts, 'first_comment');
  const attempt = newAttempt(deps, situation, 'first_comment', earlier, null);
  await journal.begin(
    { ...attempt, state: 'rejected', endedAt: deps.clock.now(), errorCode: code, errorMessage: message },
    {
      event: { kind: 'failed', detail: message },
      targetChange: { errorCode: 'first_comment', errorMessage: message },
      activity: {
        actor: 'job:publish-due',
        kind: 'comment.failed',
        level: 'warning',
        message: `${situation.account.displayName}: ${message}`,
      },
    },
  );
}
