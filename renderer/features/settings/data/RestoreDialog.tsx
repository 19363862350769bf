import { Alert, Button, Checkbox, Group, List, Loader, Modal, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { ORPCError } from '@orpc/client';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Backup } from '../../../../shared/contract/backups.ts';
import { client } from '../../../api/client.ts';
import { untilRestarted } from '../../../api/restart.ts';
import { Failure } from '../../../components/Failure.tsx';
import { count, formatDayTime, formatRelative } from '../../../components/format.ts';
import { ButtonLink } from '../../../components/links.tsx';

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
      title={restore.isSuccess ? 'Restored' : 'Restore this backup?'}
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
                label="I understand that what was done since then is no longer shown here"
                checked={understood}
                onChange={(event) => setUnderstood(event.currentTarget.checked)}
              />
              <Group justify="flex-end">
                <Button variant="default" onClick={close}>
                  Cancel
                </Button>
                <Button
                  color="orange.8"
                  disabled={!understood}
                  onClick={() => backup !== null && restore.mutate(backup.id)}
                >
                  Restore and restart
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

function WhatHappens({ backup }: { backup: Backup }) {
  return (
    <>
      <Text size="sm">
        Everything goes back to how it was <b>{formatDayTime(backup.takenAt)}</b> ({formatRelative(backup.takenAt)}):{' '}
        {count(backup.posts, 'post')}, {count(backup.clients, 'client')}.
      </Text>
      <List size="sm" spacing={6}>
        <List.Item>The present data is backed up first and kept beside it. Nothing is deleted.</List.Item>
        <List.Item>The app starts anew, which takes some seconds. This page connects again by itself.</List.Item>
        <List.Item>
          The backup cannot know what went out since. Nothing is sent before each post that was due since then has been
          looked up on its network.
        </List.Item>
        <List.Item>
          What cannot be told for sure is held, and asks you whether it is live. Nothing goes out in a burst.
        </List.Item>
      </List>
    </>
  );
}

function Progress() {
  return (
    <Alert color="blue" icon={<Loader size={18} />} title="Restoring…" role="status">
      The present data is put aside, the backup takes its place, and the app starts anew. Leave this page open: it goes
      on by itself when the app is back.
    </Alert>
  );
}

function Restored({ onClose }: { onClose: () => void }) {
  return (
    <Stack>
      <Text size="sm">The app is back with the data of the backup. The data up to now was kept beside it.</Text>
      <Alert color="orange" icon={<IconAlertTriangle />} title="Look at what waits for you">
        Posts that were due since the backup are looked up now. Those that may be live already are held until you say.
      </Alert>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Close
        </Button>
        <ButtonLink to="/pipeline" search={{ show: 'attention' }}>
          See what waits
        </ButtonLink>
      </Group>
    </Stack>
  );
}
