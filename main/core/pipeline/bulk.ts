import type { Bulk } from '../../../shared/contract/pipeline.ts';
import { Conflict, NotFound, Unprocessable } from '../errors.ts';
import type { PipelineDeps } from './deps.ts';
import { retryPost } from './release.ts';
import { approvePost, deletePost, rejectPost, reopenPost, reschedulePost, restorePost } from './review.ts';

/** How it went with one post; a refusal is in words for a person. */
export interface BulkResult {
  id: string;
  refusal: string | null;
}

/**
 * Does one thing to each of the posts, each in a transaction of its own, in the order given: whoever stops half way
 * leaves every post whole. What the state of a post does not allow is told with it; an error of our own ends the call.
 */
export async function doToMany(deps: PipelineDeps, bulk: Bulk, actor: string): Promise<BulkResult[]> {
  const results: BulkResult[] = [];
  for (const { id, act } of stepsOf(deps, bulk, actor)) {
    results.push({ id, refusal: await refusalOf(act) });
  }
  return results;
}

interface Step {
  id: string;
  act: () => Promise<void>;
}

function stepsOf(deps: PipelineDeps, bulk: Bulk, actor: string): Step[] {
  switch (bulk.action) {
    case 'approve':
      return bulk.posts.map(({ id, contentHash }) => ({ id, act: () => approvePost(deps, id, contentHash, actor) }));
    case 'reschedule':
      return bulk.posts.map(({ id, scheduledFor }) => ({
        id,
        act: () => reschedulePost(deps, id, scheduledFor, actor),
      }));
    case 'reject':
      return bulk.posts.map(({ id }) => ({ id, act: () => rejectPost(deps, id, bulk.reason, actor) }));
    default: {
      const act = { reopen: reopenPost, retry: retryPost, delete: deletePost, restore: restorePost }[bulk.action];
      return bulk.posts.map(({ id }) => ({ id, act: () => act(deps, id, actor) }));
    }
  }
}

async function refusalOf(act: () => Promise<void>): Promise<string | null> {
  try {
    await act();
    return null;
  } catch (error) {
    if (error instanceof NotFound || error instanceof Conflict || error instanceof Unprocessable) return error.message;
    throw error;
  }
}
