import { Skeleton, Text } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Activity } from '../../../shared/contract/admin.ts';
import { orpc } from '../../api/client.ts';
import { formatRelative } from '../../components/format.ts';
import { TextLink } from '../../components/links.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useNow } from '../../components/use-now.ts';
import classes from './home.module.css';

/** The latest warnings and errors. */
export function LatelyWrong() {
  const { entries, isPending } = useQueries({
    queries: [
      orpc.logs.queryOptions({ input: { level: 'error' as const, limit: 5 } }),
      orpc.logs.queryOptions({ input: { level: 'warning' as const, limit: 5 } }),
    ],
    combine: (results) => ({
      isPending: results.some((result) => result.isPending),
      entries: results
        .flatMap((result) => result.data?.items ?? [])
        .sort((a, b) => (a.at < b.at ? 1 : -1))
        .slice(0, 5),
    }),
  });
  return (
    <Panel
      title="What went wrong lately"
      flush
      actions={
        <TextLink to="/activity" size="sm">
          Activity
        </TextLink>
      }
    >
      {isPending && <Skeleton height={80} m="lg" w="auto" />}
      {!isPending && entries.length === 0 && (
        <Text size="sm" c="dimmed" px="lg" pb="lg">
          Nothing. All is well.
        </Text>
      )}
      {entries.map((entry) => (
        <Entry key={entry.id} entry={entry} />
      ))}
    </Panel>
  );
}

function Entry({ entry }: { entry: Activity }) {
  const now = useNow();
  const words = (
    <>
      <Text size="sm" lineClamp={2}>
        {entry.message}
      </Text>
      <Text size="xs" c={entry.level === 'error' ? 'red' : 'orange'}>
        {formatRelative(entry.at, now)}
      </Text>
    </>
  );
  if (entry.postId === null) return <div className={classes.entry}>{words}</div>;
  return (
    <Link to="/posts/$id" params={{ id: entry.postId }} className={classes.entry}>
      {words}
    </Link>
  );
}
