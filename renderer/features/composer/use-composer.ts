import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { Problem } from '../../../shared/contract/common.ts';
import { client as core, orpc } from '../../api/client.ts';
import { explain } from '../../api/errors.ts';
import { notifyDone, notifyError } from '../../components/notify.tsx';
import { t } from '../../i18n/i18n.ts';
import type { SaveState } from '../post/edit/autosave.ts';
import {
  changedDraft,
  consentsIn,
  contentOf,
  type Draft,
  draftFrom,
  type DraftTarget,
  isBlank,
  targetOf,
} from '../post/edit/draft.ts';
import { startAutosave, useAutosave } from '../post/edit/use-autosave.ts';
import { useFreshMedia } from '../post/edit/use-fresh-media.ts';
import { discardDraft } from './discard-draft.ts';

/** Where a post begins: blank, or as it was left. */
export interface Start {
  /** Of the draft; the post will have the same. */
  id: string;
  clientId: string;
  content: Omit<Draft, 'targets'>;
  /** Undefined: every connected account, until the person changes that. */
  targets: DraftTarget[] | undefined;
  scheduledFor: string | null;
  revision: number;
  /** When it was kept last; null when it never was. ISO. */
  at: string | null;
  /** This browser has more of it than the app. */
  isAhead: boolean;
}

export interface Composer {
  id: string;
  clientId: string;
  draft: Draft;
  accounts: readonly Account[];
  isLoading: boolean;
  scheduledFor: string | null;
  problems: readonly Problem[];
  /** How what was typed stands. */
  state: SaveState;
  /** What another window made of it meanwhile; null when it ended it, undefined when nothing is the matter. */
  theirs: Draft | null | undefined;
  isSaving: boolean;
  change(change: Partial<Draft>): void;
  setScheduledFor(instant: string | null): void;
  /** Accounts and media belong to the client before. */
  changeClient(clientId: string): void;
  /** Makes it a post; with `approve` it is scheduled at once, as its writer is the person who decides. */
  submit(approve: boolean): void;
  /** Drops it and begins anew; can be undone. */
  discard(): void;
  retry(): void;
  decide(whose: 'mine' | 'theirs'): void;
}

/**
 * A post being written. What is typed is kept at every pause, from the first word on.
 * @param restart begins another one, where this one was dropped
 */
export function useComposer(start: Start, restart: () => void): Composer {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [clientId, setClientId] = useState(start.clientId);
  const [content, setContent] = useState(start.content);
  const [targets, setTargets] = useState(start.targets);
  const [scheduledFor, setScheduledFor] = useState(start.scheduledFor);
  const [autosave] = useState(() =>
    startAutosave({ id: start.id, basedOn: null, revision: start.revision, at: start.at }),
  );
  const state = useAutosave(autosave);
  const accounts = useQuery(orpc.accounts.list.queryOptions({ input: { id: clientId }, enabled: clientId !== '' }));
  const media = useFreshMedia(content.media);
  const connected = accounts.data?.items ?? [];
  const draft: Draft = { ...content, media, targets: targets ?? connected.map(targetOf) };

  const keep = (next: { clientId: string; draft: Draft; scheduledFor: string | null }) => {
    const isNothing = autosave.revision === 0 && autosave.state.kind === 'clean' && isBlank(next.draft);
    if (next.clientId === '' || isNothing) return;
    autosave.change({ clientId: next.clientId, content: contentOf(next.draft, next.scheduledFor) });
  };
  const take = (next: Draft) => {
    const { targets: chosen, ...rest } = next;
    setTargets(chosen);
    setContent(rest);
    keep({ clientId, draft: next, scheduledFor });
  };

  // What only this browser has is sent at once.
  useEffect(() => {
    if (!start.isAhead) return;
    const whole = { ...start.content, targets: start.targets ?? [] };
    autosave.change({ clientId: start.clientId, content: contentOf(whole, start.scheduledFor) });
  }, [autosave, start]);
  // From here on the address leads back to it.
  useEffect(() => {
    if (state.kind === 'saved') void navigate({ to: '/posts/new', search: { draft: start.id }, replace: true });
  }, [state.kind, start.id, navigate]);

  const create = useMutation({
    mutationFn: async (approve: boolean) => {
      // What was not changed since it began, such as a draft that was gone on with, is kept already.
      if (autosave.revision === 0) autosave.change({ clientId, content: contentOf(draft, scheduledFor) });
      if (!(await autosave.flush())) throw new Error(t('composer:save.notYet'));
      const consents = consentsIn(draft);
      const post = await core.drafts.apply({ id: start.id, revision: autosave.revision, consents });
      autosave.end();
      if (!approve) return post;
      // The post exists by now: what stands in the way of approving it is shown on its own page.
      return core.pipeline.approve({ id: post.id, contentHash: post.contentHash }).catch((error: unknown) => {
        notifyError(error);
        return post;
      });
    },
    meta: { quiet: true },
    onSuccess: (post) => {
      queryClient.setQueryData(orpc.pipeline.get.queryKey({ input: { id: post.id } }), post);
      notifyDone(post.status === 'approved' ? t('composer:done.scheduled') : t('composer:done.created'));
      void navigate({ to: '/posts/$id', params: { id: post.id } });
    },
    onError: (error) => {
      if (explain(error).problems.length === 0) notifyError(error);
    },
  });

  const theirs =
    state.kind !== 'conflict'
      ? undefined
      : state.theirs &&
        draftFrom(state.theirs.content, state.theirs.media, [...connected.map(targetOf), ...draft.targets]);

  return {
    id: start.id,
    clientId,
    draft,
    accounts: connected,
    isLoading: accounts.isPending && clientId !== '',
    scheduledFor,
    problems: create.isError ? explain(create.error).problems : [],
    state,
    theirs,
    isSaving: create.isPending,
    change: (change) => {
      const next = changedDraft(draft, change);
      const { targets: chosen, ...rest } = next;
      // While nothing was chosen the accounts may still come in.
      if (targets !== undefined || change.targets !== undefined) setTargets(chosen);
      setContent(rest);
      keep({ clientId, draft: next, scheduledFor });
    },
    setScheduledFor: (instant) => {
      setScheduledFor(instant);
      keep({ clientId, draft, scheduledFor: instant });
    },
    changeClient: (id) => {
      setClientId(id);
      setTargets(undefined);
      setScheduledFor(null);
      setContent((before) => ({ ...before, media: [] }));
      keep({ clientId: id, draft: { ...draft, media: [], targets: [] }, scheduledFor: null });
    },
    submit: (approve) => create.mutate(approve),
    discard: () => {
      const isKept = autosave.revision > 0;
      autosave.end();
      const kept = { clientId, content: contentOf(draft, scheduledFor) };
      void navigate({ to: '/posts/new', search: { client: clientId || undefined } });
      restart();
      discardDraft({ id: start.id, isKept, ...kept }, () => {
        void navigate({ to: '/posts/new', search: { draft: start.id } });
      });
    },
    retry: () => void autosave.flush(),
    decide: (whose) => {
      const mine = draft;
      void autosave.keepMine();
      if (whose === 'mine') return;
      if (theirs === undefined || theirs === null) {
        autosave.end();
        void navigate({ to: '/posts/new', search: {} });
        restart();
        return;
      }
      take(theirs);
      notifyDone(t('composer:conflict.tookTheirs'), () => take(mine));
    },
  };
}
