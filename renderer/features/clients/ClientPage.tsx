import { Skeleton, Tabs } from '@mantine/core';
import {
  IconBuildingStore,
  IconCalendarWeek,
  IconChartLine,
  IconClockCog,
  IconHistory,
  IconLayoutList,
  IconPalette,
  IconPhoto,
  IconPlug,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, lazyRouteComponent } from '@tanstack/react-router';
import { type ComponentType, Suspense } from 'react';
import type { Client } from '../../../shared/contract/clients.ts';
import { orpc } from '../../api/client.ts';
import { isNotFound } from '../../api/errors.ts';
import { NotFoundPage } from '../../app/NotFoundPage.tsx';
import { preloadPages } from '../../app/preload-pages.ts';
import { Failure } from '../../components/Failure.tsx';
import { Page } from '../../components/Page.tsx';
import { t } from '../../i18n/i18n.ts';
import { ClientActions } from './ClientActions.tsx';
import { ClientHeading } from './ClientHeading.tsx';
import { type ClientTab, clientTabs } from './client-tabs.ts';
import classes from './clients.module.css';

const route = getRouteApi('/frame/clients/$id');

type Content = ComponentType<{ client: Client }>;

/** A tab's content: a file of its own. */
function content(load: () => Promise<Content>): Content {
  return lazyRouteComponent(async () => ({ default: await load() }));
}

const tabs = {
  overview: {
    label: 'clients:tab.overview',
    icon: IconBuildingStore,
    content: content(async () => (await import('./OverviewTab.tsx')).OverviewTab),
  },
  pipeline: {
    label: 'clients:tab.pipeline',
    icon: IconLayoutList,
    content: content(async () => (await import('./ClientPostsTab.tsx')).ClientPostsTab),
  },
  calendar: {
    label: 'clients:tab.calendar',
    icon: IconCalendarWeek,
    content: content(async () => (await import('../calendar/CalendarTab.tsx')).CalendarTab),
  },
  brand: {
    label: 'clients:tab.brand',
    icon: IconPalette,
    content: content(async () => (await import('../brand/BrandTab.tsx')).BrandTab),
  },
  rules: {
    label: 'clients:tab.rules',
    icon: IconClockCog,
    content: content(async () => (await import('../rules/RulesTab.tsx')).RulesTab),
  },
  accounts: {
    label: 'clients:tab.accounts',
    icon: IconPlug,
    content: content(async () => (await import('../accounts/AccountsTab.tsx')).AccountsTab),
  },
  media: {
    label: 'clients:tab.media',
    icon: IconPhoto,
    content: content(async () => (await import('../media/MediaTab.tsx')).MediaTab),
  },
  insights: {
    label: 'clients:tab.insights',
    icon: IconChartLine,
    content: content(async () => (await import('../insights/InsightsTab.tsx')).InsightsTab),
  },
  activity: {
    label: 'clients:tab.activity',
    icon: IconHistory,
    content: content(async () => {
      const { LogPanel } = await import('../activity/LogPanel.tsx');
      return ({ client }) => <LogPanel clientId={client.id} />;
    }),
  },
} as const satisfies Record<ClientTab, { label: string; icon: typeof IconPlug; content: Content }>;

void preloadPages(Object.values(tabs).map((tab) => tab.content));

/** Everything about one client, in tabs; the tab is in the address. */
export function ClientPage() {
  const { id } = route.useParams();
  const { tab = 'overview' } = route.useSearch();
  const navigate = route.useNavigate();
  const client = useQuery(orpc.clients.get.queryOptions({ input: { id } }));
  if (client.isError) {
    if (isNotFound(client.error)) return <NotFoundPage />;
    return (
      <Page title={t('clients:client')}>
        <Failure error={client.error} retry={() => void client.refetch()} />
      </Page>
    );
  }
  const Content = tabs[tab].content;
  return (
    <Page
      title={client.data?.name ?? t('clients:client')}
      heading={<ClientHeading client={client.data} />}
      actions={client.data && <ClientActions client={client.data} />}
    >
      <Tabs value={tab} onChange={(next) => void navigate({ search: { tab: next as ClientTab } })} keepMounted={false}>
        <Tabs.List mb="lg" className={classes.tabs}>
          {clientTabs.map((name) => {
            const { label, icon: Icon } = tabs[name];
            return (
              <Tabs.Tab key={name} value={name} leftSection={<Icon size={17} stroke={1.7} aria-hidden />}>
                {t(label)}
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
