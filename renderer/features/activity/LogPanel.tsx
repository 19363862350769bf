import { Button, Center, Group, Select, SegmentedControl, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconInfoCircle, IconListSearch } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Activity } from '../../../shared/contract/admin.ts';
import { orpc } from '../../api/client.ts';
import { Empty } from '../../components/Empty.tsx';
import { Failure } from '../../components/Failure.tsx';
import { formatDayTime, withLocalTimes } from '../../components/format.ts';
import { LoadingRows } from '../../components/Loading.tsx';
import { Panel } from '../../components/Panel.tsx';
import classes from './activity.module.css';
import { actorName } from './actor-name.ts';

type Level = Activity['level'];
const looks = {
  info: { icon: IconInfoCircle, color: 'gray' },
  warning: { icon: IconAlertTriangle, color: 'orange' },
  error: { icon: IconAlertTriangle, color: 'red' },
} as const;

/** The activity log, newest first. @param clientId shows what concerns this client only */
export function LogPanel({ clientId: fixedClientId }: { clientId?: string }) {
  const [level, setLevel] = useState<Level | 'all'>('all');
  const [chosenClientId, setClientId] = useState<string | null>(null);
  const clientId = fixedClientId ?? chosenClientId;
  const clients = useQuery(orpc.clients.list.queryOptions({ input: { limit: 200 } }));
  const names = new Map(clients.data?.items.map(({ id, name }) => [id, name]));
  const logs = useInfiniteQuery(
    orpc.logs.infiniteOptions({
      input: (cursor: string | undefined) => ({
        ...(level === 'all' ? {} : { level }),
        ...(clientId === null ? {} : { clientId }),
        cursor,
        limit: 50,
      }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
      placeholderData: (before) => before,
    }),
  );
  const entries = logs.data?.pages.flatMap(({ items }) => items) ?? [];

  return (
    <Panel
      flush
      title="Log"
      actions={
        <Group gap="sm">
          {fixedClientId === undefined && (
            <Select
              aria-label="Client"
              placeholder="All clients"
              clearable
              searchable
              size="xs"
              w={170}
              data={clients.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []}
              value={clientId}
              onChange={setClientId}
            />
          )}
          <SegmentedControl
            aria-label="Level"
            size="xs"
            value={level}
            onChange={(next) => setLevel(next as Level | 'all')}
            data={[
              { value: 'all', label: 'All' },
              { value: 'warning', label: 'Warnings' },
              { value: 'error', label: 'Errors' },
            ]}
          />
        </Group>
      }
    >
      {logs.isPending && <LoadingRows rows={7} height={52} />}
      {logs.isError && <Failure error={logs.error} retry={() => void logs.refetch()} />}
      {logs.isSuccess && entries.length === 0 && (
        <Empty icon={level === 'all' ? IconListSearch : IconCircleCheck} title="Nothing here" compact>
          {level === 'all' ? 'Whatever happens is written down here.' : 'No such entries. All is well.'}
        </Empty>
      )}
      {entries.map((entry) => (
        <Entry key={entry.id} entry={entry} clientName={names.get(entry.clientId ?? '')} />
      ))}
      {logs.hasNextPage && (
        <Center p="md">
          <Button
            variant="default"
            size="xs"
            loading={logs.isFetchingNextPage}
            onClick={() => void logs.fetchNextPage()}
          >
            Show older
          </Button>
        </Center>
      )}
    </Panel>
  );
}

function Entry({ entry, clientName }: { entry: Activity; clientName: string | undefined }) {
  const { icon: Icon, color } = looks[entry.level];
  return (
    <div className={classes.entry}>
      <Icon size={18} stroke={1.7} color={`var(--mantine-color-${color}-6)`} aria-label={entry.level} />
      <div className={classes.words}>
        {entry.postId === null ? (
          <Text size="sm">{withLocalTimes(entry.message)}</Text>
        ) : (
          <Link to="/posts/$id" params={{ id: entry.postId }} className={classes.link}>
            {entry.message}
          </Link>
        )}
        <Text size="xs" c="dimmed">
          {[actorName(entry.actor), clientName].filter(Boolean).join(' · ')}
        </Text>
      </div>
      <Text size="xs" c="dimmed" className="tabular" style={{ whiteSpace: 'nowrap' }}>
        {formatDayTime(entry.at)}
      </Text>
    </div>
  );
}
