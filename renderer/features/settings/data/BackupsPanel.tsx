import { Badge, Button, Group, Skeleton, Table, Text, ThemeIcon, VisuallyHidden } from '@mantine/core';
import { IconDatabase, IconShieldCheck, IconShieldX } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Backup } from '../../../../shared/contract/backups.ts';
import { orpc } from '../../../api/client.ts';
import { Empty } from '../../../components/Empty.tsx';
import { Failure } from '../../../components/Failure.tsx';
import { formatBytes, formatDayTime, formatRelative, withLocalTimes } from '../../../components/format.ts';
import { notifyDone } from '../../../components/notify.tsx';
import { Panel } from '../../../components/Panel.tsx';
import { useNow } from '../../../components/use-now.ts';
import { t } from '../../../i18n/i18n.ts';
import { RestoreDialog } from './RestoreDialog.tsx';

const shownAtFirst = 8;

/** The backups, newest first: taking one, bringing one back, and whether they were tried out. */
export function BackupsPanel() {
  const queryClient = useQueryClient();
  const [all, setAll] = useState(false);
  const [chosen, setChosen] = useState<Backup | null>(null);
  const backups = useQuery({ ...orpc.backups.list.queryOptions(), refetchInterval: 60_000 });
  const create = useMutation(
    orpc.backups.create.mutationOptions({
      onSuccess: async (backup) => {
        const posts = t('common:count.posts', { count: backup.posts });
        notifyDone(t('settings:backups.done', { posts, size: formatBytes(backup.bytes) }));
        await queryClient.invalidateQueries({ queryKey: orpc.backups.list.key() });
      },
    }),
  );
  const items = backups.data?.items ?? [];
  const shown = all ? items : items.slice(0, shownAtFirst);
  return (
    <Panel
      title={t('settings:backups.title')}
      description={t('settings:backups.description')}
      flush
      actions={
        <Button style={{ flexShrink: 0 }} loading={create.isPending} onClick={() => create.mutate(undefined)}>
          {t('settings:backups.now')}
        </Button>
      }
    >
      {backups.isPending && <Skeleton height={160} m="lg" w="auto" />}
      {backups.isError && <Failure error={backups.error} retry={() => void backups.refetch()} />}
      {backups.isSuccess && items.length === 0 && (
        <Empty icon={IconDatabase} title={t('settings:backups.empty.title')} compact>
          {t('settings:backups.empty.text')}
        </Empty>
      )}
      {shown.length > 0 && (
        <Table verticalSpacing={9} horizontalSpacing="lg" highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('settings:backups.columns.when')}</Table.Th>
              <Table.Th>{t('settings:backups.columns.why')}</Table.Th>
              <Table.Th>{t('settings:backups.columns.what')}</Table.Th>
              <Table.Th>
                <VisuallyHidden>{t('settings:backups.columns.restore')}</VisuallyHidden>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((backup) => (
              <BackupRow key={backup.id} backup={backup} onRestore={() => setChosen(backup)} />
            ))}
          </Table.Tbody>
        </Table>
      )}
      {items.length > shownAtFirst && !all && (
        <Group justify="center" py="sm" style={{ borderTop: '1px solid var(--line)' }}>
          <Button variant="subtle" size="xs" onClick={() => setAll(true)}>
            {t('settings:backups.showAll', { count: items.length })}
          </Button>
        </Group>
      )}
      {backups.isSuccess && <Drill drill={backups.data.lastDrill} />}
      <RestoreDialog backup={chosen} onClose={() => setChosen(null)} />
    </Panel>
  );
}

function BackupRow({ backup, onRestore }: { backup: Backup; onRestore: () => void }) {
  const now = useNow();
  return (
    <Table.Tr data-testid="backup" data-backup-id={backup.id}>
      <Table.Td>
        <Text size="sm" fw={550}>
          {formatDayTime(backup.takenAt)}
        </Text>
        <Text size="xs" c="dimmed">
          {formatRelative(backup.takenAt, now)}
        </Text>
      </Table.Td>
      <Table.Td>
        <Text size="sm">{t(`settings:backups.occasion.${backup.occasion}`)}</Text>
      </Table.Td>
      <Table.Td>
        <Text size="sm">
          {t('settings:backups.holds', {
            posts: t('common:count.posts', { count: backup.posts }),
            clients: t('common:count.clients', { count: backup.clients }),
          })}
        </Text>
        <Group gap={6}>
          <Text size="xs" c="dimmed">
            {formatBytes(backup.bytes)}
          </Text>
          <Badge size="xs" color="teal" leftSection={<IconShieldCheck size={11} />}>
            {t('settings:backups.checked')}
          </Badge>
        </Group>
      </Table.Td>
      <Table.Td ta="end">
        <Button size="xs" variant="default" onClick={onRestore}>
          {t('settings:backups.restore')}
        </Button>
      </Table.Td>
    </Table.Tr>
  );
}

/** The last time a backup was tried out, and trying the newest out now. */
function Drill({ drill }: { drill: { at: string; isGood: boolean; message: string } | null }) {
  const now = useNow();
  const queryClient = useQueryClient();
  const run = useMutation(
    orpc.jobs.run.mutationOptions({
      onSettled: () => queryClient.invalidateQueries({ queryKey: orpc.backups.list.key() }),
    }),
  );
  const isBad = drill?.isGood === false;
  return (
    <Group px="lg" py="md" wrap="nowrap" style={{ borderTop: '1px solid var(--line)' }} data-testid="drill">
      <ThemeIcon variant="light" color={drill === null ? 'gray' : isBad ? 'red' : 'teal'} size={36} radius="xl">
        {isBad ? <IconShieldX size={19} stroke={1.7} /> : <IconShieldCheck size={19} stroke={1.7} />}
      </ThemeIcon>
      <div style={{ flex: 1 }}>
        <Text size="sm" fw={600}>
          {drill === null
            ? t('settings:drill.none')
            : t(isBad ? 'settings:drill.bad' : 'settings:drill.good', { when: formatRelative(drill.at, now) })}
        </Text>
        <Text size="sm" c="dimmed">
          {drill === null ? t('settings:drill.noneHint') : withLocalTimes(drill.message)}
        </Text>
      </div>
      <Button
        size="xs"
        variant="default"
        style={{ flexShrink: 0 }}
        loading={run.isPending}
        onClick={() => run.mutate({ name: 'restore-drill' })}
      >
        {t('settings:drill.now')}
      </Button>
    </Group>
  );
}
