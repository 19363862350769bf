import { Badge, Box, Group, Text } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { platformNames } from '../../../shared/domain/platform.ts';
import { orpc } from '../../api/client.ts';
import { Empty } from '../../components/Empty.tsx';
import { Failure } from '../../components/Failure.tsx';
import { LoadingRows } from '../../components/Loading.tsx';
import { ButtonLink, TextLink } from '../../components/links.tsx';
import { Panel } from '../../components/Panel.tsx';
import { PlatformIcon } from '../../components/PlatformIcon.tsx';
import { withLocalTimes } from '../../components/format.ts';
import { t } from '../../i18n/i18n.ts';
import { accountStatusLooks } from './account-status.ts';

/** A client's accounts in short, with the way to all of it. */
export function AccountsPanel({ clientId }: { clientId: string }) {
  const accounts = useQuery(orpc.accounts.list.queryOptions({ input: { id: clientId } }));
  const to = { to: '/clients/$id', params: { id: clientId }, search: { tab: 'accounts' } } as const;
  if (accounts.isError) return <Failure error={accounts.error} retry={() => void accounts.refetch()} />;
  return (
    <Panel
      flush
      title={t('accounts:title')}
      actions={
        <TextLink {...to} size="sm">
          {t('accounts:panel.all')}
        </TextLink>
      }
    >
      {accounts.data === undefined && <LoadingRows rows={2} height={44} />}
      {accounts.data?.items.length === 0 && (
        <Empty
          compact
          icon={IconPlugConnected}
          title={t('accounts:none')}
          action={
            <ButtonLink {...to} size="xs" variant="light">
              {t('accounts:panel.connect')}
            </ButtonLink>
          }
        >
          {t('accounts:panel.empty')}
        </Empty>
      )}
      {accounts.data?.items.map(({ id, platform, displayName, status, statusReason }) => (
        <Group key={id} px="lg" py={10} gap="sm" wrap="nowrap" style={{ borderTop: '1px solid var(--line)' }}>
          <PlatformIcon platform={platform} size={20} />
          <Box flex={1} style={{ minWidth: 0 }}>
            <Text size="sm" fw={500} truncate>
              {displayName}
            </Text>
            <Text size="xs" c="dimmed" truncate>
              {statusReason === null ? platformNames[platform] : withLocalTimes(statusReason)}
            </Text>
          </Box>
          <Badge color={accountStatusLooks[status].color} style={{ flexShrink: 0 }}>
            {t(accountStatusLooks[status].label)}
          </Badge>
        </Group>
      ))}
    </Panel>
  );
}
