import { Button, Code, CopyButton, Group, List, Skeleton, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy, IconDownload } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { client, orpc } from '../../../api/client.ts';
import { Panel } from '../../../components/Panel.tsx';
import { saveAs } from '../../../components/save-as.ts';
import { Words } from '../../../components/Words.tsx';
import { t } from '../../../i18n/i18n.ts';

/** Where the data lies, what is not in a backup, how a file stops everything, and what helps to find a fault. */
export function FolderPanel() {
  const backups = useQuery(orpc.backups.list.queryOptions());
  const folder = backups.data?.folder;
  const keyPlace = useQuery(orpc.host.get.queryOptions()).data?.keyPlace;
  return (
    <Panel title={t('settings:folder.title')}>
      <Stack gap="lg">
        <Fact title={t('settings:folder.where')}>
          {folder === undefined ? <Skeleton height={30} /> : <Path path={folder} />}
          <Text size="sm" c="dimmed" mt={6}>
            {t('settings:folder.whereHint')}
          </Text>
        </Fact>
        <Fact title={t('settings:folder.key')}>
          <Text size="sm" c="dimmed">
            {t('settings:folder.keyHint')}
          </Text>
          {keyPlace !== undefined && (
            <Text size="sm" c="dimmed" mt={6} data-testid="key-place">
              <Words of={`settings:folder.keyIn.${keyPlace}`} parts={{ code: <Code /> }} />
            </Text>
          )}
        </Fact>
        <Fact title={t('settings:folder.stop')}>
          <Text size="sm" c="dimmed">
            {t('settings:folder.stopHint')}
          </Text>
          <List size="sm" type="ordered" mt={6} spacing={2} c="dimmed">
            <List.Item>
              <Words of="settings:folder.stop1" parts={{ code: <Code /> }} />
            </List.Item>
            <List.Item>{t('settings:folder.stop2')}</List.Item>
            <List.Item>{t('settings:folder.stop3')}</List.Item>
          </List>
        </Fact>
        <Fact title={t('settings:folder.diagnostics')}>
          <Text size="sm" c="dimmed" mb="xs">
            {t('settings:folder.diagnosticsHint')}
          </Text>
          <Diagnostics />
        </Fact>
      </Stack>
    </Panel>
  );
}

function Fact({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <Text size="sm" fw={600} mb={4}>
        {title}
      </Text>
      {children}
    </section>
  );
}

function Path({ path }: { path: string }) {
  return (
    <Group gap="xs" wrap="nowrap">
      <Code fz="sm" style={{ overflowWrap: 'anywhere' }} data-testid="backup-folder">
        {path}
      </Code>
      <CopyButton value={path}>
        {({ copied, copy }) => (
          <Button
            size="compact-xs"
            variant="subtle"
            style={{ flexShrink: 0 }}
            leftSection={copied ? <IconCheck size={13} /> : <IconCopy size={13} />}
            onClick={copy}
          >
            {t(copied ? 'common:action.copied' : 'common:action.copy')}
          </Button>
        )}
      </CopyButton>
    </Group>
  );
}

function Diagnostics() {
  const download = useMutation({
    mutationFn: () => client.diagnostics(),
    onSuccess(bundle) {
      const name = `autosocial-diagnostics-${bundle.takenAt.slice(0, 10)}.json`;
      saveAs(name, JSON.stringify(bundle, null, 2), 'application/json');
    },
  });
  return (
    <Button
      variant="default"
      leftSection={<IconDownload size={17} />}
      loading={download.isPending}
      onClick={() => download.mutate()}
    >
      {t('settings:folder.download')}
    </Button>
  );
}
