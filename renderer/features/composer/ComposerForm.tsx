import { Button, Grid, Group, Select, Stack } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { platformNames } from '../../../shared/domain/platform.ts';
import { orpc } from '../../api/client.ts';
import { problemOf } from '../../api/errors.ts';
import { Failure, ProblemList } from '../../components/Failure.tsx';
import { LeaveGuard } from '../../components/LeaveGuard.tsx';
import { Page } from '../../components/Page.tsx';
import { Panel } from '../../components/Panel.tsx';
import { t } from '../../i18n/i18n.ts';
import { BothVersions } from '../post/edit/BothVersions.tsx';
import { DraftFields } from '../post/edit/DraftFields.tsx';
import { SaveStatus } from '../post/edit/SaveStatus.tsx';
import { PreviewTabs, useShownTarget } from '../post/preview/PreviewTabs.tsx';
import { TikTokFields } from '../post/TikTokFields.tsx';
import { ComposerActions } from './ComposerActions.tsx';
import classes from './composer.module.css';
import { ScheduleField } from './schedule/ScheduleField.tsx';
import { TargetsField } from './TargetsField.tsx';
import { UnfinishedDrafts } from './UnfinishedDrafts.tsx';
import { type Composer, type Start, useComposer } from './use-composer.ts';

/** The fields of a new post, with its preview beside them. */
export function ComposerForm({ start, restart }: { start: Start; restart: () => void }) {
  const composer = useComposer(start, restart);
  const { draft, clientId, state, theirs, problems, change } = composer;
  const shown = useShownTarget(draft.targets);
  const brand = useQuery(orpc.brand.get.queryOptions({ input: { id: clientId }, enabled: clientId !== '' }));
  const isBlank = state.kind === 'clean' && start.revision === 0;
  return (
    <Page title={t('composer:title')} actions={<Standing composer={composer} isBlank={isBlank} />}>
      <Grid gap="xl">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Stack gap="lg">
            {isBlank && <UnfinishedDrafts clientId={clientId || undefined} except={composer.id} />}
            {theirs !== undefined && <BothVersions mine={draft} theirs={theirs} onDecide={composer.decide} />}
            <WhoAndWhere composer={composer} />
            <Panel title={t('composer:panel.what')}>
              <DraftFields
                clientId={clientId}
                draft={draft}
                onChange={change}
                problems={problems}
                onShow={shown.show}
              />
            </Panel>
            <TikTok composer={composer} />
            <Panel title={t('composer:panel.when')}>
              <ScheduleField
                clientId={clientId}
                targets={draft.targets}
                isReel={(platform) => platform !== 'tiktok' && draft.media[0]?.kind === 'video'}
                value={composer.scheduledFor}
                onChange={composer.setScheduledFor}
                error={problemOf(problems, 'scheduledFor')}
              />
            </Panel>
            <ProblemList problems={problems} />
            <ComposerActions composer={composer} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <div className={classes.preview}>
            <PreviewTabs
              post={draft}
              shown={shown.target?.accountId}
              onShow={shown.show}
              terms={brand.data?.bannedTerms ?? []}
            />
          </div>
        </Grid.Col>
      </Grid>
      <LeaveGuard dirty={state.kind === 'failed' || state.kind === 'conflict'} />
    </Page>
  );
}

/** Whether it is kept, and the way to drop it. */
function Standing({ composer, isBlank }: { composer: Composer; isBlank: boolean }) {
  return (
    <Group gap="md">
      <SaveStatus state={composer.state} onRetry={composer.retry} />
      {!isBlank && (
        <Button
          variant="subtle"
          color="gray"
          size="sm"
          leftSection={<IconTrash size={16} />}
          onClick={composer.discard}
        >
          {t('common:action.discard')}
        </Button>
      )}
    </Group>
  );
}

function WhoAndWhere({ composer }: { composer: Composer }) {
  const clients = useQuery(orpc.clients.list.queryOptions({ input: { limit: 200 } }));
  const { clientId, draft, change, problems, changeClient } = composer;
  const only = clients.data?.items.length === 1 ? clients.data.items[0]?.id : undefined;
  useEffect(() => {
    if (only !== undefined && clientId === '') changeClient(only);
  }, [only, clientId, changeClient]);
  return (
    <Panel title={t('composer:panel.who')}>
      <Stack>
        {clients.isError && <Failure error={clients.error} retry={() => void clients.refetch()} />}
        <Select
          label={t('composer:client.label')}
          placeholder={t('composer:client.choose')}
          searchable
          allowDeselect={false}
          data={clients.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []}
          value={clientId === '' ? null : clientId}
          onChange={(id) => {
            if (id !== null && id !== clientId) changeClient(id);
          }}
        />
        <TargetsField
          clientId={clientId}
          accounts={composer.accounts}
          isLoading={composer.isLoading}
          targets={draft.targets}
          onChange={(targets) => change({ targets })}
          error={problemOf(problems, 'targets')}
        />
      </Stack>
    </Panel>
  );
}

/** What TikTok wants a person to choose, for an audited account. */
function TikTok({ composer }: { composer: Composer }) {
  const { draft, change, accounts, clientId } = composer;
  const audited = new Set(accounts.filter((account) => account.audited).map(({ id }) => id));
  const target = draft.targets.find(({ platform, accountId }) => platform === 'tiktok' && audited.has(accountId));
  if (target === undefined) return null;
  const { media } = target.options;
  return (
    <Panel title={platformNames.tiktok} description={t('post:tiktok.description')}>
      <TikTokFields
        clientId={clientId}
        accountId={target.accountId}
        options={target.options}
        media={draft.media}
        onChange={(options) =>
          change({
            targets: draft.targets.map((each) =>
              each === target ? { ...each, options: { ...options, media } } : each,
            ),
          })
        }
      />
    </Panel>
  );
}
