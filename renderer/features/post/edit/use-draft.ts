import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Problem } from '../../../../shared/contract/common.ts';
import type { DraftSummary } from '../../../../shared/contract/drafts.ts';
import type { Post } from '../../../../shared/contract/pipeline.ts';
import { client as core, orpc } from '../../../api/client.ts';
import { explain } from '../../../api/errors.ts';
import { notifyDone, notifyError } from '../../../components/notify.tsx';
import { t } from '../../../i18n/i18n.ts';
import type { Autosave, SaveState } from './autosave.ts';
import { changedDraft, consentsIn, contentOf, type Draft, draftFrom, draftOf } from './draft.ts';
import { resume } from './resume.ts';
import { startAutosave, useAutosave } from './use-autosave.ts';
import { useFreshMedia } from './use-fresh-media.ts';

/**
 * Editing a post: a working copy that is kept while one types, beside the post. The post itself, and its
 * approval, stay as they are until the changes are applied.
 */
export interface Editing {
  /** Undefined while nothing is being edited. */
  draft: Draft | undefined;
  problems: readonly Problem[];
  isSaving: boolean;
  isDirty: boolean;
  /** How what was typed stands. */
  state: SaveState;
  /** Changes that were begun earlier and are not applied; while nothing is being edited. */
  waiting: DraftSummary | undefined;
  /** What others made of it meanwhile; null when nobody did. */
  theirs: Draft | null;
  /** Goes on with what waits, where something does. */
  begin(): void;
  change(change: Partial<Draft>): void;
  /** Drops the changes; can be undone. */
  cancel(): void;
  /** Leaves off for now: what was typed stays kept. */
  later(): void;
  /** Applies the changes to the post. */
  save(): void;
  /** In a conflict: goes on with what is here, or with what they made of it. */
  decide(whose: 'mine' | 'theirs'): void;
}

interface Edit {
  postId: string;
  draft: Draft;
  /** The post as it was when the changes were begun; unknown of those that were begun earlier. */
  base: Draft | undefined;
  basedOn: string;
  isDirty: boolean;
  autosave: Autosave;
}

