import type { Occurrence } from '../activity/activity.ts';
import type { CoreDeps } from '../deps.ts';
import { NotFound } from '../errors.ts';
import type { PostRecord, Repositories } from '../ports/index.ts';
import { readWhole, type WholePost } from './examine.ts';

/** What every part of the pipeline works with. */
export type PipelineDeps = Pick<
  CoreDeps,
  'store' | 'clock' | 'random' | 'digest' | 'networks' | 'files' | 'activity' | 'changes'
>;

/** @throws {NotFound} */
export async function wholePostOf(repositories: Repositories, id: string): Promise<WholePost> {
  const post = await repositories.posts.get(id);
  const [whole] = post === undefined ? [] : await readWhole(repositories, [post]);
  if (whole === undefined) throw new NotFound('post', id);
  return whole;
}

/**
 * Changes one post in one transaction and tells of it. `work` reads the post as it is at that moment
 * and says what to note in the activity log; null when there was nothing to do.
 * @throws {NotFound}
 */
export async function changePost(
  deps: PipelineDeps,
  id: string,
  actor: string,
  work: (
    repositories: Repositories,
    whole: WholePost,
  ) => Promise<Pick<Occurrence, 'kind' | 'message' | 'detail'> | null>,
): Promise<void> {
  const changed = await deps.store.transaction(async (repositories) => {
    const whole = await wholePostOf(repositories, id);
    const note = await work(repositories, whole);
    if (note === null) return undefined;
    const { clientId } = whole.post;
    await deps.activity.record({ actor, ...note, clientId, postId: id }, repositories);
    return whole.post;
  });
  if (changed !== undefined) tellChanged(deps, changed);
}

/** Whoever shows the post asks for it again. */
export function tellChanged(deps: PipelineDeps, post: Pick<PostRecord, 'id' | 'clientId'>): void {
  deps.changes.tell('post.changed', post.id, post.clientId);
}

/** Columns of a post that nobody has approved (any more). */
export const unapproved = { approvedHash: null, approvedBy: null, approvedAt: null, publishNowAt: null };

/** Columns of a target that starts afresh. */
export const startAfresh = {
  status: 'pending',
  tries: 0,
  nextAttemptAt: null,
  errorCode: null,
  errorMessage: null,
} as const;
