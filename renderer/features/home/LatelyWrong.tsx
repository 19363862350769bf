import { Skeleton, Text } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Activity } from '../../../shared/contract/admin.ts';
import { orpc } from '../../api/client.ts';
import { Failure } from '../../components/Failure.tsx';
import { formatRelative, withLocalTimes } from '../../components/format.ts';
import { TextLink } from '../../components/links.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useNow } from '../../components/use-now.ts';
import classes from './home.module.css';

/** What the app did about it, or does next, by what happened. */
const deeds: Record<string, string> = {
  'post.at_risk': 'It is looked at again every few minutes, and the mark goes by itself.',
  'post.retrying': 'Nothing was published; it tries again by itself.',
  'post.held': 'Held for you; nothing is sent meanwhile.',
  'post.failed': 'Stopped trying; it is not live there.',
  'comment.failed': 'The post stays live, without its first comment.',
  'account.reconnect': 'Its posts are held until it is connected again.',
  'account.expiring': 'It renews the connection where the network allows it.',
  'clock.jumped': 'Everything due was looked at anew.',
  'job.failed': 'It runs again at its next time.',
  'generation.failed': 'The free slots stay free; it tries again later.',
  'backup.drill_failed': 'It is tried again a day later.',
  'backup.restore_failed': 'The data stayed as it was.',
};
/** Warnings about what somebody did on purpose. */
const onPurpose = new Set([
  'kill_switch.engaged',
  'client.deleted',
  'account.disconnected',
  'backup.restoring',
  'backup.restored',
  'store.taken_over',
]);

/** The latest warnings and errors, each with what the app did about it. */
export function LatelyWrong() {
  const { entries, isPending, error } = useQueries({
    queries: [
      orpc.logs.queryOptions({ input: { level: 'error' as const, limit: 10 } }),
      orpc.logs.queryOptions({ input: { level: 'warning' as const, limit: 10 } }),
    ],
    combine: (results) => ({
      isPending: results.some((result) => result.isPending),
      error: results.find((result) => result.error !== null)?.error ?? null,
      entries: results
        .flatMap((result) => result.data?.items ?? [])
        .filter(({ kind }) => !onPurpose.has(kind))
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
      {error !== null && <Failure error={error} />}
      {!isPending && error === null && entries.length === 0 && (
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
        {withLocalTimes(entry.message)}
      </Text>
      <Text size="xs" c="dimmed" mt={2}>
        <Text span inherit c={entry.level === 'error' ? 'red' : 'orange'}>
          {formatRelative(entry.at, now)}
        </Text>
        {deeds[entry.kind] && ` · ${deeds[entry.kind]}`}
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
