import '@mantine/charts/styles.css';
import { AreaChart, BarChart } from '@mantine/charts';
import { Box, Group, ScrollArea, SegmentedControl, Table, Text, useDirection } from '@mantine/core';
import { memo, useState } from 'react';
import type { Overview } from '../../../shared/contract/insights.ts';
import { formatNumber } from '../../components/format.ts';
import { Panel } from '../../components/Panel.tsx';
import { t } from '../../i18n/i18n.ts';
import { dayWords, shortNumberOf } from './words.ts';

const metrics = ['views', 'interactions', 'followers', 'posts'] as const;
type Metric = (typeof metrics)[number];
type Series = Overview['series'];

/** One figure over the days of the period, as a chart or as a table. */
export const Trend = memo(function Trend({ series }: { series: Series }) {
  const [metric, setMetric] = useState<Metric>('views');
  const [form, setForm] = useState<'chart' | 'table'>('chart');
  const known = series.filter((day) => day[metric] !== null);
  return (
    <Panel
      title={t('insights:trend.title')}
      actions={
        <Group gap="xs" justify="flex-end">
          <SegmentedControl
            size="xs"
            aria-label={t('insights:trend.metric')}
            value={metric}
            onChange={(next) => setMetric(next as Metric)}
            data={metrics.map((name) => ({ value: name, label: t(`insights:metric.${name}`) }))}
          />
          <SegmentedControl
            size="xs"
            aria-label={t('insights:trend.form')}
            value={form}
            onChange={(next) => setForm(next as 'chart' | 'table')}
            data={[
              { value: 'chart', label: t('insights:trend.asChart') },
              { value: 'table', label: t('insights:trend.asTable') },
            ]}
          />
        </Group>
      }
    >
      <Box h={260}>
        {known.length === 0 && (
          <Text c="dimmed" size="sm">
            {t('insights:trend.empty')}
          </Text>
        )}
        {known.length > 0 && form === 'chart' && <Chart {...{ series, metric }} />}
        {known.length > 0 && form === 'table' && <Days {...{ series, metric }} />}
      </Box>
    </Panel>
  );
});

function Chart({ series, metric }: { series: Series; metric: Metric }) {
  const { dir } = useDirection();
  const isMirrored = dir === 'rtl';
  const shared = {
    h: 260,
    data: series.map(({ day, ...figures }) => ({
      day: isMirrored ? fromTheRight(dayWords(day)) : dayWords(day),
      value: figures[metric],
    })),
    dataKey: 'day',
    series: [{ name: 'value', label: t(`insights:metric.${metric}`), color: 'iris.6' }],
    valueFormatter: (value: number) => formatNumber(value),
    tickLine: 'none',
    gridAxis: 'x',
    strokeDasharray: '3 4',
    xAxisProps: { reversed: isMirrored, minTickGap: 28, tickMargin: 8 },
    yAxisProps: {
      orientation: isMirrored ? 'right' : 'left',
      tickFormatter: (value: number) => shortNumberOf(value),
      allowDecimals: false,
      width: 48,
    },
  } as const;
  return (
    <figure style={{ margin: 0 }} aria-label={summaryOf(series, metric)} data-testid="trend" dir="ltr">
      {metric === 'posts' ? (
        <BarChart {...shared} data={[...shared.data]} series={[...shared.series]} maxBarWidth={22} barProps={still} />
      ) : (
        <AreaChart
          {...shared}
          data={[...shared.data]}
          series={[...shared.series]}
          curveType="monotone"
          withDots={false}
          fillOpacity={0.18}
          areaProps={still}
          // A count of followers is a level: its own range shows how it moves.
          yAxisProps={{ ...shared.yAxisProps, ...(metric === 'followers' && { domain: ['auto', 'auto'] }) }}
        />
      )}
    </figure>
  );
}

/** Drawings run from the left; words of a language that does not are marked, so that their parts stay in order. */
function fromTheRight(words: string): string {
  return `\u2067${words}\u2069`;
}

const still = { isAnimationActive: false } as const;

function Days({ series, metric }: { series: Series; metric: Metric }) {
  return (
    <ScrollArea h={260}>
      <Table stickyHeader verticalSpacing={6} aria-label={t('insights:trend.title')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('insights:trend.day')}</Table.Th>
            <Table.Th ta="end">{t(`insights:metric.${metric}`)}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {series.toReversed().map((day) => (
            <Table.Tr key={day.day}>
              <Table.Td>{dayWords(day.day)}</Table.Td>
              <Table.Td ta="end" className="tabular">
                {numberOrDash(day[metric])}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  );
}

function summaryOf(series: Series, metric: Metric): string {
  const values = series.flatMap((day) => day[metric] ?? []);
  const [first, last] = [series[0]?.day, series.at(-1)?.day];
  return t('insights:trend.summary', {
    metric: t(`insights:metric.${metric}`),
    from: first === undefined ? '' : dayWords(first),
    to: last === undefined ? '' : dayWords(last),
    least: formatNumber(Math.min(...values)),
    most: formatNumber(Math.max(...values)),
  });
}

function numberOrDash(value: number | null): string {
  return value === null ? '–' : formatNumber(value);
}
