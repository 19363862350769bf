import { Badge, Button, Center, Table, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { UsageEntry } from '../../../../shared/contract/usage.ts';
import { orpc } from '../../../api/client.ts';
import { Failure } from '../../../components/Failure.tsx';
import { formatDayTime } from '../../../components/format.ts';
import { LoadingRows } from '../../../components/Loading.tsx';
import { TextLink } from '../../../components/links.tsx';
import { t } from '../../../i18n/i18n.ts';
import { formatCost } from './cost.ts';
import classes from './usage.module.css';

const stateColors: Record<UsageEntry['state'], string> = {
  intent: 'blue',
  settled: 'teal',
  failed: 'gray',
  unknown: 'orange',
};

/** A client's paid calls of a month one by one, newest first. */
export function UsageEntries({ clientId, month }: { clientId: string; month: string }) {
  const entries = useInfiniteQuery(
    orpc.usage.entries.infiniteOptions({
      input: (cursor: string | undefined) => ({ clientId, month, cursor, limit: 25 }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
    }),
  );
  const items = entries.data?.pages.flatMap((page) => page.items) ?? [];
  if (entries.isPending) return <LoadingRows rows={3} height={40} />;
  if (entries.isError) return <Failure error={entries.error} retry={() => void entries.refetch()} />;
  return (
    <div className={classes.entries}>
      <Table verticalSpacing={6} horizontalSpacing="lg">
        <Table.Thead>
          <Table.Tr>
            {(['at', 'what', 'model', 'state'] as const).map((column) => (
              <Table.Th key={column}>{t(`activity:usage.entries.columns.${column}`)}</Table.Th>
            ))}
            <Table.Th ta="end">{t('activity:usage.entries.columns.cost')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((entry) => (
            <EntryRow key={entry.id} entry={entry} />
          ))}
        </Table.Tbody>
      </Table>
      {items.length === 0 && (
        <Text size="sm" c="dimmed" px="lg" py="md">
          {t('activity:usage.entries.none')}
        </Text>
      )}
      {entries.hasNextPage && (
        <Center p="sm">
          <Button
            size="xs"
            variant="default"
            loading={entries.isFetchingNextPage}
            onClick={() => void entries.fetchNextPage()}
          >
            {t('common:action.showMore')}
          </Button>
        </Center>
      )}
    </div>
  );
}

function EntryRow({ entry }: { entry: UsageEntry }) {
  const { at, purpose, postId, model, state, microUsd, error } = entry;
  const what = t(`activity:usage.purpose.${purpose}`);
  return (
    <Table.Tr>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>{formatDayTime(at)}</Table.Td>
      <Table.Td>
        {postId === null ? (
          what
        ) : (
          <TextLink to="/posts/$id" params={{ id: postId }} size="sm" title={t('activity:usage.entries.post')}>
            {what}
          </TextLink>
        )}
      </Table.Td>
      <Table.Td>
        <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {model}
        </Text>
      </Table.Td>
      <Table.Td>
        <Badge size="xs" variant="light" color={stateColors[state]} title={error ?? undefined}>
          {t(`activity:usage.entries.state.${state}`)}
        </Badge>
      </Table.Td>
      <Table.Td ta="end" className="tabular">
        {formatCost(microUsd)}
      </Table.Td>
    </Table.Tr>
  );
}
