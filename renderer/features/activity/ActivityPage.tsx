import { Tabs } from '@mantine/core';
import { IconChartBar, IconList, IconPlayerPlay } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { LoadingRows } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { t } from '../../i18n/i18n.ts';
import { type ActivityTab, activityTabs } from './activity-search.ts';
import { JobsPanel } from './JobsPanel.tsx';
import { LogPanel } from './LogPanel.tsx';

const UsageTab = lazy(async () => ({ default: (await import('./usage/UsageTab.tsx')).UsageTab }));

const route = getRouteApi('/frame/activity');
const icons = { log: IconList, jobs: IconPlayerPlay, usage: IconChartBar } as const;

/** What happened, what the app does by itself, and what it cost. */
export function ActivityPage() {
  const { tab = 'log', month, ...filter } = route.useSearch();
  const navigate = route.useNavigate();
  const show = (next: ActivityTab) => void navigate({ search: next === 'log' ? {} : { tab: next } });
  return (
    <Page title={t('activity:title')} description={t('activity:description')}>
      <Tabs value={tab} onChange={(next) => show((next as ActivityTab | null) ?? 'log')} keepMounted={false}>
        <Tabs.List mb="lg">
          {activityTabs.map((name) => {
            const Icon = icons[name];
            return (
              <Tabs.Tab key={name} value={name} leftSection={<Icon size={16} stroke={1.7} />}>
                {t(`activity:tab.${name}`)}
              </Tabs.Tab>
            );
          })}
        </Tabs.List>
        <Tabs.Panel value="log">
          <LogPanel filter={filter} onFilter={(next) => void navigate({ search: next, replace: true })} />
        </Tabs.Panel>
        <Tabs.Panel value="jobs">
          <JobsPanel />
        </Tabs.Panel>
        <Tabs.Panel value="usage">
          <Suspense fallback={<LoadingRows rows={6} height={90} />}>
            <UsageTab
              month={month}
              onMonth={(next) => void navigate({ search: { tab: 'usage', ...(next && { month: next }) } })}
            />
          </Suspense>
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
