import { Grid, Select, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { orpc } from '../../api/client.ts';
import { Failure, ProblemList } from '../../components/Failure.tsx';
import { FreeSlots } from '../../components/FreeSlots.tsx';
import { LeaveGuard } from '../../components/LeaveGuard.tsx';
import { Page } from '../../components/Page.tsx';
import { Panel } from '../../components/Panel.tsx';
import { WallTimeField } from '../../components/WallTimeField.tsx';
import { problemOf } from '../../api/errors.ts';
import { DraftFields } from '../post/edit/DraftFields.tsx';
import { PreviewTabs, useShownTarget } from '../post/preview/PreviewTabs.tsx';
import { TikTokFields } from '../post/TikTokFields.tsx';
import { ComposerActions } from './ComposerActions.tsx';
import classes from './composer.module.css';
import { TargetsField } from './TargetsField.tsx';
import { useComposer } from './use-composer.ts';

const route = getRouteApi('/frame/posts/new');

/** Writing a post by hand. */
export function ComposerPage() {
  const { client, at } = route.useSearch();
  const clients = useQuery(orpc.clients.list.queryOptions({ input: { limit: 200 } }));
  const [chosen, setChosen] = useState<string | null>(client ?? null);
  const only = clients.data?.items.length === 1 ? clients.data.items[0] : undefined;
  const clientId = chosen ?? only?.id ?? '';
  const zone = clients.data?.items.find(({ id }) => id === clientId)?.timezone ?? 'UTC';
  const composer = useComposer(clientId, at);
  const shown = useShownTarget(composer.draft.targets);
  const { draft, change, scheduledFor, setScheduledFor, problems } = composer;
  const brand = useQuery(orpc.brand.get.queryOptions({ input: { id: clientId }, enabled: clientId !== '' }));
  const audited = new Set(composer.accounts.filter((account) => account.audited).map(({ id }) => id));
  const tiktok = draft.targets.find(({ platform, accountId }) => platform === 'tiktok' && audited.has(accountId));

  return (
    <Page title="New post">
      {clients.isError && <Failure error={clients.error} retry={() => void clients.refetch()} />}
      <Grid gap="xl">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Stack gap="lg">
            <Panel title="Who and where">
              <Stack>
                <Select
                  label="Client"
                  placeholder="Choose a client"
                  searchable
                  data={clients.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []}
                  value={clientId === '' ? null : clientId}
                  onChange={(id) => {
                    setChosen(id);
                    composer.changeClient();
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
            <Panel title="What">
              <DraftFields clientId={clientId} draft={draft} onChange={change} problems={problems} />
            </Panel>
            {tiktok && (
              <Panel title="TikTok" description="TikTok asks a person to decide this for every post.">
                <TikTokFields
                  clientId={clientId}
                  accountId={tiktok.accountId}
                  options={tiktok.options}
                  media={draft.media}
                  onChange={(options) =>
                    change({
                      targets: draft.targets.map((target) => (target === tiktok ? { ...target, options } : target)),
                    })
                  }
                />
              </Panel>
            )}
            <Panel title="When">
              <Stack>
                <WallTimeField
                  label="Day and time"
                  zone={zone}
                  value={scheduledFor}
                  onChange={setScheduledFor}
                  error={problemOf(problems, 'scheduledFor')}
                />
                <FreeSlots clientId={clientId} zone={zone} value={scheduledFor} onChange={setScheduledFor} />
              </Stack>
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
      <LeaveGuard dirty={composer.isDirty} />
    </Page>
  );
}
