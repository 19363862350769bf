import { Stack } from '@mantine/core';
import { Page } from '../../components/Page.tsx';
import { AgencyForm } from './AgencyForm.tsx';
import { ConnectionsPanel } from './ConnectionsPanel.tsx';

export function SettingsPage() {
  return (
    <Page title="Settings" width={860}>
      <Stack gap="lg">
        <ConnectionsPanel />
        <AgencyForm />
      </Stack>
    </Page>
  );
}
