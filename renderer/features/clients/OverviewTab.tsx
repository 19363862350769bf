import { Grid, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Client } from '../../../shared/contract/clients.ts';
import { orpc } from '../../api/client.ts';
import { LoadingRows } from '../../components/Loading.tsx';
import { Panel } from '../../components/Panel.tsx';
import { AudiencePanel } from '../insights/AudiencePanel.tsx';
import { PostDays } from '../posts/PostDays.tsx';
import { dayFromToday, startOf } from '../posts/post-range.ts';
import { ClientControls } from './ClientControls.tsx';
import { ClientDetailsForm } from './ClientDetailsForm.tsx';
import { SetupSteps } from './SetupSteps.tsx';

export function OverviewTab({ client }: { client: Client }) {
  const posts = useQuery(
    orpc.pipeline.list.queryOptions({
      input: { clientId: client.id, from: startOf(dayFromToday(0)), to: startOf(dayFromToday(8)), limit: 50 },
    }),
  );
  const planned = posts.data?.items.filter(({ status }) => status !== 'rejected') ?? [];
  return (
    <Grid gap="lg">
      <Grid.Col span={{ base: 12, lg: 7 }}>
        <Stack gap="lg">
          <SetupSteps client={client} />
          {posts.isPending && (
            <Panel flush>
              <LoadingRows rows={3} height={76} />
            </Panel>
          )}
          {planned.length > 0 && <PostDays posts={planned} withClient={false} zone={client.timezone} />}
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 5 }}>
        <Stack gap="lg">
          <AudiencePanel clientId={client.id} />
          <ClientDetailsForm client={client} />
          <ClientControls client={client} />
        </Stack>
      </Grid.Col>
    </Grid>
  );
}
