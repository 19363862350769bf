import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Problem } from '../../../../shared/contract/common.ts';
import type { Post } from '../../../../shared/contract/pipeline.ts';
import { orpc } from '../../../api/client.ts';
import { explain } from '../../../api/errors.ts';
import { notifyDone, notifyError } from '../../../components/notify.tsx';
import { changedDraft, type Draft, draftOf, inputOf } from './draft.ts';

/** Editing a post in place: the working copy, and saving it. */
export interface Editing {
  /** Undefined while nothing is being edited. */
  draft: Draft | undefined;
  problems: readonly Problem[];
  isSaving: boolean;
  isDirty: boolean;
  begin(): void;
  change(change: Partial<Draft>): void;
  cancel(): void;
  save(): void;
}

export function useDraft(post: Post): Editing {
  const queryClient = useQueryClient();
  const [edited, setEdited] = useState<{ postId: string; draft: Draft; isDirty: boolean }>();
  const update = useMutation(
    orpc.pipeline.update.mutationOptions({
      meta: { quiet: true },
      onSuccess: (saved) => {
        queryClient.setQueryData(orpc.pipeline.get.queryKey({ input: { id: saved.id } }), saved);
        setEdited(undefined);
        notifyDone(
          post.status === 'approved' ? 'Saved. It needs approval again, because its content changed.' : 'Saved.',
        );
      },
      onError: (error) => {
        if (explain(error).problems.length === 0) notifyError(error);
      },
    }),
  );
  const current = edited?.postId === post.id ? edited : undefined;
  return {
    draft: current?.draft,
    problems: update.isError ? explain(update.error).problems : [],
    isSaving: update.isPending,
    isDirty: current?.isDirty ?? false,
    begin: () => {
      update.reset();
      setEdited({ postId: post.id, draft: draftOf(post), isDirty: false });
    },
    change: (change) =>
      setEdited((before) => before && { ...before, draft: changedDraft(before.draft, change), isDirty: true }),
    cancel: () => setEdited(undefined),
    save: () => {
      if (current !== undefined) update.mutate({ id: post.id, ...inputOf(current.draft) });
    },
  };
}
