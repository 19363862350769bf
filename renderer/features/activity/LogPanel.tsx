import { IconCircleCheck, IconListSearch, IconSearchOff } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { orpc } from '../../api/client.ts';
import { Empty } from '../../components/Empty.tsx';
import { Failure } from '../../components/Failure.tsx';
import { LoadingRows } from '../../components/Loading.tsx';
import { Panel } from '../../components/Panel.tsx';
import { t } from '../../i18n/i18n.ts';
import type { LogFilter } from './activity-search.ts';
import { ExportLogButton } from './ExportLogButton.tsx';
import { LogFilters } from './LogFilters.tsx';
import { LogList } from './LogList.tsx';
import { logInput } from './log-rows.ts';

const pageSize = 100;

/**
 * The activity log, newest first, with its filters.
 * @param clientId shows what concerns this client only
 * @param filter what is wanted, where the address says it; left out: the panel keeps it itself
 */
export function LogPanel({
  clientId,
  filter: given,
  onFilter,
}: {
  clientId?: string;
  filter?: LogFilter;
  onFilter?: (filter: LogFilter) => void;
}) {
  const [own, setOwn] = useState<LogFilter>({});
  const chosen = given ?? own;
  const filter = clientId === undefined ? chosen : { ...chosen, client: clientId };
  const clients = useQuery(orpc.clients.list.queryOptions({ input: { limit: 200 } }));
  const names = new Map(clients.data?.items.map(({ id, name }) => [id, name]));
  const logs = useInfiniteQuery(
    orpc.logs.infiniteOptions({
      input: (cursor: string | undefined) => ({ ...logInput(filter), cursor, limit: pageSize }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
      placeholderData: keepPreviousData,
    }),
  );
  const entries = logs.data?.pages.flatMap(({ items }) => items) ?? [];
  const isNarrowed = Object.values(chosen).some((value) => value !== undefined);

  return (
    <Panel
      flush
      title={t('activity:log.title')}
      actions={entries.length > 0 && <ExportLogButton filter={filter} clientNames={names} />}
    >
      <LogFilters
        filter={chosen}
        clients={clientId === undefined ? (clients.data?.items ?? []) : null}
        onChange={onFilter ?? setOwn}
      />
      {logs.isPending && <LoadingRows rows={8} height={52} />}
      {logs.isError && <Failure error={logs.error} retry={() => void logs.refetch()} />}
      {logs.isSuccess && entries.length === 0 && <Nothing filter={chosen} />}
      {entries.length > 0 && (
        <LogList
          entries={entries}
          clientNames={clientId === undefined ? names : null}
          isFetching={logs.isFetchingNextPage}
          more={logs.hasNextPage ? () => void logs.fetchNextPage() : null}
          end={isNarrowed ? t('activity:log.endOfFound') : t('activity:log.end')}
        />
      )}
    </Panel>
  );
}

function Nothing({ filter: { level, ...others } }: { filter: LogFilter }) {
  if (Object.values(others).some((value) => value !== undefined)) {
    return (
      <Empty icon={IconSearchOff} title={t('activity:log.none.title')} compact>
        {t('activity:log.none.text')}
      </Empty>
    );
  }
  const [icon, words] =
    level === undefined ? ([IconListSearch, 'empty'] as const) : ([IconCircleCheck, 'calm'] as const);
  return (
    <Empty icon={icon} title={t(`activity:log.${words}.title`)} compact>
      {t(`activity:log.${words}.text`)}
    </Empty>
  );
}
