import { useQueryClient } from '@tanstack/react-query';
import type { Post } from '../../../shared/contract/pipeline.ts';
import { client, orpc } from '../../api/client.ts';
import { explain } from '../../api/errors.ts';
import { formatWhen } from '../../components/format.ts';
import { notifyError } from '../../components/notify.tsx';
import { t } from '../../i18n/i18n.ts';
import { type Decision, decideInReview, undecideInReview, useReview } from './review-store.ts';

/** Decisions on their way to the core; one is taken back only when it has arrived. */
const underWay = new Map<string, Promise<boolean>>();

export interface Decisions {
  approve(post: Post): void;
  reject(post: Post, reason: string | undefined): void;
  /** Takes the last decision back that was made here. */
  undo(): Promise<void>;
}

/**
 * Decisions that count at once: the next post is shown while the core is told. Where that fails, the post comes back with
 * the reason.
 * @param waiting ids that the core says wait
 */
export function useDecisions(waiting: readonly string[]): Decisions {
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
        notifyError(new Error(t('review:decided.failed', { post: beginningOf(post), reason: explain(error).message })));
        void queryClient.invalidateQueries({ queryKey: orpc.pipeline.get.key({ input: { id: post.id } }) });
        return false;
      },
    );
    underWay.set(post.id, told);
    void told.finally(() => underWay.delete(post.id));
  }

  return {
    approve(post) {
      const { id, contentHash } = post;
      decide(post, 'approved', () => client.pipeline.approve({ id, contentHash }));
    },

    reject(post, reason) {
      decide(post, 'rejected', () => client.pipeline.reject({ id: post.id, reason }));
    },

    async undo() {
      const { trail, decided, isHeld } = useReview.getState();
      if (isHeld) return;
      const id = trail.at(-1);
      const decision = decided.get(id ?? '');
      if (id === undefined || decision === undefined) return;
      undecideInReview(id);
      try {
        if (!((await underWay.get(id)) ?? true)) return;
        remember(await client.pipeline.reopen({ id }));
      } catch (error) {
        decideInReview(id, decision, waiting);
        notifyError(error);
      }
    },
  };
}

/** Names a post to whoever has just had it before them. */
function beginningOf({ caption }: Post): string {
  const [line = ''] = caption.trim().split('\n');
  return line.length <= 60 ? line : `${line.slice(0, 59)}…`;
}

/** What a decision about a post means. */
export function decidedWords(post: Post, decision: Decision): string {
  if (decision === 'rejected') {
    return post.rejectedReason === null
      ? t('posts:action.rejected')
      : t('review:decided.rejectedWhy', { reason: post.rejectedReason });
  }
  return Date.parse(post.scheduledFor) > Date.now()
    ? t('posts:action.approvedLater', { when: formatWhen(post.scheduledFor, post.timezone) })
    : t('posts:action.approvedDue');
}
