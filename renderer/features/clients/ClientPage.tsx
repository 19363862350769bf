import { Group, Skeleton, Tabs, Title } from '@mantine/core';
import {
  IconBuildingStore,
  IconChartLine,
  IconCalendarWeek,
  IconClockCog,
  IconLayoutList,
  IconPalette,
  IconPhoto,
  IconPlug,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type ComponentType, lazy, Suspense } from 'react';
import type { Client } from '../../../shared/contract/clients.ts';
import { orpc } from '../../api/client.ts';
import { isNotFound } from '../../api/errors.ts';
import { NotFoundPage } from '../../app/NotFoundPage.tsx';
import { Failure } from '../../components/Failure.tsx';
import { Page } from '../../components/Page.tsx';
import { zoneCity, zoneOffsetLabel } from '../../components/zoned-time.ts';
import { WriteWeekButton } from '../posts/WriteWeekButton.tsx';
import { Face } from '../../components/Face.tsx';
import { ClientStatusBadge } from './ClientStatusBadge.tsx';
import { type ClientTab, clientTabs } from './client-tabs.ts';

const route = getRouteApi('/frame/clients/$id');

const tabs: Record<ClientTab, { label: string; icon: typeof IconPlug; content: ComponentType<{ client: Client }> }> = {
  overview: {
    label: 'Overview',
    icon: IconBuildingStore,
    content: lazy(async () => ({ default: (await import('./OverviewTab.tsx')).OverviewTab })),
  },
  calendar: {
    label: 'Calendar',
    icon: IconCalendarWeek,
    content: lazy(async () => ({ default: (await import('../calendar/CalendarTab.tsx')).CalendarTab })),
  },
  brand: {
    label: 'Brand',
    icon: IconPalette,
    content: lazy(async () => ({ default: (await import('../brand/BrandTab.tsx')).BrandTab })),
  },
  rules: {
    label: 'Rules',
    icon: IconClockCog,
    content: lazy(async () => ({ default: (await import('../rules/RulesTab.tsx')).RulesTab })),
  },
  accounts: {
    label: 'Accounts',
    icon: IconPlug,
    content: lazy(async () => ({ default: (await import('../accounts/AccountsTab.tsx')).AccountsTab })),
  },
  media: {
    label: 'Media',
    icon: IconPhoto,
    content: lazy(async () => ({ default: (await import('../media/MediaTab.tsx')).MediaTab })),
  },
  posts: {
    label: 'Posts',
    icon: IconLayoutList,
    content: lazy(async () => ({ default: (await import('./ClientPostsTab.tsx')).ClientPostsTab })),
  },
  insights: {
    label: 'Insights',
    icon: IconChartLine,
    content: lazy(async () => ({ default: (await import('../insights/InsightsTab.tsx')).InsightsTab })),
  },
};

export function ClientPage() {
  const { id } = route.useParams();
  const { tab = 'overview' } = route.useSearch();
  const navigate = route.useNavigate();
  const client = useQuery(orpc.clients.get.queryOptions({ input: { id } }));
  if (client.isError) {
    if (isNotFound(client.error)) return <NotFoundPage />;
    return (
      <Page title="Client">
        <Failure error={client.error} retry={() => void client.refetch()} />
      </Page>
    );
  }
  const Content = tabs[tab].content;
  return (
    <Page
      title={client.data?.name ?? 'Client'}
      heading={<Heading client={client.data} />}
      actions={<WriteWeekButton clientId={id} variant="light" />}
    >
      <Tabs value={tab} onChange={(next) => void navigate({ search: { tab: next as ClientTab } })} keepMounted={false}>
        <Tabs.List mb="lg">
          {clientTabs.map((name) => {
            const { label, icon: Icon } = tabs[name];
            return (
              <Tabs.Tab key={name} value={name} leftSection={<Icon size={17} stroke={1.7} />}>
                {label}
              </Tabs.Tab>
            );
          })}
        </Tabs.List>
        <Tabs.Panel value={tab}>
          <Suspense fallback={<Skeleton height={360} radius="lg" />}>
            {client.data ? (
              <Content key={`${id} ${tab}`} client={client.data} />
            ) : (
              <Skeleton height={360} radius="lg" />
            )}
          </Suspense>
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

function Heading({ client }: { client: Client | undefined }) {
  if (client === undefined) return <Skeleton height={46} width={260} />;
  return (
    <Group gap="md" wrap="nowrap">
      <Face name={client.name} size={46} />
      <div>
        <Group gap="sm">
          <Title order={1}>{client.name}</Title>
          <ClientStatusBadge status={client.status} />
        </Group>
        <span style={{ color: 'var(--mantine-color-dimmed)', fontSize: 14 }}>
          {zoneCity(client.timezone)}, {zoneOffsetLabel(client.timezone)}
        </span>
      </div>
    </Group>
  );
}
