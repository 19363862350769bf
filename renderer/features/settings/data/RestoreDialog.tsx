import { Alert, Button, Checkbox, Group, List, Loader, Modal, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { ORPCError } from '@orpc/client';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Backup } from '../../../../shared/contract/backups.ts';
import { client } from '../../../api/client.ts';
import { untilRestarted } from '../../../api/restart.ts';
import { Failure } from '../../../components/Failure.tsx';
import { formatDayTime, formatRelative } from '../../../components/format.ts';
import { ButtonLink } from '../../../components/links.tsx';
import { Words } from '../../../components/Words.tsx';
import { t } from '../../../i18n/i18n.ts';

/** Says what a restore does, asks, does it, and waits until the app is back. */
export function RestoreDialog({ backup, onClose }: { backup: Backup | null; onClose: () => void }) {
  const [understood, setUnderstood] = useState(false);
  const restore = useMutation({ mutationFn: restoreAndWait, meta: { quiet: true } });
  const close = () => {
    if (restore.isPending) return;
    onClose();
    setUnderstood(false);
    restore.reset();
  };
  return (
    <Modal
      opened={backup !== null}
      onClose={close}
      title={t(restore.isSuccess ? 'settings:restore.done' : 'settings:restore.title')}
      size="lg"
      withCloseButton={!restore.isPending}
      closeOnEscape={!restore.isPending}
      closeOnClickOutside={!restore.isPending}
    >
      {restore.isSuccess ? (
        <Restored onClose={close} />
      ) : (
        <Stack>
          {backup !== null && <WhatHappens backup={backup} />}
          {restore.isError && <Failure error={restore.error} />}
          {restore.isPending ? (
            <Progress />
          ) : (
            <>
              <Checkbox
                label={t('settings:restore.understood')}
                checked={understood}
                onChange={(event) => setUnderstood(event.currentTarget.checked)}
              />
              <Group justify="flex-end">
                <Button variant="default" onClick={close}>
                  {t('common:action.cancel')}
                </Button>
                <Button
                  color="orange.8"
                  disabled={!understood}
                  onClick={() => backup !== null && restore.mutate(backup.id)}
                >
                  {t('settings:restore.go')}
                </Button>
              </Group>
            </>
          )}
        </Stack>
      )}
    </Modal>
  );
}

/** @throws Error with words for a person when the data stayed as it was */
async function restoreAndWait(id: string): Promise<void> {
  const before = await lastFailure();
  const refused = new AbortController();
  const restarted = untilRestarted(refused.signal);
  await client.backups.restore({ id }).catch((error: unknown) => {
    // An answer lost on the way may be the restart itself.
    if (!(error instanceof ORPCError)) return;
    refused.abort();
    throw error;
  });
  await restarted;
  const failure = await lastFailure();
  if (failure !== undefined && failure.at > (before?.at ?? '')) throw new Error(failure.message);
}

/** The last restore that failed, as the data in use tells. Its time is the server's: this clock may be another. */
async function lastFailure() {
  const { items } = await client.logs({ kind: 'backup.restore_failed', limit: 1 });
  return items[0];
}

const facts = [
  'settings:restore.fact1',
  'settings:restore.fact2',
  'settings:restore.fact3',
  'settings:restore.fact4',
] as const;

function WhatHappens({ backup }: { backup: Backup }) {
  const [when, ago] = [formatDayTime(backup.takenAt), formatRelative(backup.takenAt)];
  const posts = t('common:count.posts', { count: backup.posts });
  const clients = t('common:count.clients', { count: backup.clients });
  return (
    <>
      <Text size="sm">
        <Words of="settings:restore.what" parts={{ b: <b /> }} values={{ when, ago, posts, clients }} />
      </Text>
      <List size="sm" spacing={6}>
        {facts.map((fact) => (
          <List.Item key={fact}>{t(fact)}</List.Item>
        ))}
      </List>
    </>
  );
}

function Progress() {
  return (
    <Alert color="blue" icon={<Loader size={18} />} title={t('settings:restore.progress')} role="status">
      {t('settings:restore.progressHint')}
    </Alert>
  );
}

function Restored({ onClose }: { onClose: () => void }) {
  return (
    <Stack>
      <Text size="sm">{t('settings:restore.back')}</Text>
      <Alert color="orange" icon={<IconAlertTriangle />} title={t('settings:restore.look')}>
        {t('settings:restore.lookHint')}
      </Alert>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('common:action.close')}
        </Button>
        <ButtonLink to="/pipeline" search={{ show: 'attention' }}>
          {t('settings:restore.seeWhatWaits')}
        </ButtonLink>
      </Group>
    </Stack>
  );
}
