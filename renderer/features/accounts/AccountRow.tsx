import { Anchor, Badge, Box, Button, Code, Collapse, Group, Switch, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { modals } from '@mantine/modals';
import { useMutation } from '@tanstack/react-query';
import type { Account } from '../../../shared/contract/accounts.ts';
import { platformNames } from '../../../shared/domain/platform.ts';
import { orpc } from '../../api/client.ts';
import { formatDay, formatRelative } from '../../components/format.ts';
import { notifyDone } from '../../components/notify.tsx';
import { PlatformIcon } from '../../components/PlatformIcon.tsx';
import { openResume, openStopReport } from '../control/stop-store.ts';
import { useSetStop, useStop } from '../control/use-stops.ts';
import { accountStatusLooks } from './account-status.ts';
import { connectPath } from './connect-path.ts';
import { DisconnectWarning } from './DisconnectWarning.tsx';

/** One connected account: its health, and what can be done about it. */
export function AccountRow({ account }: { account: Account }) {
  const [detailed, details] = useDisclosure(false);
  const stop = useStop('account', account.id);
  const setStop = useSetStop();
  const ids = { id: account.clientId, accountId: account.id };
  const disconnect = useMutation(
    orpc.accounts.disconnect.mutationOptions({
      onSuccess: () => notifyDone(`${account.displayName} is disconnected.`),
    }),
  );
  const { label, color } = accountStatusLooks[account.status];
  const confirmDisconnect = () =>
    modals.openConfirmModal({
      title: `Disconnect ${account.displayName}?`,
      children: <DisconnectWarning account={account} />,
      labels: { confirm: 'Disconnect', cancel: 'Cancel' },
      confirmProps: { color: 'red' },
      onConfirm: () => disconnect.mutate(ids),
    });

  return (
    <Box px="lg" py="md" style={{ borderTop: '1px solid var(--line)' }} data-testid={`account-${account.platform}`}>
      <Group wrap="nowrap" gap="md">
        <PlatformIcon platform={account.platform} size={28} />
        <Box flex={1} style={{ minWidth: 0 }}>
          <Group gap="xs">
            <Text fw={600} size="sm" truncate>
              {account.displayName}
            </Text>
            <Badge color={color}>{label}</Badge>
            {stop && <Badge color="red">Stopped</Badge>}
          </Group>
          <Text size="sm" c={account.status === 'reconnect' ? 'red' : 'dimmed'}>
            {account.statusReason ?? summary(account)}
          </Text>
        </Box>
        <Button variant="subtle" color="gray" size="xs" onClick={details.toggle} aria-expanded={detailed}>
          {detailed ? 'Less' : 'More'}
        </Button>
        {account.status !== 'connected' && (
          <Button component="a" href={connectPath(account.platform, account.clientId, account.via)} size="xs">
            Reconnect
          </Button>
        )}
      </Group>
      <Collapse expanded={detailed}>
        <Box pl={44} pt="md">
          {account.platform === 'tiktok' && <AuditedSwitch account={account} />}
          <Text size="sm" c="dimmed">
            Connected {formatDay(account.connectedAt)} · Id <Code>{account.remoteId}</Code>
          </Text>
          <Text size="sm" c="dimmed" mt={4}>
            May do: {account.scopes.join(', ')}
          </Text>
          <Group mt="md" gap="xs">
            <Button
              size="xs"
              variant="light"
              color={stop ? 'teal' : 'red'}
              loading={setStop.isPending}
              onClick={() => {
                const scope = { scope: 'account', id: account.id } as const;
                if (stop) openResume(scope);
                else setStop.mutate({ ...scope, engaged: true }, { onSuccess: () => openStopReport(scope) });
              }}
            >
              {stop ? 'Resume this account' : 'Stop this account'}
            </Button>
            <Button
              size="xs"
              variant="default"
              component="a"
              href={connectPath(account.platform, account.clientId, account.via)}
            >
              Connect again
            </Button>
            <Button size="xs" variant="subtle" color="red" onClick={confirmDisconnect} loading={disconnect.isPending}>
              Disconnect
            </Button>
          </Group>
        </Box>
      </Collapse>
    </Box>
  );
}

function AuditedSwitch({ account }: { account: Account }) {
  const update = useMutation(orpc.accounts.update.mutationOptions());
  return (
    <Switch
      mb="md"
      label="TikTok audited this app for direct posting"
      description={
        <>
          Off, videos go to the creator’s inbox and are finished in the TikTok app. On, a person chooses privacy for
          each post and it is published directly. Without TikTok’s{' '}
          <Anchor
            href="https://developers.tiktok.com/doc/content-sharing-guidelines"
            target="_blank"
            rel="noreferrer"
            inherit
          >
            audit
          </Anchor>{' '}
          direct posts are refused or private.
        </>
      }
      checked={account.audited}
      disabled={update.isPending}
      onChange={(event) =>
        update.mutate({ id: account.clientId, accountId: account.id, audited: event.currentTarget.checked })
      }
    />
  );
}

function summary(account: Account): string {
  const network = platformNames[account.platform];
  if (account.expiresAt === null) return network;
  return account.status === 'expiring'
    ? `${network}. Runs out ${formatRelative(account.expiresAt)}; connect it again before.`
    : `${network}. Renewed by itself.`;
}
