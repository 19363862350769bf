import { Anchor, Badge, Box, Button, Code, Collapse, Group, Stack, Switch, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import type { Account } from '../../../shared/contract/accounts.ts';
import { lacking } from '../../../shared/domain/permissions.ts';
import { platformNames } from '../../../shared/domain/platform.ts';
import { orpc } from '../../api/client.ts';
import { ask } from '../../components/ask.ts';
import { formatRelative, formatWhen, withLocalTimes } from '../../components/format.ts';
import { notifyDone } from '../../components/notify.tsx';
import { PlatformIcon } from '../../components/PlatformIcon.tsx';
import { ownZone } from '../../components/zoned-time.ts';
import { t } from '../../i18n/i18n.ts';
import { openResume, openStopReport } from '../control/stop-store.ts';
import { useSetStop, useStop } from '../control/use-stops.ts';
import { accountStatusLooks } from './account-status.ts';
import { connectPath } from './connect-path.ts';
import { DisconnectWarning } from './DisconnectWarning.tsx';
import { Permissions } from './Permissions.tsx';

/** One connected account: its health, and what can be done about it. */
export function AccountRow({ account }: { account: Account }) {
  const [detailed, details] = useDisclosure(false);
  const stop = useStop('account', account.id);
  const { label, color } = accountStatusLooks[account.status];
  const missing = lacking(account, account.scopes).length;
  return (
    <Box px="lg" py="md" style={{ borderTop: '1px solid var(--line)' }} data-testid={`account-${account.platform}`}>
      <Group wrap="nowrap" gap="md">
        <PlatformIcon platform={account.platform} size={28} />
        <Box flex={1} style={{ minWidth: 0 }}>
          <Group gap="xs">
            <Text fw={600} size="sm" truncate>
              {account.displayName}
            </Text>
            <Badge color={color}>{t(label)}</Badge>
            {stop && <Badge color="red">{t('accounts:stopped')}</Badge>}
            {missing > 0 && <Badge color="orange">{t('accounts:permission.missing', { count: missing })}</Badge>}
          </Group>
          <Text size="sm" c={account.status === 'reconnect' ? 'red' : 'dimmed'}>
            {account.statusReason === null ? summary(account) : withLocalTimes(account.statusReason)}
          </Text>
        </Box>
        <Button variant="subtle" color="gray" size="xs" onClick={details.toggle} aria-expanded={detailed}>
          {detailed ? t('accounts:less') : t('accounts:more')}
        </Button>
        {account.status !== 'connected' && (
          <Button component="a" href={connectPath(account.platform, account.clientId, account.via)} size="xs">
            {t('accounts:reconnect')}
          </Button>
        )}
      </Group>
      <Collapse expanded={detailed}>
        <Stack ps={44} pt="md" gap="md">
          {account.platform === 'tiktok' && <AuditedSwitch account={account} />}
          <Permissions account={account} />
          <Group gap="xs">
            <Text size="sm" c="dimmed">
              {t('accounts:connectedOn', { when: formatWhen(account.connectedAt, ownZone) })}
            </Text>
            <Code>{account.remoteId}</Code>
          </Group>
          <RowActions account={account} />
        </Stack>
      </Collapse>
    </Box>
  );
}

function RowActions({ account }: { account: Account }) {
  const stop = useStop('account', account.id);
  const setStop = useSetStop();
  const disconnect = useMutation(
    orpc.accounts.disconnect.mutationOptions({
      onSuccess: () => notifyDone(t('accounts:disconnect.done', { name: account.displayName })),
    }),
  );
  const confirmDisconnect = () =>
    ask({
      title: t('accounts:disconnect.title', { name: account.displayName }),
      children: <DisconnectWarning account={account} />,
      labels: { confirm: t('accounts:disconnect.action'), cancel: t('common:action.cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => disconnect.mutate({ id: account.clientId, accountId: account.id }),
    });
  const scope = { scope: 'account', id: account.id } as const;
  const toggleStop = () => {
    if (stop) openResume(scope);
    else setStop.mutate({ ...scope, engaged: true }, { onSuccess: () => openStopReport(scope) });
  };
  return (
    <Group gap="xs">
      <Button size="xs" variant="light" color={stop ? 'teal' : 'red'} loading={setStop.isPending} onClick={toggleStop}>
        {stop ? t('accounts:resume') : t('accounts:stop')}
      </Button>
      <Button
        size="xs"
        variant="default"
        component="a"
        href={connectPath(account.platform, account.clientId, account.via)}
      >
        {t('accounts:connectAgain')}
      </Button>
      <Button size="xs" variant="subtle" color="red" onClick={confirmDisconnect} loading={disconnect.isPending}>
        {t('accounts:disconnect.action')}
      </Button>
    </Group>
  );
}

function AuditedSwitch({ account }: { account: Account }) {
  const update = useMutation(orpc.accounts.update.mutationOptions());
  return (
    <div>
      <Switch
        label={t('accounts:audited.label')}
        description={t('accounts:audited.description')}
        checked={account.audited}
        disabled={update.isPending}
        onChange={(event) =>
          update.mutate({ id: account.clientId, accountId: account.id, audited: event.currentTarget.checked })
        }
      />
      <Anchor
        href="https://developers.tiktok.com/doc/content-sharing-guidelines"
        target="_blank"
        rel="noreferrer"
        size="xs"
        ms={54}
      >
        {t('accounts:audited.link')}
      </Anchor>
    </div>
  );
}

function summary({ platform, via, expiresAt, status }: Account): string {
  const network = via === 'instagram' ? t('accounts:instagramLogin.network') : platformNames[platform];
  if (expiresAt === null) return network;
  return status === 'expiring'
    ? t('accounts:summary.runsOut', { network, when: formatRelative(expiresAt) })
    : t('accounts:summary.renewed', { network });
}
