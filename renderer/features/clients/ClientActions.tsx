import { ActionIcon, Menu, Text } from '@mantine/core';
import {
  IconDots,
  IconHandStop,
  IconPencilPlus,
  IconPlayerPause,
  IconPlayerPlay,
  IconTrash,
} from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { Client } from '../../../shared/contract/clients.ts';
import { orpc } from '../../api/client.ts';
import { ask } from '../../components/ask.ts';
import { ButtonLink } from '../../components/links.tsx';
import { notifyDone } from '../../components/notify.tsx';
import { t } from '../../i18n/i18n.ts';
import { openResume, openStopReport } from '../control/stop-store.ts';
import { useSetStop, useStop } from '../control/use-stops.ts';
import { WriteWeekButton } from '../posts/WriteWeekButton.tsx';
import { useSetStatus } from './use-set-status.ts';

/** What is done with a client most, and behind the dots what is done seldom. */
export function ClientActions({ client }: { client: Client }) {
  return (
    <>
      <ButtonLink
        to="/posts/new"
        search={{ client: client.id }}
        variant="default"
        leftSection={<IconPencilPlus size={17} />}
      >
        {t('clients:action.newPost')}
      </ButtonLink>
      <WriteWeekButton clientId={client.id} variant="light" />
      <MoreActions client={client} />
    </>
  );
}

function MoreActions({ client }: { client: Client }) {
  const stop = useStop('client', client.id);
  const setStop = useSetStop();
  const { setStatus } = useSetStatus(client);
  const { confirmDelete } = useDelete(client);
  const scope = { scope: 'client', id: client.id } as const;
  const isWriting = client.status === 'active';
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <ActionIcon variant="default" size={36} aria-label={t('clients:action.more')}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {stop === undefined ? (
          <Menu.Item
            leftSection={<IconHandStop size={17} />}
            onClick={() => setStop.mutate({ ...scope, engaged: true }, { onSuccess: () => openStopReport(scope) })}
          >
            {t('clients:action.stop')}
            <Text size="xs" c="dimmed">
              {t('clients:action.stopMeans')}
            </Text>
          </Menu.Item>
        ) : (
          <Menu.Item leftSection={<IconPlayerPlay size={17} />} onClick={() => openResume(scope)}>
            {t('clients:action.resume')}
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={isWriting ? <IconPlayerPause size={17} /> : <IconPlayerPlay size={17} />}
          onClick={() => setStatus(isWriting ? 'paused' : 'active')}
        >
          {isWriting ? t('clients:action.pause') : t('clients:action.activate')}
          <Text size="xs" c="dimmed">
            {isWriting ? t('clients:meaning.paused') : t('clients:meaning.active')}
          </Text>
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item color="red" leftSection={<IconTrash size={17} />} onClick={confirmDelete}>
          {t('clients:action.delete')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function useDelete(client: Client) {
  const navigate = useNavigate();
  const remove = useMutation(
    orpc.clients.delete.mutationOptions({
      onSuccess: () => {
        notifyDone(t('clients:delete.done', { name: client.name }));
        void navigate({ to: '/clients' });
      },
    }),
  );
  const confirmDelete = () =>
    ask({
      title: t('clients:delete.title', { name: client.name }),
      children: <Text size="sm">{t('clients:delete.text')}</Text>,
      labels: { confirm: t('clients:delete.confirm'), cancel: t('common:action.cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => remove.mutate({ id: client.id }),
    });
  return { confirmDelete };
}
