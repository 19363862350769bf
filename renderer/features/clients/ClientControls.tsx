import { Button, Group, Stack, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconHandStop, IconPlayerPlay, IconTrash } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { Client } from '../../../shared/contract/clients.ts';
import { orpc } from '../../api/client.ts';
import { notifyDone } from '../../components/notify.tsx';
import { Panel } from '../../components/Panel.tsx';
import { openResume, openStopReport } from '../control/stop-store.ts';
import { useSetStop, useStop } from '../control/use-stops.ts';

/** Stopping one client, and removing it. */
export function ClientControls({ client }: { client: Client }) {
  const navigate = useNavigate();
  const stop = useStop('client', client.id);
  const set = useSetStop();
  const remove = useMutation(
    orpc.clients.delete.mutationOptions({
      onSuccess: () => {
        notifyDone(`${client.name} was deleted.`);
        void navigate({ to: '/clients' });
      },
    }),
  );
  const confirmDelete = () =>
    modals.openConfirmModal({
      title: `Delete ${client.name}?`,
      children: (
        <Text size="sm">
          Its connections are erased and whatever is not published yet is dropped. What is already live stays on the
          networks. This cannot be undone.
        </Text>
      ),
      labels: { confirm: 'Delete for good', cancel: 'Cancel' },
      confirmProps: { color: 'red' },
      onConfirm: () => remove.mutate({ id: client.id }),
    });
  return (
    <Panel title="Stop or remove">
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {stop
            ? `Stopped${stop.reason ? `: ${stop.reason}` : ''}. No post of this client goes out.`
            : 'Stopping holds back every post of this client until you resume. Other clients go on.'}
        </Text>
        <Group>
          <Button
            variant="light"
            color={stop ? 'teal' : 'red'}
            leftSection={stop ? <IconPlayerPlay size={17} /> : <IconHandStop size={17} />}
            loading={set.isPending}
            onClick={() => {
              const scope = { scope: 'client', id: client.id } as const;
              if (stop) openResume(scope);
              else set.mutate({ ...scope, engaged: true }, { onSuccess: () => openStopReport(scope) });
            }}
          >
            {stop ? 'Resume this client' : 'Stop this client'}
          </Button>
          <Button
            variant="subtle"
            color="red"
            leftSection={<IconTrash size={17} />}
            loading={remove.isPending}
            onClick={confirmDelete}
          >
            Delete client
          </Button>
        </Group>
      </Stack>
    </Panel>
  );
}
