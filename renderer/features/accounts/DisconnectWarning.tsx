import { Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Account } from '../../../shared/contract/accounts.ts';
import { platformNames } from '../../../shared/domain/platform.ts';
import { orpc } from '../../api/client.ts';
import { Failure } from '../../components/Failure.tsx';
import { t } from '../../i18n/i18n.ts';

/** What disconnecting an account does here, and at the network. */
export function DisconnectWarning({ account }: { account: Account }) {
  const input = { id: account.clientId, accountId: account.id };
  const effect = useQuery(orpc.accounts.disconnectEffect.queryOptions({ input, staleTime: 0 }));
  return (
    <Stack gap="sm">
      <Text size="sm">{t('accounts:disconnect.here', { network: platformNames[account.platform] })}</Text>
      {effect.isPending && <Skeleton height={40} />}
      {effect.isError && <Failure error={effect.error} />}
      {effect.data && (
        <Text size="sm" data-testid="disconnect-effect">
          {atTheNetwork(account, effect.data)}
        </Text>
      )}
    </Stack>
  );
}

function atTheNetwork({ platform }: Account, effect: { revokesLogin: boolean; others: number }): string {
  if (platform === 'tiktok') return t(`accounts:disconnect.tiktok.${effect.revokesLogin ? 'told' : 'notTold'}`);
  if (effect.revokesLogin) return t('accounts:disconnect.meta.last');
  if (effect.others === 0) return t('accounts:disconnect.meta.unknown');
  return t('accounts:disconnect.meta.others', { count: effect.others });
}
