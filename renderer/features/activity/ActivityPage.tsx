import { Grid, Stack } from '@mantine/core';
import { Page } from '../../components/Page.tsx';
import { JobsPanel } from './JobsPanel.tsx';
import { LogPanel } from './LogPanel.tsx';

/** What happened, and what the app does by itself. */
export function ActivityPage() {
  return (
    <Page title="Activity" description="What happened, who did it, and what the app does by itself.">
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, lg: 8 }}>
          <LogPanel />
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <Stack gap="lg">
            <JobsPanel />
          </Stack>
        </Grid.Col>
      </Grid>
    </Page>
  );
}
