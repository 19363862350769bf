import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { purposes } from '../../../../shared/contract/usage.ts';
import { orpc } from '../../../api/client.ts';
import { Failure } from '../../../components/Failure.tsx';
import { Panel } from '../../../components/Panel.tsx';
import { t } from '../../../i18n/i18n.ts';
import { formatCost } from './cost.ts';
import { monthName } from './months.ts';

const colors = { caption: 'iris.5', image: 'teal.5', video: 'orange.4' } as const;
const height = 220;

/** Spend of the last twelve months, by what it was for. */
export function MonthChart() {
  const months = useQuery(orpc.usage.months.queryOptions({ input: {} }));
  const isEmpty = months.data?.items.every(({ microUsd }) => microUsd === 0) ?? false;
  return (
    <Panel title={t('activity:usage.chart.title')} description={t('activity:usage.chart.description')}>
      {months.isPending && <Skeleton height={height} />}
      {months.isError && <Failure error={months.error} retry={() => void months.refetch()} />}
      {isEmpty && (
        <Text size="sm" c="dimmed">
          {t('activity:usage.chart.empty')}
        </Text>
      )}
      {months.isSuccess && !isEmpty && (
        <div role="img" aria-label={t('activity:usage.chart.label')}>
          <BarChart
            h={height}
            type="stacked"
            data={months.data.items.map(({ month, byPurpose }) => ({
              month: monthName(month, true),
              ...Object.fromEntries(purposes.map((purpose) => [purpose, byPurpose[purpose] ?? 0])),
            }))}
            dataKey="month"
            series={purposes.map((purpose) => ({
              name: purpose,
              label: t(`activity:usage.purpose.${purpose}`),
              color: colors[purpose],
            }))}
            valueFormatter={formatCost}
            yAxisProps={{ width: 64 }}
            maxBarWidth={36}
            withLegend
          />
        </div>
      )}
    </Panel>
  );
}
