import { Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Account } from '../../../shared/contract/accounts.ts';
import { platformNames } from '../../../shared/domain/platform.ts';
import { orpc } from '../../api/client.ts';
import { Failure } from '../../components/Failure.tsx';
import { count } from '../../components/format.ts';
import { t } from '../../i18n/i18n.ts';

/** What disconnecting an account does here, and at the network. */
export function DisconnectWarning({ account }: { account: Account }) {
  const input = { id: account.clientId, accountId: account.id };
  const effect = useQuery(orpc.accounts.disconnectEffect.queryOptions({ input, staleTime: 0 }));
  return (
    <Stack gap="sm">
      <Text size="sm">
        The stored access is erased. Posts that wait for this account on {platformNames[account.platform]} cannot go out
        until it is connected again.
      </Text>
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

function atTheNetwork({ platform, via }: Account, effect: { revokesLogin: boolean; others: number }): string {
  if (via === 'instagram') return t('accounts:instagramLogin.disconnect');
  if (platform === 'tiktok') {
    return effect.revokesLogin
      ? 'TikTok is told as well, and ends everything that this creator allowed the app.'
      : 'TikTok is not told: that would end the access of your other client who has this account too.';
  }
  if (effect.revokesLogin) {
    return 'It is the last account of the person who logged in, so Facebook is told as well: it takes back everything that this person allowed the app.';
  }
  if (effect.others === 0) {
    return 'Facebook is not told, because it is not known here who logged in. Whoever it was can remove the app at Facebook under Settings → Business integrations.';
  }
  const accounts = count(effect.others, 'other account lives', 'other accounts live');
  return `The access is only forgotten here. Facebook is not told: ${accounts} on the same login, or may do so, and would end with it.`;
}
