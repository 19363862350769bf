import { Grid, Group, Stack } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { orpc } from '../../api/client.ts';
import { Empty } from '../../components/Empty.tsx';
import { formatLongDay } from '../../components/format.ts';
import { ButtonLink } from '../../components/links.tsx';
import { Page } from '../../components/Page.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useNow } from '../../components/use-now.ts';
import { t } from '../../i18n/i18n.ts';
import { AtRisk } from './AtRisk.tsx';
import { ComingUp } from './ComingUp.tsx';
import { LatelyWrong } from './LatelyWrong.tsx';
import { NeedsMe } from './NeedsMe.tsx';
import { SetUpLeft } from './SetUpLeft.tsx';
import { ThisWeek } from './ThisWeek.tsx';
import { Today } from './Today.tsx';

/** What needs me, what goes out today, what went wrong, and the week in numbers. */
export function HomePage() {
  const clients = useQuery(orpc.clients.list.queryOptions({ input: { limit: 200 } }));
  const host = useQuery(orpc.host.get.queryOptions());
  const now = useNow(60_000);
  const isLive = host.data?.profile === 'live';
  if (clients.data?.items.length === 0) return <Welcome isLive={isLive} />;
  return (
    <Page title={t('app:nav.home')} description={formatLongDay(new Date(now).toISOString())}>
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, lg: 8 }}>
          <Stack gap="lg">
            <NeedsMe clients={clients.data?.items} />
            <AtRisk />
            <Today />
            <ComingUp />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <Stack gap="lg">
            {isLive && <SetUpLeft />}
            <ThisWeek />
            <LatelyWrong />
          </Stack>
        </Grid.Col>
      </Grid>
    </Page>
  );
}

function Welcome({ isLive }: { isLive: boolean }) {
  return (
    <Page title={t('app:nav.home')}>
      <Panel>
        <Empty
          icon={IconUserPlus}
          title={t('home:welcome.title')}
          action={
            <Group justify="center">
              <ButtonLink to="/clients" search={{ add: true }} size="md">
                {t('home:welcome.addClient')}
              </ButtonLink>
              {isLive && (
                <ButtonLink to="/go-live" size="md" variant="default">
                  {t('home:welcome.checklist')}
                </ButtonLink>
              )}
            </Group>
          }
        >
          {t('home:welcome.message')}
        </Empty>
      </Panel>
    </Page>
  );
}
