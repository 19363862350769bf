import { Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { AccountInsights } from '../../../shared/contract/insights.ts';
import { orpc } from '../../api/client.ts';
import { formatNumber } from '../../components/format.ts';
import { Panel } from '../../components/Panel.tsx';
import { PlatformIcon } from '../../components/PlatformIcon.tsx';
import { t } from '../../i18n/i18n.ts';
import { Sparkline } from './Sparkline.tsx';
import { signedOf } from './words.ts';

/** How many follow a client, account by account; nothing while no network has told. */
export function AudiencePanel({ clientId }: { clientId: string }) {
  const insights = useQuery(orpc.insights.ofClient.queryOptions({ input: { id: clientId } }));
  const known = insights.data?.items.filter(({ latest }) => latest?.metrics.followers !== undefined) ?? [];
  if (known.length === 0) return null;
  return (
    <Panel title={t('insights:audience.title')} description={t('insights:audience.description')}>
      <Stack gap="sm">
        {known.map((account) => (
          <AccountFollowers key={account.accountId} account={account} />
        ))}
      </Stack>
    </Panel>
  );
}

function AccountFollowers({ account }: { account: AccountInsights }) {
  const counts = account.series.flatMap(({ metrics }) => metrics.followers ?? []);
  const gained = (counts.at(-1) ?? 0) - (counts[0] ?? 0);
  return (
    <Group wrap="nowrap" gap="sm">
      <PlatformIcon platform={account.platform} size={18} />
      <Text size="sm" fw={500} truncate flex={1}>
        {account.accountName}
      </Text>
      <Sparkline values={counts} />
      <Text size="sm" fw={600} className="tabular" ta="end" miw={56}>
        {formatNumber(counts.at(-1) ?? 0)}
      </Text>
      {counts.length > 1 && (
        <Text size="xs" c={gained < 0 ? 'orange' : 'dimmed'} className="tabular" ta="end" miw={40}>
          {signedOf(gained)}
        </Text>
      )}
    </Group>
  );
}
