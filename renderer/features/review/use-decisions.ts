import { useQueryClient } from '@tanstack/react-query';
import type { Post } from '../../../shared/contract/pipeline.ts';
import { client, orpc } from '../../api/client.ts';
import { formatWhen } from '../../components/format.ts';
import { notifyDone, notifyError } from '../../components/notify.tsx';
import { t } from '../../i18n/i18n.ts';
import { type Decision, decideInReview, undecideInReview, useReview } from './review-store.ts';

/** Decisions on their way to the core; one is taken back only when it has arrived. */
const underWay = new Map<string, Promise<boolean>>();

/**
 * Decisions that count at once: the next post is shown while the core is told. Where that fails, the post comes back with
 * the reason.
 * @param waiting ids that the core says wait
 */
export function useDecisions(waiting: readonly string[]) {
  const queryClient = useQueryClient();
  const remember = (post: Post) =>
    queryClient.setQueryData(orpc.pipeline.get.queryKey({ input: { id: post.id } }), post);

  function decide(post: Post, decision: Decision, call: () => Promise<Post>): void {
    decideInReview(post.id, decision, waiting);
    const told = call().then(
      (saved) => {
        remember(saved);
        return true;
      },
      (error: unknown) => {
        undecideInReview(post.id);
        notifyError(error);
        void queryClient.invalidateQueries({ queryKey: orpc.pipeline.get.key({ input: { id: post.id } }) });
        return false;
      },
    );
    underWay.set(post.id, told);
    void told.finally(() => underWay.delete(post.id));
  }

  return {
    approve(post: Post): void {
      const { id, contentHash } = post;
      decide(post, 'approved', () => client.pipeline.approve({ id, contentHash }));
    },

    reject(post: Post, reason: string | undefined): void {
      decide(post, 'rejected', () => client.pipeline.reject({ id: post.id, reason }));
    },

    /** Takes the last decision back that was made here. */
    async undo(): Promise<void> {
      const { trail, decided } = useReview.getState();
      const id = trail.at(-1);
      const decision = decided.get(id ?? '');
      if (id === undefined || decision === undefined) return notifyDone(t('review:decided.nothingToUndo'));
      undecideInReview(id);
      try {
        if (!((await underWay.get(id)) ?? true)) return;
        remember(await client.pipeline.reopen({ id }));
        notifyDone(t('review:decided.takenBack'));
      } catch (error) {
        decideInReview(id, decision, waiting);
        notifyError(error);
      }
    },
  };
}

/** What was decided about a post, for whoever comes back to it. */
export function decisionWords(post: Post): string {
  if (post.status === 'rejected') {
    return post.rejectedReason === null
      ? t('review:decided.rejected')
      : t('review:decided.rejectedWhy', { reason: post.rejectedReason });
  }
  return Date.parse(post.scheduledFor) > Date.now()
    ? t('review:decided.approved', { when: formatWhen(post.scheduledFor, post.timezone) })
    : t('review:decided.approvedLate');
}
