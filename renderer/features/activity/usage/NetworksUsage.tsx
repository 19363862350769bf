import { Badge, Table, Text } from '@mantine/core';
import type { UsageOfMonth } from '../../../../shared/contract/usage.ts';
import { Panel } from '../../../components/Panel.tsx';
import { currentLocale, t } from '../../../i18n/i18n.ts';

const tightPercent = 80;

/** Calls to the networks, and how full the fullest of their rate limits was. */
export function NetworksUsage({ networks }: { networks: UsageOfMonth['networks'] }) {
  const number = new Intl.NumberFormat(currentLocale());
  const percent = new Intl.NumberFormat(currentLocale(), { style: 'percent', maximumFractionDigits: 0 });
  return (
    <Panel
      title={t('activity:usage.networks.title')}
      description={t('activity:usage.networks.description')}
      flush={networks.length > 0}
    >
      {networks.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('activity:usage.networks.none')}
        </Text>
      ) : (
        <Table verticalSpacing="sm" horizontalSpacing="lg">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('activity:usage.networks.service')}</Table.Th>
              <Table.Th ta="end">{t('activity:usage.networks.calls')}</Table.Th>
              <Table.Th ta="end">{t('activity:usage.networks.failed')}</Table.Th>
              <Table.Th ta="end">{t('activity:usage.networks.limit')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {networks.map(({ service, calls, failed, busiestPercent }) => (
              <Table.Tr key={service}>
                <Table.Td>{t(`activity:usage.networks.${service}`)}</Table.Td>
                <Table.Td ta="end" className="tabular">
                  {number.format(calls)}
                </Table.Td>
                <Table.Td ta="end" className="tabular">
                  {number.format(failed)}
                </Table.Td>
                <Table.Td ta="end">
                  {busiestPercent === null ? (
                    <Text size="sm" c="dimmed">
                      {t('activity:usage.networks.unknown')}
                    </Text>
                  ) : (
                    <Badge color={busiestPercent >= tightPercent ? 'orange' : 'gray'} variant="light">
                      {percent.format(busiestPercent / 100)}
                    </Badge>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Panel>
  );
}
