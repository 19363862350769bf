import { statusFromTargets } from '../../../shared/domain/post.ts';
import { phrase } from '../../../shared/domain/phrase.ts';
import { Conflict, NotFound, Unprocessable } from '../errors.ts';
import { zonedOf } from '../instants.ts';
import type { Repositories } from '../ports/index.ts';
import { keepApproval } from './approvals.ts';
import { changePost, type PipelineDeps, startAfresh, tellChanged, unapproved, wholePostOf } from './deps.ts';
import { newTime, releaseForNewTime } from './edit.ts';
import { bannedHitsOf, blocks, hashOf, problemsOf, type WholePost } from './examine.ts';
import { teachEdits, teachRejection, withdrawRejections } from './lessons.ts';
import { assertEditable, assertNothingOpen, isLive, isUnderWay, targetsInDoubt } from './progress.ts';

/**
 * Approves exactly what the post is now. A second click on the same content changes nothing.
 * @param givenHash the content the person saw; it must still be the current one
 * @throws {NotFound} @throws {Conflict} @throws {Unprocessable} with what stands in the way
 */
export async function approvePost(
  deps: PipelineDeps,
  id: string,
  givenHash: string | undefined,
  actor: string,
): Promise<void> {
  await changePost(deps, id, actor, async (repositories, whole) => {
    const { post, clientName } = whole;
    const hash = hashOf(whole, deps.digest);
    if (givenHash !== undefined && givenHash !== hash) {
      throw new Conflict('content_changed', 'The post was changed meanwhile. Look at it again before you approve it.');
    }
    if (post.approvedHash === hash && post.status !== 'held' && post.status !== 'failed') return null;
    assertReviewable(whole);
    assertPublishable(deps, whole);
    const now = deps.clock.now();
    const status = await restartTargets(repositories, whole, now);
    await repositories.posts.update(id, {
      status,
      approvedHash: hash,
      approvedBy: actor,
      approvedAt: now,
      rejectedReason: null,
      ...(status === 'held' ? {} : { heldReason: null }),
      updatedAt: now,
    });
    await keepApproval(repositories, deps.random, whole, { by: actor, at: now, hash });
    await teachEdits(repositories, whole, now);
    await withdrawRejections(repositories, id, now);
    return { kind: 'post.approved', message: `Approved a post of ${clientName}` };
  });
}

/** Takes a post out of the plan. @throws {NotFound} @throws {Conflict} when something of it is or may be live */
export async function rejectPost(
  deps: PipelineDeps,
  id: string,
  reason: string | undefined,
  actor: string,
): Promise<void> {
  await changePost(deps, id, actor, async (repositories, whole) => {
    const { post, clientName } = whole;
    if (post.status === 'rejected' && (reason ?? null) === post.rejectedReason) return null;
    await assertEditable(repositories, whole);
    await repositories.posts.update(id, {
      ...unapproved,
      status: 'rejected',
      heldReason: null,
      rejectedReason: reason ?? null,
      updatedAt: deps.clock.now(),
    });
    await teachRejection(repositories, whole, reason, { random: deps.random, now: deps.clock.now(), actor });
    const message = reason
      ? phrase`Rejected a post of ${clientName}: ${reason}`
      : phrase`Rejected a post of ${clientName}`;
    return { kind: 'post.rejected', message, detail: reason ? { reason } : null };
  });
}

/**
 * Takes an approval or a rejection back, so that the post waits for review again.
 * @throws {NotFound} @throws {Conflict} when something of it is or may be live
 */
export async function reopenPost(deps: PipelineDeps, id: string, actor: string): Promise<void> {
  await changePost(deps, id, actor, async (repositories, whole) => {
    if (whole.post.status === 'in_review') return null;
    await assertEditable(repositories, whole);
    await repositories.posts.update(id, {
      ...unapproved,
      status: 'in_review',
      heldReason: null,
      rejectedReason: null,
      updatedAt: deps.clock.now(),
    });
    await withdrawRejections(repositories, id, deps.clock.now());
    return { kind: 'post.reopened', message: `Put a post of ${whole.clientName} back to review` };
  });
}

/**
 * Moves a post to another time and keeps its approval.
 * @throws {NotFound} @throws {Conflict} @throws {Unprocessable} when the time has passed
 */
