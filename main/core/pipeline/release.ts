import { statusFromTargets } from '../../../shared/domain/post.ts';
import { Conflict } from '../errors.ts';
import type { Repositories, TargetRecord } from '../ports/index.ts';
import { missedCodes } from '../publishing/missed.ts';
import { rateWords } from '../publishing/reasons.ts';
import { changePost, type PipelineDeps, startAfresh } from './deps.ts';
import { hashOf, type WholePost } from './examine.ts';
import { targetsInDoubt } from './progress.ts';

/**
 * Sends an approved post as soon as its accounts allow, however late or early it is. Clicking again
 * changes nothing. @throws {NotFound} @throws {Conflict}
 */
export async function publishPostNow(deps: PipelineDeps, id: string, actor: string): Promise<void> {
  await changePost(deps, id, actor, async (repositories, whole) => {
    const { post, clientName } = whole;
    if (post.publishNowAt !== null && askedAlready.has(post.status)) return null;
    assertApproved(deps, whole);
    const open = await targetsInDoubt(repositories, whole.targets);
    const released = whole.targets.filter(
      ({ id: targetId, status, errorCode }) =>
        !open.has(targetId) && (status === 'pending' || (status === 'held' && missedCodes.has(errorCode))),
    );
    if (released.length === 0) throw nothingToSend(whole, open.size > 0);
    await startTargets(deps, repositories, whole, released, { publishNowAt: deps.clock.now() });
    return { kind: 'post.publish_now', message: `Asked to publish a post of ${clientName} at once` };
  });
}

/**
 * Tries again what was held or had failed, and at once what waits for its next try. Targets whose outcome is
 * not known are left alone: they need an answer first. @throws {NotFound} @throws {Conflict} also when the
 * network has asked the account to wait: trying sooner would only make it longer
 */
export async function retryPost(deps: PipelineDeps, id: string, actor: string): Promise<void> {
  await changePost(deps, id, actor, async (repositories, whole) => {
    const { post, targets, clientName } = whole;
    const open = await targetsInDoubt(repositories, targets);
    const now = deps.clock.now();
    const stuck = targets.filter(({ status }) => status === 'held' || status === 'failed');
    const waiting = targets.filter(({ status, nextAttemptAt }) => status === 'pending' && (nextAttemptAt ?? 0) > now);
    const released = (stuck.length > 0 ? stuck : waiting).filter((target) => !open.has(target.id));
    if (released.length === 0) {
      if (stuck.length === 0 && askedAlready.has(post.status)) return null;
      throw nothingToSend(whole, open.size > 0);
    }
    if (stuck.length === 0) assertMayTry(whole, released, now);
    assertApproved(deps, whole);
    const isDue = post.scheduledFor <= now;
    await startTargets(deps, repositories, whole, released, isDue ? { publishNowAt: now } : {});
    return { kind: 'post.retried', message: `Asked to try a post of ${clientName} again` };
  });
}

/** A further click of the same button finds the post on its way, or there. */
const askedAlready: ReadonlySet<string> = new Set(['approved', 'publishing', 'published', 'partly_published']);

function assertApproved(deps: PipelineDeps, whole: WholePost): void {
  if (whole.post.approvedHash === null || whole.post.approvedHash !== hashOf(whole, deps.digest)) {
    throw new Conflict('not_approved', 'Approve the post first.');
  }
}

/** @throws {Conflict} when the networks have asked all these accounts to wait */
function assertMayTry({ accounts }: WholePost, released: readonly TargetRecord[], now: number): void {
  const waits = released.flatMap(({ accountId }) => {
    const account = accounts.get(accountId);
    const until = account?.pausedUntil ?? 0;
    return account !== undefined && until > now ? [{ account, until }] : [];
  });
  const [first] = waits;
  if (first !== undefined && waits.length === released.length) {
    throw new Conflict('asked_to_wait', rateWords(first.account, first.until));
  }
}

function nothingToSend({ post }: WholePost, hasOpen: boolean): Conflict {
  if (hasOpen) {
    return new Conflict('in_progress', 'It is being published, or it is not known yet whether it is live.');
  }
  if (post.status === 'held') return new Conflict('held', post.heldReason ?? 'The post is held.');
  return new Conflict('nothing_to_send', 'Nothing of this post waits to be sent.');
}

async function startTargets(
  deps: PipelineDeps,
  repositories: Repositories,
  { post, targets }: WholePost,
  released: readonly TargetRecord[],
  change: { publishNowAt?: number },
): Promise<void> {
  const now = deps.clock.now();
  for (const target of released) await repositories.targets.update(target.id, { ...startAfresh, updatedAt: now });
  const status = statusFromTargets(
    targets.map((target) => (released.some(({ id }) => id === target.id) ? 'pending' : target.status)),
  );
  const heldReason = status === 'held' ? post.heldReason : null;
  await repositories.posts.update(post.id, { ...change, status, heldReason, updatedAt: now });
}
