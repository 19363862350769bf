import { Group, Select, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Client } from '../../../shared/contract/clients.ts';
import { platformNames, platforms } from '../../../shared/domain/platform.ts';
import { PlatformIcon } from '../../components/PlatformIcon.tsx';
import { t } from '../../i18n/i18n.ts';
import { ExportMenu } from './ExportMenu.tsx';
import {
  type InsightsSearch,
  type PeriodName,
  periodNameOf,
  periodNames,
  periodOf,
  todayUtc,
} from './insights-search.ts';
import { ReportButton } from './ReportButton.tsx';
import type { Asked } from './use-insights.ts';

/** Whose figures are shown, of which days; and ways to take them along. */
export function InsightsToolbar({
  client,
  search,
  onSearch,
  clientFilter,
  asked,
}: {
  client: Client | undefined;
  search: InsightsSearch;
  onSearch: (change: InsightsSearch) => void;
  /** Chooses a client; null where there is only one. */
  clientFilter: ReactNode;
  asked: Asked;
}) {
  const today = todayUtc();
  const period = periodNameOf(search);
  const days = periodOf(search, today);
  return (
    <Group justify="space-between" gap="sm" align="flex-start">
      <Group gap="sm">
        {clientFilter}
        <Select
          aria-label={t('insights:filter.network')}
          placeholder={t('common:allNetworks')}
          clearable
          w={168}
          leftSection={search.network && <PlatformIcon platform={search.network} size={16} />}
          data={platforms.map((platform) => ({ value: platform, label: platformNames[platform] }))}
          value={search.network ?? null}
          onChange={(network) => onSearch({ network: network ?? undefined })}
        />
        <Select
          aria-label={t('insights:filter.period')}
          w={145}
          allowDeselect={false}
          data={periodNames.map((name) => ({ value: name, label: t(`insights:filter.${name}`) }))}
          value={period}
          onChange={(next) => next !== null && onSearch(changeTo(next, days))}
        />
        {period === 'custom' && (
          <>
            <TextInput
              type="date"
              aria-label={t('insights:filter.from')}
              value={days.from}
              max={today}
              required
              onChange={({ currentTarget: { value } }) => value !== '' && onSearch({ from: value, to: days.to })}
            />
            <TextInput
              type="date"
              aria-label={t('insights:filter.to')}
              value={days.to}
              max={today}
              required
              onChange={({ currentTarget: { value } }) => value !== '' && onSearch({ from: days.from, to: value })}
            />
          </>
        )}
      </Group>
      <Group gap="sm">
        <ExportMenu asked={asked} />
        {client && <ReportButton client={client} />}
      </Group>
    </Group>
  );
}

/** One's own dates begin with those shown before. */
function changeTo(period: PeriodName, days: { from: string; to: string }): InsightsSearch {
  return period === 'custom' ? { period, ...days } : { period, from: undefined, to: undefined };
}
