import { Grid, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Client } from '../../../shared/contract/clients.ts';
import { orpc } from '../../api/client.ts';
import { AccountsPanel } from '../accounts/AccountsPanel.tsx';
import { AudiencePanel } from '../insights/AudiencePanel.tsx';
import { PostDays } from '../posts/PostDays.tsx';
import { dayFromToday, startOf } from '../posts/post-range.ts';
import { ClientDetailsForm } from './ClientDetailsForm.tsx';
import { LastResults } from './LastResults.tsx';
import { NeedsHere } from './NeedsHere.tsx';
import { SetupSteps } from './SetupSteps.tsx';
import { WeekPanel } from './WeekPanel.tsx';

const nextShown = 5;

/** How the client stands: what needs a person, the week ahead, the next posts, the last ones. */
export function OverviewTab({ client }: { client: Client }) {
  const posts = useQuery(
    orpc.pipeline.list.queryOptions({
      input: {
        clientId: client.id,
        status: ['in_review', 'approved', 'publishing', 'held', 'generating'],
        from: startOf(dayFromToday(0)),
        limit: nextShown,
      },
    }),
  );
  const next = posts.data?.items ?? [];
  return (
    <Grid gap="lg">
      <Grid.Col span={{ base: 12, lg: 7.5 }}>
        <Stack gap="lg">
          <SetupSteps client={client} />
          <NeedsHere clientId={client.id} />
          <WeekPanel client={client} />
          {next.length > 0 && <PostDays posts={next} withClient={false} zone={client.timezone} />}
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 4.5 }}>
        <Stack gap="lg">
          <AccountsPanel clientId={client.id} />
          <LastResults clientId={client.id} />
          <AudiencePanel clientId={client.id} />
          <ClientDetailsForm client={client} />
        </Stack>
      </Grid.Col>
    </Grid>
  );
}
