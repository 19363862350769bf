import { Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { AccountInsights } from '../../../shared/contract/insights.ts';
import { orpc } from '../../api/client.ts';
import { Panel } from '../../components/Panel.tsx';
import { PlatformIcon } from '../../components/PlatformIcon.tsx';
import { Sparkline } from './Sparkline.tsx';

/** How many follow a client, account by account; nothing while no network has told. */
export function AudiencePanel({ clientId }: { clientId: string }) {
  const insights = useQuery(orpc.insights.ofClient.queryOptions({ input: { id: clientId } }));
  const known = insights.data?.items.filter(({ latest }) => latest?.metrics.followers !== undefined) ?? [];
  if (known.length === 0) return null;
  return (
    <Panel title="Followers" description="In the last 30 days.">
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
      <Text size="sm" fw={600} className="tabular" ta="right" miw={56}>
        {(counts.at(-1) ?? 0).toLocaleString('en-US')}
      </Text>
      {counts.length > 1 && (
        <Text size="xs" c={gained < 0 ? 'orange' : 'dimmed'} className="tabular" ta="right" miw={40}>
          {gained.toLocaleString('en-US', { signDisplay: 'exceptZero' })}
        </Text>
      )}
    </Group>
  );
}
