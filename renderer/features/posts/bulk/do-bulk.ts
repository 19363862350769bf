import type { Bulk, Post } from '../../../../shared/contract/pipeline.ts';
import { client, orpc } from '../../../api/client.ts';
import { queryClient } from '../../../api/query-client.ts';
import { notifyDone, notifyError } from '../../../components/notify.tsx';
import { withLocalTimes } from '../../../components/format.ts';
import { t } from '../../../i18n/i18n.ts';
import { type Refused, useBulkState } from './bulk-store.ts';
import { chunksOf, undoOf } from './plan.ts';

/** Posts a call: each answers soon, so that the progress moves and a stop is heeded. */
const atOnce = 20;

/**
 * Does one thing to many posts, tells how it went, and offers to take it back. @param posts as they are shown: their
 * content is what an approval is for, and their state is what an undo goes back to
 */
export async function doBulk(bulk: Bulk, posts: readonly Post[]): Promise<void> {
  const { done, refused } = await perform([bulk], posts);
  const words = t(`posts:bulk.done.${bulk.action}`, { count: done.length });
  const undo = undoOf(bulk.action, done);
  if (done.length > 0) notifyDone(words, undo.length === 0 ? undefined : () => void takeBack(undo, done));
  if (refused.length > 0) useBulkState.setState({ report: { done: words, refused } });
}

async function takeBack(undo: readonly Bulk[], posts: readonly Post[]): Promise<void> {
  const { done, refused } = await perform(undo, posts);
  const words = t('posts:bulk.done.undo', { count: done.length });
  if (done.length > 0) notifyDone(words);
  if (refused.length > 0) useBulkState.setState({ report: { done: words, refused } });
}

/** One after the other. What was not asked for any more, because of a stop or an error, is in neither list. */
async function perform(bulks: readonly Bulk[], posts: readonly Post[]): Promise<{ done: Post[]; refused: Refused[] }> {
  const byId = new Map(posts.map((post) => [post.id, post]));
  const [done, refused]: [Post[], Refused[]] = [[], []];
  const total = bulks.reduce((sum, bulk) => sum + bulk.posts.length, 0);
  useBulkState.setState({ progress: { done: 0, total }, isStopping: false });
  try {
    for (const chunk of bulks.flatMap((bulk) => chunksOf(bulk, atOnce))) {
      if (useBulkState.getState().isStopping) break;
      const { results } = await client.pipeline.bulk(chunk);
      for (const { id, refusal } of results) {
        const post = byId.get(id);
        if (post === undefined) continue;
        if (refusal === null) done.push(post);
        else refused.push({ post, refusal: withLocalTimes(refusal) });
      }
      useBulkState.setState({ progress: { done: done.length + refused.length, total } });
    }
  } catch (error) {
    notifyError(error);
  } finally {
    useBulkState.setState({ progress: null });
    void queryClient.invalidateQueries({ queryKey: orpc.pipeline.key() });
  }
  return { done, refused };
}
