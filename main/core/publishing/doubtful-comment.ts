import { phrase } from '../../../shared/domain/phrase.ts';
import type { AttemptRecord, LookUp } from '../ports/index.ts';
import { attemptsOf, newAttempt } from './attempt-record.ts';
import type { PublishingDeps } from './context.ts';
import type { Journal } from './journal.ts';
import { giveCommentUp } from './missing-comment.ts';
import type { Situation } from './situation.ts';

/**
 * True when older data tells of a post whose first comment may have been posted since. It is looked for then, and
 * never posted by us.
 */
export function isCommentDoubtful(
  { dataAge }: Pick<PublishingDeps, 'dataAge'>,
  { target }: Pick<Situation, 'target'>,
  attempts: readonly AttemptRecord[],
): boolean {
  const live = attempts.findLast(({ kind, state }) => kind === 'post' && state === 'published');
  if (live === undefined) return attempts.some(dataAge.isDoubtful) || isOlder(dataAge, target.publishedAt);
  // Without a request of this run, it is live by what somebody found or said.
  return dataAge.isDoubtful(live) || (live.sentAt === null && attempts.some(dataAge.isDoubtful));
}

function isOlder(dataAge: PublishingDeps['dataAge'], publishedAt: number | null): boolean {
  return publishedAt !== null && dataAge.isDoubtful({ createdAt: publishedAt });
}

/** Looks for the first comment and writes down what it finds; whatever is not found is left to a person. */
export async function lookForComment(
  deps: PublishingDeps,
  journal: Journal,
  situation: Situation,
  attempts: readonly AttemptRecord[],
): Promise<void> {
  const earlier = attemptsOf(attempts, 'first_comment');
  const attempt = { ...newAttempt(deps, situation, 'first_comment', earlier, null), endedAt: deps.clock.now() };
  const found = await ask(deps, situation, attempts);
  const remoteId = found?.kind === 'published' ? found.remoteId : null;
  if (remoteId !== null && !(await deps.store.attempts.isBound(attempt.remoteAccountId, remoteId))) {
    await journal.begin(
      { ...attempt, state: 'published', remoteId },
      { event: { kind: 'published', detail: phrase`The first comment was found below the post` } },
    );
    return;
  }
  await giveCommentUp(deps, journal, situation, attempts, { code: 'restored', message: doubtfulReason });
}

export const doubtfulReason =
  'The post is live. Its first comment was not found below it, and older data cannot tell whether it was posted: it was not posted again. Look at the post.';

/** Null when nobody can be asked, or no answer came. */
async function ask(
  deps: PublishingDeps,
  { target, post, account }: Situation,
  attempts: readonly AttemptRecord[],
): Promise<LookUp | null> {
  const { comments } = deps.networks[target.platform];
  if (comments === null || target.remoteId === null || post.firstComment === null) return null;
  const times = attempts.flatMap(({ createdAt, sentAt }) => sentAt ?? createdAt);
  const since = Math.min(post.scheduledFor, target.publishedAt ?? post.scheduledFor, ...times);
  try {
    return await comments.lookUp(deps.openAccess(account), target.remoteId, post.firstComment, since);
  } catch (error) {
    deps.log.warn('a first comment could not be looked for', { target: target.id, error: String(error) });
    return null;
  }
}