export async function reschedulePost(
  deps: PipelineDeps,
  id: string,
  scheduledFor: string,
  actor: string,
): Promise<void> {
  await changePost(deps, id, actor, async (repositories, whole) => {
    const { status } = whole.post;
    if (isUnderWay(whole)) throw new Conflict('publishing', 'The post is being published and cannot be moved now.');
    if (status === 'published' || status === 'partly_published' || isLive(whole)) {
      throw new Conflict('published', 'The post is live, at least in part, and cannot be moved any more.');
    }
    await assertNothingOpen(repositories, whole);
    const time = await newTime(deps, repositories, whole, scheduledFor);
    await repositories.posts.update(id, { ...time, updatedAt: deps.clock.now() });
    await releaseForNewTime(deps, repositories, whole);
    const detail = { from: whole.post.scheduledFor, to: time.scheduledFor };
    return {
      kind: 'post.rescheduled',
      message: phrase`Moved a post of ${whole.clientName} to ${zonedOf(time.scheduledFor, time.timezone)}`,
      detail,
    };
  });
}

/** Removes a post that nobody has seen; {@link restorePost} brings it back. Nothing deleted is ever sent. @throws {NotFound} @throws {Conflict} */
export async function deletePost(deps: PipelineDeps, id: string, actor: string): Promise<void> {
  await changePost(deps, id, actor, async (repositories, whole) => {
    if (isUnderWay(whole)) throw new Conflict('publishing', 'The post is being published and cannot be deleted now.');
    if (isLive(whole)) {
      throw new Conflict('published', 'The post is live, at least in part. Delete it on the network itself.');
    }
    await assertNothingOpen(repositories, whole);
    const now = deps.clock.now();
    await repositories.posts.update(id, { publishNowAt: null, deletedAt: now, updatedAt: now });
    return { kind: 'post.deleted', message: `Deleted a post of ${whole.clientName}` };
  });
}

/**
 * Brings a deleted post back as it was. A time that has passed meanwhile takes its approval: nobody expects it to
 * go out at once. @throws {NotFound} when no deleted post has this id
 */
export async function restorePost(deps: PipelineDeps, id: string, actor: string): Promise<void> {
  const { store, clock, activity } = deps;
  const post = await store.transaction(async (repositories) => {
    const now = clock.now();
    if (!(await repositories.posts.restore(id, now))) throw new NotFound('deleted post', id);
    const { post: restored, clientName } = await wholePostOf(repositories, id);
    if (restored.approvedHash === null || restored.scheduledFor <= now) {
      // Without an approval neither would ever go on by itself, nor could it be changed.
      const isOnItsWay = restored.status === 'approved' || restored.status === 'publishing';
      const status = isOnItsWay ? { status: 'in_review' as const } : {};
      await repositories.posts.update(id, { ...unapproved, ...status, updatedAt: now });
    }
    const message = phrase`Brought a post of ${clientName} back`;
    await activity.record(
      { actor, kind: 'post.restored', message, clientId: restored.clientId, postId: id },
      repositories,
    );
    return restored;
  });
  tellChanged(deps, post);
}

function assertReviewable(whole: WholePost): void {
  if (whole.post.status === 'generating') {
    throw new Conflict('generating', 'The post is still being written. Wait until it is done.');
  }
  if (isUnderWay(whole)) throw new Conflict('publishing', 'The post is being published already.');
  if (whole.post.status === 'published' || whole.post.status === 'partly_published') {
    throw new Conflict('published', 'The post is live already, at least in part.');
  }
}

/** Warnings aside, an approved post must be one that the networks take and the brand allows. */
function assertPublishable(deps: PipelineDeps, whole: WholePost): void {
  const banned = bannedHitsOf(whole).map(({ field, term }) => ({
    field,
    code: 'banned',
    message: `“${term}” is a banned term of ${whole.clientName}.`,
  }));
  const problems = [...banned, ...problemsOf(whole, deps).filter(blocks)];
  if (problems.length > 0) throw new Unprocessable(problems);
}

/** Whatever was held or had failed starts afresh, but for what may be live. */
async function restartTargets(
  repositories: Repositories,
  { targets }: WholePost,
  now: number,
): Promise<WholePost['post']['status']> {
  const open = await targetsInDoubt(repositories, targets);
  const statuses: WholePost['targets'][number]['status'][] = [];
  for (const { id, status } of targets) {
    const isRestarted = (status === 'held' || status === 'failed') && !open.has(id);
    if (isRestarted) await repositories.targets.update(id, { ...startAfresh, updatedAt: now });
    statuses.push(isRestarted ? 'pending' : status);
  }
  return statusFromTargets(statuses);
}
