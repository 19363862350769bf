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
        notifyDone(`Approved. It goes out ${formatWhen(post.scheduledFor, post.timezone)}.`);
      },
    }),
  );
  const reject = useMutation(
    orpc.pipeline.reject.mutationOptions({
      onSuccess: (post) => {
        remember(post);
        notifyDone(
          'Rejected. It will not be published.',
          undo(() => reopen(post)),
        );
      },
    }),
  );
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
  const publishNow = useMutation(
    orpc.pipeline.publishNow.mutationOptions({
      onSuccess: (post) => {
        remember(post);
        notifyDone('On its way. This page shows how it goes.');
      },
    }),
  );
  const retry = useMutation(
    orpc.pipeline.retry.mutationOptions({
      onSuccess: (post) => {
        remember(post);
        notifyDone('Trying again.');
      },
    }),
  );
  const resolve = useMutation(orpc.pipeline.resolve.mutationOptions({ onSuccess: remember }));
  const remove = useMutation({
    mutationFn: async (post: Post) => client.pipeline.delete({ id: post.id }),
    onSuccess: (_, post) => {
      notifyDone(
        'Deleted.',
        undo(() => client.pipeline.create(copyOf(post))),
      );
    },
  });
  return { approve, reject, reschedule, publishNow, retry, resolve, remove };
}

/** Puts a rejected post back to review, as it is. */
export async function reopen({ id, caption }: Post): Promise<Post> {
  const post = await client.pipeline.update({ id, caption });
  if (post.status === 'rejected') {
    throw new Error('It stays rejected while nothing in it changes. Edit it, or approve it as it is.');
  }
  return post;
}

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
