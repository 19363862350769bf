import { Button, Group, Stack, Text } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Client } from '../../../shared/contract/clients.ts';
import { type Platform, platformNames, platforms } from '../../../shared/domain/platform.ts';
import { orpc } from '../../api/client.ts';
import { Failure } from '../../components/Failure.tsx';
import { LoadingRows } from '../../components/Loading.tsx';
import { PlatformIcon } from '../../components/PlatformIcon.tsx';
import { Panel } from '../../components/Panel.tsx';
import { t } from '../../i18n/i18n.ts';
import { AccountRow } from './AccountRow.tsx';
import { OnboardingLinkPanel } from './OnboardingLinkPanel.tsx';
import { connectPath } from './connect-path.ts';

const hints = {
  facebook: 'accounts:hint.facebook',
  instagram: 'accounts:hint.instagram',
  tiktok: 'accounts:hint.tiktok',
} as const satisfies Record<Platform, string>;

/** The accounts posts go to. */
export function AccountsTab({ client }: { client: Client }) {
  const accounts = useQuery(orpc.accounts.list.queryOptions({ input: { id: client.id } }));
  if (accounts.isError) return <Failure error={accounts.error} retry={() => void accounts.refetch()} />;
  return (
    <Stack gap="lg">
      <Panel flush>
        {accounts.data === undefined && <LoadingRows rows={3} height={80} />}
        {accounts.data !== undefined &&
          platforms.map((platform) => {
            const connected = accounts.data.items.filter((account) => account.platform === platform);
            return connected.length > 0 ? (
              connected.map((account) => <AccountRow key={account.id} account={account} />)
            ) : (
              <Missing key={platform} platform={platform} clientId={client.id} />
            );
          })}
      </Panel>
      <OnboardingLinkPanel client={client} />
    </Stack>
  );
}

function Missing({ platform, clientId }: { platform: Platform; clientId: string }) {
  return (
    <Group wrap="nowrap" px="lg" py="md" gap="md" style={{ borderTop: '1px solid var(--line)' }}>
      <PlatformIcon platform={platform} size={28} />
      <Stack gap={0} flex={1}>
        <Text fw={600} size="sm">
          {platformNames[platform]}
        </Text>
        <Text size="sm" c="dimmed">
          {t(hints[platform])}
        </Text>
      </Stack>
      <Button
        component="a"
        href={connectPath(platform, clientId)}
        leftSection={<IconPlugConnected size={17} />}
        variant="light"
      >
        {t('accounts:connect', { network: platformNames[platform] })}
      </Button>
    </Group>
  );
}
