import { Stack, Tabs } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { LoadingRows } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { AgencyForm } from './AgencyForm.tsx';
import { ConnectionsPanel } from './ConnectionsPanel.tsx';

const DataTab = lazy(async () => ({ default: (await import('./data/DataTab.tsx')).DataTab }));

const route = getRouteApi('/frame/settings');

export function SettingsPage() {
  const { tab = 'general' } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page title="Settings" width={860}>
      <Tabs value={tab} onChange={(next) => void navigate({ search: next === 'data' ? { tab: 'data' } : {} })}>
        <Tabs.List>
          <Tabs.Tab value="general">General</Tabs.Tab>
          <Tabs.Tab value="data">Backups & data</Tabs.Tab>
        </Tabs.List>
      </Tabs>
      {tab === 'general' ? (
        <Stack gap="lg">
          <ConnectionsPanel />
          <AgencyForm />
        </Stack>
      ) : (
        <Suspense fallback={<LoadingRows rows={5} height={64} />}>
          <DataTab />
        </Suspense>
      )}
    </Page>
  );
}
