import { editableStatuses } from '../../../shared/domain/post.ts';
import { Conflict } from '../errors.ts';
import type { Repositories, TargetRecord } from '../ports/index.ts';
import type { WholePost } from './examine.ts';

/** Something of the post can be seen by others. */
export function isLive({ targets }: Pick<WholePost, 'targets'>): boolean {
  return targets.some(({ status }) => status === 'published' || status === 'delivered');
}

/** Something of the post is being sent, or was sent and the network has not said how it ended. */
export function isUnderWay({ targets }: Pick<WholePost, 'targets'>): boolean {
  return targets.some(({ status }) => status === 'publishing' || status === 'confirming');
}

/**
 * Targets of which it is not known whether they are live: their attempt has not ended, or they are held since older
 * data was put here. Nothing may be sent for them before a look-up or a person has answered.
 */
export async function targetsInDoubt(
  repositories: Repositories,
  targets: readonly TargetRecord[],
): Promise<Set<string>> {
  const inDoubt = new Set<string>();
  for (const { id, status, errorCode } of targets) {
    const isAskedAbout = status === 'held' && errorCode === 'restored';
    if (isAskedAbout || (await repositories.attempts.openOf(id, 'post')) !== undefined) inDoubt.add(id);
  }
  return inDoubt;
}

/** @throws {Conflict} when text, media or accounts of the post may no longer be changed */
export async function assertEditable(repositories: Repositories, whole: WholePost): Promise<void> {
  const { status } = whole.post;
  if (status === 'generating') throw new Conflict('generating', 'The post is being written. Wait until it is done.');
  if (isUnderWay(whole)) throw new Conflict('publishing', 'The post is being published and cannot be changed now.');
  if (isLive(whole) || status === 'published' || status === 'partly_published') {
    throw new Conflict('published', 'The post is live, at least in part, and cannot be changed here any more.');
  }
  if (!editableStatuses.includes(status)) {
    throw new Conflict(status, 'The post cannot be changed in its present state.');
  }
  await assertNothingOpen(repositories, whole);
}

/** @throws {Conflict} while it is not known whether something of the post is live */
export async function assertNothingOpen(repositories: Repositories, { targets }: WholePost): Promise<void> {
  if ((await targetsInDoubt(repositories, targets)).size > 0) {
    throw new Conflict('in_progress', 'It is not known yet whether this post is live. Answer that first.');
  }
}
