import { Skeleton, Text } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { Link, type LinkProps } from '@tanstack/react-router';
import type { Activity } from '../../../shared/contract/admin.ts';
import { orpc } from '../../api/client.ts';
import { Failure } from '../../components/Failure.tsx';
import { formatRelative, withLocalTimes } from '../../components/format.ts';
import { TextLink } from '../../components/links.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useNow } from '../../components/use-now.ts';
import { t, type WordKey } from '../../i18n/i18n.ts';
import classes from './home.module.css';

/** What the app did about it, or does next, by what happened. */
const deeds: Partial<Record<string, WordKey>> = {
  'post.at_risk': 'home:deed.atRisk',
  'post.retrying': 'home:deed.retrying',
  'post.held': 'home:deed.held',
  'post.failed': 'home:deed.failed',
  'comment.failed': 'home:deed.comment',
  'account.reconnect': 'home:deed.reconnect',
  'account.expiring': 'home:deed.expiring',
  'clock.jumped': 'home:deed.clock',
  'job.failed': 'home:deed.job',
  'generation.failed': 'home:deed.generation',
  'backup.drill_failed': 'home:deed.drill',
  'backup.restore_failed': 'home:deed.restore',
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

/** The latest warnings and errors, each with what the app did about it, and leading to what it is about. */
export function LatelyWrong() {
  const now = useNow();
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
      title={t('home:wrong.title')}
      flush
      data-testid="lately-wrong"
      actions={
        <TextLink to="/activity" size="sm">
          {t('app:nav.activity')}
        </TextLink>
      }
    >
      {isPending && <Skeleton height={80} m="lg" w="auto" />}
      {error !== null && <Failure error={error} />}
      {!isPending && error === null && entries.length === 0 && (
        <Text size="sm" c="dimmed" px="lg" pb="lg">
          {t('home:wrong.nothing')}
        </Text>
      )}
      {entries.map((entry) => (
        <Entry key={entry.id} entry={entry} now={now} />
      ))}
    </Panel>
  );
}

function Entry({ entry, now }: { entry: Activity; now: number }) {
  const deed = deeds[entry.kind];
  return (
    <Link {...subjectOf(entry)} className={classes.entry}>
      <Text size="sm" lineClamp={2}>
        {withLocalTimes(entry.message)}
      </Text>
      {deed !== undefined && (
        <Text size="xs" c="dimmed" mt={2}>
          {t(deed)}
        </Text>
      )}
      <Text size="xs" mt={2} c={entry.level === 'error' ? 'red' : 'orange'}>
        {formatRelative(entry.at, now)}
      </Text>
    </Link>
  );
}

/** Where one sees more of it: the post, the client's accounts, the client, or all that happened. */
function subjectOf({ postId, accountId, clientId }: Activity): Pick<LinkProps, 'to' | 'params' | 'search'> {
  if (postId !== null) return { to: '/posts/$id', params: { id: postId } };
  if (clientId === null) return { to: '/activity' };
  return {
    to: '/clients/$id',
    params: { id: clientId },
    search: accountId === null ? {} : { tab: 'accounts' },
  };
}
