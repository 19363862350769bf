import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Post } from '../../../shared/contract/pipeline.ts';
import { client, orpc } from '../../api/client.ts';
import { formatWhen } from '../../components/format.ts';
import { notifyDone, notifyError } from '../../components/notify.tsx';

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
            ? `Approved. It goes out ${formatWhen(post.scheduledFor, post.timezone)}.`
            : 'Approved. Its time has come already.',
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
          'Rejected. It will not be published.',
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
    mutationFn: async ({ post, scheduledFor }: { post: Post; scheduledFor: string }) =>
      client.pipeline.reschedule({ id: post.id, scheduledFor }),
    meta: { quiet: true },
    onSuccess: (moved, { post }) => {
      remember(moved);
      notifyDone(
        `Moved to ${formatWhen(moved.scheduledFor, moved.timezone)}.`,
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
      notifyDone(
        isStopped
          ? 'It waits: publishing is stopped. You are asked about it when you resume.'
          : 'On its way. This page shows how it goes.',
      );
    },
  });
  const retry = useMutation(
    orpc.pipeline.retry.mutationOptions({
      onSuccess: (post) => {
        remember(post);
        notifyDone('Trying again.');
      },
    }),
  );
  const resolve = useMutation(
    orpc.pipeline.resolve.mutationOptions({
      onSuccess: (post, { resolution }) => {
        remember(post);
        notifyDone(resolved[resolution]);
      },
    }),
  );
  const remove = useMutation({
    mutationFn: async (post: Post) => client.pipeline.delete({ id: post.id }),
    onSuccess: (_, post) => {
      notifyDone(
        'Deleted.',
        undo(() => client.pipeline.create(copyOf(post))),
      );
    },
  });
  return { approve, reject, reopen, reschedule, publishNow, retry, resolve, remove };
}

const resolved = {
  published: 'Noted: it is live.',
  send_again: 'It is sent again. This page shows how it goes.',
  drop: 'Left out. Nothing more is sent there.',
} as const;

/** The same post as a new one; it needs approval again. */
function copyOf(post: Post) {
  return {
    clientId: post.clientId,
    caption: post.caption,
    hashtags: post.hashtags,
    firstComment: post.firstComment,
    altText: post.altText,
    media: post.media.map(({ id }) => id),
    scheduledFor: post.scheduledFor,
    targets: post.targets.map(({ accountId, caption, options }) => ({ accountId, caption, options })),
  };
}
