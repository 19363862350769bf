import { Stack } from '@mantine/core';
import { BackupsPanel } from './BackupsPanel.tsx';
import { FolderPanel } from './FolderPanel.tsx';

/** What keeps the data safe, and what helps when something is wrong with it. */
export function DataTab() {
  return (
    <Stack gap="lg">
      <BackupsPanel />
      <FolderPanel />
    </Stack>
  );
}
