import { Box, Group, Skeleton, Text, Tooltip } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { CSSProperties } from 'react';
import type { Client } from '../../../shared/contract/clients.ts';
import { orpc } from '../../api/client.ts';
import { Failure } from '../../components/Failure.tsx';
import { formatDayTime, formatTime } from '../../components/format.ts';
import { TextLink } from '../../components/links.tsx';
import { Panel } from '../../components/Panel.tsx';
import { postStatusLooks } from '../../components/status.tsx';
import { useNow } from '../../components/use-now.ts';
import { currentLocale, t } from '../../i18n/i18n.ts';
import { dayFromToday, startOf } from '../posts/post-range.ts';
import classes from './clients.module.css';
import { type WeekDay, type WeekEntry, weekAhead } from './week-ahead.ts';

/** The coming seven days of the plan: what is filled, and what is open. */
export function WeekPanel({ client }: { client: Client }) {
  const posts = useQuery(
    orpc.pipeline.list.queryOptions({
      input: { clientId: client.id, from: startOf(dayFromToday(-1)), to: startOf(dayFromToday(8)), limit: 200 },
    }),
  );
  const slots = useQuery(orpc.rules.slots.queryOptions({ input: { id: client.id, days: 7 } }));
  const now = useNow();
  const error = posts.error ?? slots.error;
  if (error) return <Failure error={error} retry={() => void Promise.all([posts.refetch(), slots.refetch()])} />;
  if (posts.data === undefined || slots.data === undefined) return <Skeleton height={190} radius="lg" />;
  const week = weekAhead(posts.data.items, slots.data.items, client.timezone, now);
  const open = week.reduce((sum, { entries }) => sum + entries.filter(({ post }) => post === null).length, 0);
  return (
    <Panel
      title={t('clients:week.title')}
      description={open === 0 ? t('clients:week.full') : t('clients:week.open', { count: open })}
      actions={
        <TextLink to="/clients/$id" params={{ id: client.id }} search={{ tab: 'calendar' }} size="sm">
          {t('clients:week.calendar')}
        </TextLink>
      }
    >
      <ol className={classes.week}>
        {week.map((day) => (
          <Day key={day.day} day={day} client={client} />
        ))}
      </ol>
    </Panel>
  );
}

function Day({ day: { day, entries }, client }: { day: WeekDay; client: Client }) {
  const date = new Date(`${day}T00:00Z`);
  const inUtc = { timeZone: 'UTC' } as const;
  return (
    <li className={classes.day}>
      <Group gap={5}>
        <Text size="xs" fw={600}>
          {date.toLocaleDateString(currentLocale(), { ...inUtc, weekday: 'short' })}
        </Text>
        <Text size="xs" c="dimmed">
          {date.toLocaleDateString(currentLocale(), { ...inUtc, day: 'numeric' })}
        </Text>
      </Group>
      {entries.map((entry) => (
        <Entry key={entry.post?.id ?? entry.at} entry={entry} client={client} />
      ))}
      {entries.length === 0 && <Box className={classes.rest} aria-hidden />}
    </li>
  );
}

function Entry({ entry: { at, post }, client }: { entry: WeekEntry; client: Client }) {
  const time = formatTime(at, client.timezone);
  if (post === null) {
    return (
      <Link
        to="/posts/new"
        search={{ client: client.id, at }}
        className={classes.free}
        aria-label={t('clients:week.fill', { when: formatDayTime(at, client.timezone) })}
      >
        <IconPlus size={12} aria-hidden />
        <span className="tabular">{time}</span>
      </Link>
    );
  }
  const { color, label } = postStatusLooks[post.status];
  return (
    <Tooltip label={post.caption || t(label)}>
      <Link
        to="/posts/$id"
        params={{ id: post.id }}
        className={classes.filled}
        style={{ '--entry': `var(--mantine-color-${color}-6)` } as CSSProperties}
        aria-label={t('clients:week.post', { when: formatDayTime(at, client.timezone), caption: post.caption })}
      >
        <span className="tabular">{time}</span>
      </Link>
    </Tooltip>
  );
}
