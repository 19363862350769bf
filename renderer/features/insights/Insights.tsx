import { Button, SimpleGrid, Skeleton, Stack, Text } from '@mantine/core';
import { IconChartLine } from '@tabler/icons-react';
import { lazyRouteComponent } from '@tanstack/react-router';
import { type ReactNode, Suspense } from 'react';
import type { Client } from '../../../shared/contract/clients.ts';
import type { Overview } from '../../../shared/contract/insights.ts';
import { preloadPages } from '../../app/preload-pages.ts';
import { Empty } from '../../components/Empty.tsx';
import { Failure } from '../../components/Failure.tsx';
import { LoadingRows } from '../../components/Loading.tsx';
import { ButtonLink } from '../../components/links.tsx';
import { Panel } from '../../components/Panel.tsx';
import { t } from '../../i18n/i18n.ts';
import { BestPosts } from './BestPosts.tsx';
import { BestTimes } from './BestTimes.tsx';
import { ClientFigures, NetworkFigures } from './FigureTables.tsx';
import { Headline } from './Headline.tsx';
import { InsightsToolbar } from './InsightsToolbar.tsx';
import type { InsightsSearch } from './insights-search.ts';
import { askedBy, useInsights } from './use-insights.ts';
import { periodWords } from './words.ts';

/** The charts are the heaviest of the page; everything else is there before them. */
const Trend = lazyRouteComponent(() => import('./Trend.tsx'), 'Trend');

void preloadPages([Trend]);

/** Figures of one client or of all. What is shown is kept in the address. */
export function Insights({
  client,
  search,
  onSearch,
  clientFilter = null,
}: {
  /** The only one shown; undefined for all. */
  client: Client | undefined;
  search: InsightsSearch;
  onSearch: (change: InsightsSearch) => void;
  clientFilter?: ReactNode;
}) {
  const asked = askedBy(search, client?.id);
  const { overview, best, times } = useInsights(asked);
  const { data } = overview;
  return (
    <Stack gap="lg">
      <InsightsToolbar {...{ client, search, onSearch, clientFilter, asked }} />
      {overview.isError && <Failure error={overview.error} retry={() => void overview.refetch()} />}
      {overview.isPending && <Loading />}
      {data !== undefined && isNothing(data) && (
        <Nothing
          isFiltered={search.period !== undefined || search.network !== undefined}
          onClear={() => onSearch({ period: undefined, from: undefined, to: undefined, network: undefined })}
        />
      )}
      {data !== undefined && !isNothing(data) && (
        <Stack gap="lg" aria-busy={overview.isPlaceholderData} data-testid="insights">
          <Headline overview={data} />
          <Text size="sm" c="dimmed" mt={-8}>
            {t('insights:shown', { period: periodWords(data.period), before: periodWords(data.periodBefore) })}
          </Text>
          <Suspense fallback={<Skeleton height={348} radius="lg" />}>
            <Trend series={data.series} />
          </Suspense>
          {best.isError && <Failure error={best.error} retry={() => void best.refetch()} />}
          {best.isPending && <LoadingPanel />}
          {best.data && <BestPosts posts={best.data.items} withClient={client === undefined} />}
          {times.isError && <Failure error={times.error} retry={() => void times.refetch()} />}
          {times.isPending && <LoadingPanel />}
          {times.data && <BestTimes times={times.data} client={client} />}
          <NetworkFigures networks={data.networks} />
          {client === undefined && <ClientFigures clients={data.clients} networks={data.networks} />}
          <Text size="xs" c="dimmed">
            {t('insights:table.zoneNote')}
          </Text>
        </Stack>
      )}
    </Stack>
  );
}

function isNothing({ since, now, before }: Overview): boolean {
  return since === null && now.posts === 0 && before.views === null;
}

function Nothing({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  return (
    <Panel>
      {isFiltered ? (
        <Empty
          icon={IconChartLine}
          title={t('insights:noMatch.title')}
          action={
            <Button variant="light" onClick={onClear}>
              {t('insights:noMatch.action')}
            </Button>
          }
        >
          {t('insights:noMatch.text')}
        </Empty>
      ) : (
        <Empty
          icon={IconChartLine}
          title={t('insights:empty.title')}
          action={<ButtonLink to="/review">{t('insights:empty.action')}</ButtonLink>}
        >
          {t('insights:empty.text')}
        </Empty>
      )}
    </Panel>
  );
}

function Loading() {
  return (
    <Stack gap="lg" aria-busy aria-label={t('common:loading')}>
      <SimpleGrid cols={{ base: 2, sm: 3, lg: 5 }}>
        {Array.from({ length: 5 }, (_, tile) => (
          <Skeleton key={tile} height={112} radius="lg" />
        ))}
      </SimpleGrid>
      <Skeleton height={348} radius="lg" />
    </Stack>
  );
}

function LoadingPanel() {
  return (
    <Panel flush>
      <LoadingRows rows={4} height={64} />
    </Panel>
  );
}
