import { Button, Code, CopyButton, Group, List, Skeleton, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy, IconDownload } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { KeyPlace } from '../../../../shared/contract/events.ts';
import { client, orpc } from '../../../api/client.ts';
import { Panel } from '../../../components/Panel.tsx';

/** Where the data lies, what is not in a backup, how a file stops everything, and what helps to find a fault. */
export function FolderPanel() {
  const backups = useQuery(orpc.backups.list.queryOptions());
  const folder = backups.data?.folder;
  const keyPlace = useQuery(orpc.host.get.queryOptions()).data?.keyPlace;
  return (
    <Panel title="Your data on this computer">
      <Stack gap="lg">
        <Fact title="Where the backups are">
          {folder === undefined ? <Skeleton height={30} /> : <Path path={folder} />}
          <Text size="sm" c="dimmed" mt={6}>
            Copy this folder to another place now and then: a backup on the same disk does not survive the disk. The
            folder around it holds everything else.
          </Text>
        </Fact>
        <Fact title="The key is not in them">
          <Text size="sm" c="dimmed">
            Backups hold your accounts’ logins only in encrypted form, and not the key that opens them. A stolen backup
            gives nobody access. Without the key every account must be connected anew after a restore.
          </Text>
          {keyPlace !== undefined && (
            <Text size="sm" c="dimmed" mt={6} data-testid="key-place">
              {keyWords[keyPlace]}
            </Text>
          )}
        </Fact>
        <Fact title="Stopping with a file">
          <Text size="sm" c="dimmed">
            When this page cannot be reached, a file stops everything as well:
          </Text>
          <List size="sm" type="ordered" mt={6} spacing={2} c="dimmed">
            <List.Item>
              Put an empty file named <Code>STOP</Code> into the app’s data folder, the one that also holds the backups.
            </List.Item>
            <List.Item>Nothing more is sent from that moment on, also after a restart.</List.Item>
            <List.Item>Delete the file to go on. Posts whose time came meanwhile wait for your decision.</List.Item>
          </List>
        </Fact>
        <Fact title="Diagnostics">
          <Text size="sm" c="dimmed" mb="xs">
            Versions, numbers and recent messages that help to find a fault. No keys, no logins, and nothing that your
            posts say.
          </Text>
          <Diagnostics />
        </Fact>
      </Stack>
    </Panel>
  );
}

const keyWords: Record<KeyPlace, ReactNode> = {
  environment: (
    <>
      The key was given to the app as <Code>AUTOSOCIAL_MASTER_KEY</Code>. Keep a copy of it in a safe place.
    </>
  ),
  keychain: (
    <>
      The key is in the system’s keychain, for you on this computer only. For another computer, save a copy of it (menu
      File, “Save a copy of the key…”) and keep that in a safe place.
    </>
  ),
  file: (
    <>
      The key is in the file <Code>keys/master.key</Code> beside the data: whoever can read it can open the logins. Keep
      a copy of it in a safe place, apart from the backups.
    </>
  ),
};

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
            {copied ? 'Copied' : 'Copy'}
          </Button>
        )}
      </CopyButton>
    </Group>
  );
}

function Diagnostics() {
  const download = useMutation({
    mutationFn: () => client.diagnostics(),
    onSuccess: (bundle) => saveAs(`autosocial-diagnostics-${bundle.takenAt.slice(0, 10)}.json`, bundle),
  });
  return (
    <Button
      variant="default"
      leftSection={<IconDownload size={17} />}
      loading={download.isPending}
      onClick={() => download.mutate()}
    >
      Download diagnostics
    </Button>
  );
}

function saveAs(name: string, content: unknown): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(content, null, 2)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
