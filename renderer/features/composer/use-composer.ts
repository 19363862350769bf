import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { Problem } from '../../../shared/contract/common.ts';
import { client as core, orpc } from '../../api/client.ts';
import { explain } from '../../api/errors.ts';
import { notifyDone, notifyError } from '../../components/notify.tsx';
import { changedDraft, type Draft, type DraftTarget, inputOf } from '../post/edit/draft.ts';

const blank: Omit<Draft, 'targets'> = { caption: '', hashtags: [], firstComment: null, altText: null, media: [] };

export interface Composer {
  draft: Draft;
  accounts: readonly Account[];
  isLoading: boolean;
  scheduledFor: string | null;
  problems: readonly Problem[];
  isDirty: boolean;
  isSaving: boolean;
  change(change: Partial<Draft>): void;
  setScheduledFor(instant: string | null): void;
  /** Accounts and media belong to the client before. */
  changeClient(): void;
  /** Creates the post; with `approve` it is scheduled at once, as its writer is the person who decides. */
  submit(approve: boolean): void;
}

/**
 * A post being written for a client; every connected account is chosen until the person changes that.
 * @param at the instant it is meant for, where that is known
 */
export function useComposer(clientId: string, at: string | null = null): Composer {
  const navigate = useNavigate();
  const accounts = useQuery(orpc.accounts.list.queryOptions({ input: { id: clientId }, enabled: clientId !== '' }));
  const [content, setContent] = useState(blank);
  const [targets, setTargets] = useState<DraftTarget[]>();
  const [scheduledFor, setScheduledFor] = useState(at);
  const [isDirty, setDirty] = useState(false);
  const connected = accounts.data?.items ?? [];
  const draft: Draft = { ...content, targets: targets ?? connected.map(targetOf) };

  const create = useMutation({
    mutationFn: async (approve: boolean) => {
      const post = await core.pipeline.create({ clientId, ...inputOf(draft), scheduledFor: scheduledFor ?? '' });
      setDirty(false);
      if (!approve) return post;
      // The post exists by now: what stands in the way of approving it is shown on its own page.
      return core.pipeline.approve({ id: post.id, contentHash: post.contentHash }).catch((error: unknown) => {
        notifyError(error);
        return post;
      });
    },
    meta: { quiet: true },
    onSuccess: (post) => {
      notifyDone(post.status === 'approved' ? 'Scheduled.' : 'Created. It waits for approval.');
      void navigate({ to: '/posts/$id', params: { id: post.id } });
    },
    onError: (error) => {
      if (explain(error).problems.length === 0) notifyError(error);
    },
  });

  return {
    draft,
    accounts: connected,
    isLoading: accounts.isPending && clientId !== '',
    scheduledFor,
    problems: create.isError ? explain(create.error).problems : [],
    isDirty,
    isSaving: create.isPending,
    change: (change) => {
      setDirty(true);
      const { targets: chosen, ...rest } = changedDraft(draft, change);
      // While nothing was chosen the accounts may still come in.
      if (targets !== undefined || change.targets !== undefined) setTargets(chosen);
      setContent(rest);
    },
    setScheduledFor,
    changeClient: () => {
      setTargets(undefined);
      setScheduledFor(null);
      setContent((before) => ({ ...before, media: [] }));
    },
    submit: (approve) => create.mutate(approve),
  };
}

export function targetOf(account: Account): DraftTarget {
  return {
    accountId: account.id,
    accountName: account.displayName,
    platform: account.platform,
    caption: null,
    options: {},
  };
}