export function useDraft(post: Post): Editing {
  const queryClient = useQueryClient();
  const [edit, setEdit] = useState<Edit>();
  const drafts = useQuery(orpc.drafts.list.queryOptions({ input: { clientId: post.clientId } }));
  const current = edit?.postId === post.id ? edit : undefined;
  const state = useAutosave(current?.autosave);
  const media = useFreshMedia(current?.draft.media ?? none);
  const draft = current && { ...current.draft, media };
  const waiting = current === undefined ? drafts.data?.items.find(({ postId }) => postId === post.id) : undefined;
  const isBehind = current !== undefined && isOtherwise(current, post);

  const apply = useMutation({
    mutationFn: async ({ autosave, basedOn, isDirty, ...edited }: Edit) => {
      if (!isDirty && autosave.revision === 0) return null;
      if (!(await autosave.flush())) throw new Error(t('composer:save.notYet'));
      // What only looks changed, such as the crop of a file that was set while editing, is not in the way.
      const over = post.contentHash !== basedOn && !isOtherwise({ autosave, basedOn, isDirty, ...edited }, post);
      const consents = consentsIn(edited.draft);
      return core.drafts.apply({ id: post.id, revision: autosave.revision, over, consents });
    },
    meta: { quiet: true },
    onSuccess: (saved, { autosave }) => {
      autosave.end();
      setEdit(undefined);
      if (saved === null) return;
      queryClient.setQueryData(orpc.pipeline.get.queryKey({ input: { id: saved.id } }), saved);
      notifyDone(
        post.status === 'approved' && saved.status !== 'approved'
          ? t('composer:edit.savedForReview')
          : t('composer:edit.saved'),
      );
    },
    onError: (error) => {
      void queryClient.invalidateQueries({ queryKey: orpc.pipeline.get.queryKey({ input: { id: post.id } }) });
      if (explain(error).problems.length === 0) notifyError(error);
    },
  });

  const open = (
    from: { draft: Draft; base?: Draft; basedOn: string; revision: number; at?: string | null },
    isDirty: boolean,
  ) => {
    const autosave = startAutosave({
      id: post.id,
      basedOn: from.basedOn,
      revision: from.revision,
      at: from.at ?? null,
    });
    setEdit({ postId: post.id, draft: from.draft, base: from.base, basedOn: from.basedOn, isDirty, autosave });
    return autosave;
  };

  const begin = async () => {
    apply.reset();
    const resumed = await resume(post.id);
    if (resumed === null) {
      open({ draft: draftOf(post), base: draftOf(post), basedOn: post.contentHash, revision: 0 }, false);
      return;
    }
    const known = draftOf(post).targets;
    const from = {
      draft: draftFrom(resumed.content, resumed.media, known),
      basedOn: resumed.basedOn ?? post.contentHash,
      revision: resumed.revision,
      at: resumed.at,
    };
    const autosave = open(from, true);
    if (resumed.isAhead) autosave.change({ clientId: post.clientId, content: resumed.content });
  };

  const write = (edited: Edit, next: Draft, basedOn = edited.basedOn) => {
    const toKeep = { clientId: post.clientId, content: contentOf(next, null) };
    if (basedOn === edited.basedOn) edited.autosave.change(toKeep);
    else edited.autosave.rebase(basedOn, toKeep);
    const base = basedOn === edited.basedOn ? edited.base : draftOf(post);
    setEdit({ ...edited, draft: next, basedOn, base, isDirty: true });
  };

  const cancel = () => {
    if (current === undefined) return;
    const { autosave, isDirty, draft: dropped, basedOn } = current;
    const isKept = autosave.revision > 0;
    autosave.end();
    setEdit(undefined);
    apply.reset();
    if (!isDirty) return;
    const isGone = isKept ? core.drafts.discard({ id: post.id }).catch(notifyError) : Promise.resolve();
    const bringBack = () =>
      open({ draft: dropped, basedOn, revision: 0 }, true).change({
        clientId: post.clientId,
        content: contentOf(dropped, null),
      });
    notifyDone(t('composer:edit.discarded'), () => void isGone.then(bringBack));
  };

  const decide = (whose: 'mine' | 'theirs') => {
    if (current === undefined) return;
    const mine = current.draft;
    if (state.kind === 'conflict') void current.autosave.keepMine();
    if (whose === 'mine') {
      write(current, mine, post.contentHash);
      return;
    }
    const taken = theirsOf(state, mine, post) ?? draftOf(post);
    write(current, taken, post.contentHash);
    notifyDone(t('composer:conflict.tookTheirs'), () =>
      setEdit((now) => {
        if (now === undefined) return now;
        now.autosave.change({ clientId: post.clientId, content: contentOf(mine, null) });
        return { ...now, draft: mine, isDirty: true };
      }),
    );
  };

  return {
    draft,
    problems: apply.isError ? explain(apply.error).problems : [],
    isSaving: apply.isPending,
    isDirty: current?.isDirty ?? false,
    state,
    waiting,
    theirs: current === undefined ? null : conflicting(state, current.draft, post, isBehind),
    begin: () => void begin().catch(notifyError),
    change: (change) => {
      if (current !== undefined) write(current, changedDraft(current.draft, change));
    },
    cancel,
    later: () => setEdit(undefined),
    save: () => {
      if (current !== undefined) apply.mutate(current);
    },
    decide,
  };
}

const none: [] = [];

/** Whether somebody else changed what the post says since the changes were begun. */
function isOtherwise({ base, basedOn }: Edit, post: Post): boolean {
  if (post.contentHash === basedOn) return false;
  if (base === undefined) return true;
  return JSON.stringify(contentOf(base, null)) !== JSON.stringify(contentOf(draftOf(post), null));
}

function conflicting(state: SaveState, mine: Draft, post: Post, isBehind: boolean): Draft | null {
  return theirsOf(state, mine, post) ?? (isBehind || state.kind === 'conflict' ? draftOf(post) : null);
}

/** The draft as another window left it. */
function theirsOf(state: SaveState, mine: Draft, post: Post): Draft | null {
  if (state.kind !== 'conflict' || state.theirs === null) return null;
  const { content, media } = state.theirs;
  return draftFrom(content, media, [...mine.targets, ...draftOf(post).targets]);
}
