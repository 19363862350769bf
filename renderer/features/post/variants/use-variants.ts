import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Post } from '../../../../shared/contract/pipeline.ts';
import { client, orpc } from '../../../api/client.ts';
import { notifyDone, notifyError } from '../../../components/notify.tsx';
import { t } from '../../../i18n/i18n.ts';
import { batchesOf, changeTo, type Wording } from './wordings.ts';

/** Other wordings of a text: those that there are, asking for three more, and taking one. */
export function useVariants(post: Post, wording: Wording, onChosen: () => void) {
  const queryClient = useQueryClient();
  const input = { id: post.id };
  const variants = useQuery(orpc.review.variants.queryOptions({ input }));
  const remember = (saved: Post) =>
    queryClient.setQueryData(orpc.pipeline.get.queryKey({ input: { id: saved.id } }), saved);

  const write = useMutation({
    mutationFn: () => client.review.writeVariants({ ...input, accountId: wording.accountId }),
    meta: { quiet: true },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: orpc.review.variants.queryKey({ input }) }),
  });

  const choose = useMutation({
    mutationFn: (caption: string) => client.pipeline.update(changeTo(post, wording, caption)),
    onSuccess: (saved) => {
      remember(saved);
      notifyDone(t(post.status === 'approved' ? 'post:variants.chosenApproval' : 'post:variants.chosen'), () => {
        client.pipeline.update(changeTo(saved, wording, wording.text)).then(remember, notifyError);
      });
      onChosen();
    },
  });

  return {
    batches: batchesOf(variants.data?.items ?? [], wording),
    isLoading: variants.isPending,
    failure: failureOf(variants.error, write.error, () => {
      if (variants.isError) void variants.refetch();
      else write.mutate();
    }),
    write,
    choose,
    /** Of the three that were just written, in millionths of a US dollar; null when none were. */
    cost: write.data?.costMicroUsd ?? null,
  };
}

function failureOf(reading: Error | null, writing: Error | null, retry: () => void) {
  const error = reading ?? writing;
  return error === null ? null : { error, retry };
}
