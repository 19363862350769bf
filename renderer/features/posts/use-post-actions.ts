import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Post } from '../../../shared/contract/pipeline.ts';
import { client, orpc } from '../../api/client.ts';
import { formatWhen } from '../../components/format.ts';
import { notifyDone, notifyError } from '../../components/notify.tsx';
import { t } from '../../i18n/i18n.ts';

/** What a person can do with a post; each tells how it went, and how to take it back where that is possible. */
export function usePostActions() {
  const queryClient = useQueryClient();
  const remember = (post: Post) => {
    queryClient.setQueryData(orpc.pipeline.get.queryKey({ input: { id: post.id } }), post);
  };
  const undo = (step: () => Promise<Post>) => () => {
    step().then(remember, notifyError);
  };

  const approve = useMutation(
    orpc.pipeline.approve.mutationOptions({
      onSuccess: (post) => {
        remember(post);
        notifyDone(
          Date.parse(post.scheduledFor) > Date.now()
            ? t('posts:action.approvedLater', { when: formatWhen(post.scheduledFor, post.timezone) })
            : t('posts:action.approvedDue'),
          undo(() => client.pipeline.reopen({ id: post.id })),
        );
      },
    }),
  );
  const reject = useMutation(
    orpc.pipeline.reject.mutationOptions({
      onSuccess: (post) => {
        remember(post);
        notifyDone(
          t('posts:action.rejected'),
          undo(() => client.pipeline.reopen({ id: post.id })),
        );
      },
    }),
  );
  const reopen = useMutation({
    mutationFn: async ({ id }: Post) => client.pipeline.reopen({ id }),
    onSuccess: remember,
  });
  const reschedule = useMutation({
    mutationFn: async ({ post, scheduledFor }: { post: Pick<Post, 'id' | 'scheduledFor'>; scheduledFor: string }) =>
      client.pipeline.reschedule({ id: post.id, scheduledFor }),
    meta: { quiet: true },
    onSuccess: (moved, { post }) => {
      remember(moved);
      notifyDone(
        t('posts:action.moved', { when: formatWhen(moved.scheduledFor, moved.timezone) }),
        undo(() => client.pipeline.reschedule({ id: post.id, scheduledFor: post.scheduledFor })),
      );
    },
  });
  const publishNow = useMutation({
    mutationFn: async ({ id, approvedAt, contentHash }: Post) => {
      if (approvedAt === null) await client.pipeline.approve({ id, contentHash });
      return client.pipeline.publishNow({ id });
    },
    onSuccess: (post) => {
      remember(post);
      const switches = queryClient.getQueryData(orpc.killSwitch.list.queryKey())?.items ?? [];
      const isStopped = switches.some(
        ({ scope, id, engaged }) => engaged && (scope === 'global' || id === post.clientId),
      );
      notifyDone(t(isStopped ? 'posts:action.waitsStopped' : 'posts:action.onItsWay'));
    },
  });
  const retry = useMutation(
    orpc.pipeline.retry.mutationOptions({
      onSuccess: (post) => {
        remember(post);
        notifyDone(t('posts:action.retrying'));
      },
    }),
  );
  const resolve = useMutation(
    orpc.pipeline.resolve.mutationOptions({
      onSuccess: (post, { resolution }) => {
        remember(post);
        notifyDone(t(`posts:action.resolved.${resolution}`));
      },
    }),
  );
  const remove = useMutation({
    mutationFn: async (post: Post) => client.pipeline.delete({ id: post.id }),
    onSuccess: (_, post) => {
      notifyDone(
        t('posts:action.deleted'),
        undo(() => client.pipeline.restore({ id: post.id })),
      );
    },
  });
  return { approve, reject, reopen, reschedule, publishNow, retry, resolve, remove };
}
