import { Skeleton, Stack } from '@mantine/core';
import { IconPencilOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { client as core } from '../../api/client.ts';
import { Empty } from '../../components/Empty.tsx';
import { Failure } from '../../components/Failure.tsx';
import { ButtonLink } from '../../components/links.tsx';
import { Page } from '../../components/Page.tsx';
import { t } from '../../i18n/i18n.ts';
import { draftFrom, targetOf } from '../post/edit/draft.ts';
import { resume } from '../post/edit/resume.ts';
import { newDraftId } from '../post/edit/use-autosave.ts';
import { ComposerForm } from './ComposerForm.tsx';
import type { Start } from './use-composer.ts';

const route = getRouteApi('/frame/posts/new');

/** Writing a post by hand: a new one, or one that was begun before. */
export function ComposerPage() {
  const { client = '', at = null, draft } = route.useSearch();
  const [begun, setBegun] = useState({ id: newDraftId(), draft, client });
  const restart = () => setBegun((before) => ({ ...before, id: newDraftId() }));
  // Whoever comes here for a new post begins anew.
  if (draft !== begun.draft || client !== begun.client) {
    setBegun({ id: draft === undefined ? newDraftId() : begun.id, draft, client });
  }
  if (draft !== undefined && draft !== begun.id) return <Resuming key={draft} id={draft} restart={restart} />;
  const start = { ...blank, id: begun.id, clientId: client, scheduledFor: at };
  return <ComposerForm key={begun.id} start={start} restart={restart} />;
}

const blank: Omit<Start, 'id' | 'clientId' | 'scheduledFor'> = {
  content: { caption: '', hashtags: [], firstComment: null, altText: null, media: [] },
  targets: undefined,
  revision: 0,
  at: null,
  isAhead: false,
};

/** Fetches what was written under this id, and goes on with it. */
function Resuming({ id, restart }: { id: string; restart: () => void }) {
  const start = useQuery({
    queryKey: ['resumed draft', id],
    queryFn: () => startFrom(id),
    gcTime: 0,
    staleTime: 0,
    refetchOnMount: 'always',
    refetchOnReconnect: false,
  });
  if (start.isError) {
    return (
      <Page title={t('composer:title')}>
        <Failure error={start.error} retry={() => void start.refetch()} />
      </Page>
    );
  }
  if (start.data === undefined) {
    return (
      <Page title={t('composer:title')}>
        <Stack aria-busy>
          <Skeleton height={150} radius="lg" />
          <Skeleton height={380} radius="lg" />
        </Stack>
      </Page>
    );
  }
  if (start.data === null) {
    return (
      <Page title={t('composer:title')}>
        <Empty
          icon={IconPencilOff}
          title={t('composer:drafts.gone')}
          action={<ButtonLink to="/posts/new">{t('composer:title')}</ButtonLink>}
        >
          {t('composer:drafts.goneWhy')}
        </Empty>
      </Page>
    );
  }
  return <ComposerForm start={start.data} restart={restart} />;
}

async function startFrom(id: string): Promise<Start | null> {
  const resumed = await resume(id);
  if (resumed === null) return null;
  const { items: accounts } = await core.accounts.list({ id: resumed.clientId });
  const { targets, ...content } = draftFrom(resumed.content, resumed.media, accounts.map(targetOf));
  return {
    id,
    clientId: resumed.clientId,
    content,
    targets: resumed.content.targets.length === 0 ? undefined : targets,
    scheduledFor: resumed.content.scheduledFor,
    revision: resumed.revision,
    at: resumed.at,
    isAhead: resumed.isAhead,
  };
}
