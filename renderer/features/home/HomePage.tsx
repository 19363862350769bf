import { Grid, Stack } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { orpc } from '../../api/client.ts';
import { Empty } from '../../components/Empty.tsx';
import { ButtonLink } from '../../components/links.tsx';
import { Page } from '../../components/Page.tsx';
import { Panel } from '../../components/Panel.tsx';
import { AtRisk } from './AtRisk.tsx';
import { ComingUp } from './ComingUp.tsx';
import { LatelyWrong } from './LatelyWrong.tsx';
import { NeedsMe } from './NeedsMe.tsx';
import { ThisWeek } from './ThisWeek.tsx';

/** What needs me, what goes out, what went wrong. */
export function HomePage() {
  const clients = useQuery(orpc.clients.list.queryOptions({ input: { limit: 200 } }));
  const today = new Date().toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long' });
  if (clients.data?.items.length === 0) return <Welcome />;
  return (
    <Page title="Home" description={today}>
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, lg: 8 }}>
          <Stack gap="lg">
            <NeedsMe clients={clients.data?.items} />
            <AtRisk />
            <ComingUp />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <Stack gap="lg">
            <ThisWeek />
            <LatelyWrong />
          </Stack>
        </Grid.Col>
      </Grid>
    </Page>
  );
}

function Welcome() {
  return (
    <Page title="Home">
      <Panel>
        <Empty
          icon={IconUserPlus}
          title="Welcome. Start with a client"
          action={
            <ButtonLink to="/clients" search={{ add: true }} size="md">
              Add your first client
            </ButtonLink>
          }
        >
          Tell the app the brand’s voice and when to post, connect its accounts, and the AI writes the week for your
          review.
        </Empty>
      </Panel>
    </Page>
  );
}
