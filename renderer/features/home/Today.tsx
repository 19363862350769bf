import { Group, Skeleton } from '@mantine/core';
import { IconCalendarPlus, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Post } from '../../../shared/contract/pipeline.ts';
import { orpc } from '../../api/client.ts';
import { Empty } from '../../components/Empty.tsx';
import { Failure } from '../../components/Failure.tsx';
import { ButtonLink, TextLink } from '../../components/links.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useNow } from '../../components/use-now.ts';
import { t } from '../../i18n/i18n.ts';
import { type PostGroup, postGroups } from '../posts/post-groups.ts';
import { dayFromToday, startOf } from '../posts/post-range.ts';
import { WriteWeekButton } from '../posts/WriteWeekButton.tsx';
import classes from './home.module.css';
import { Line } from './Line.tsx';

/** The day on one line: the posts of all clients at their times on this computer's clock, what became of them, and now. */
export function Today() {
  const now = useNow(60_000);
  const today = dayFromToday(0);
  const posts = useQuery(
    orpc.pipeline.list.queryOptions({
      input: { from: startOf(today), to: startOf(dayFromToday(1)), limit: 200 },
      placeholderData: (before) => before,
    }),
  );
  const planned = posts.data?.items.filter(({ status }) => status !== 'rejected');
  return (
    <Panel
      title={t('home:today.title')}
      data-testid="today"
      actions={
        <TextLink to="/calendar" search={{ view: 'day' }} size="sm">
          {t('home:today.calendar')}
        </TextLink>
      }
    >
      {posts.isPending && <Skeleton height={132} />}
      {posts.isError && <Failure error={posts.error} retry={() => void posts.refetch()} />}
      {planned?.length === 0 && <NothingToday />}
      {planned !== undefined && planned.length > 0 && (
        <>
          <Line posts={planned} begin={Date.parse(startOf(today))} now={now} />
          <Counts posts={planned} day={today} />
        </>
      )}
    </Panel>
  );
}

const groups = ['published', 'scheduled', 'review', 'attention', 'drafts'] as const satisfies readonly PostGroup[];

/** How many of today's posts stand how; each number leads to their list. */
function Counts({ posts, day }: { posts: readonly Post[]; day: string }) {
  return (
    <Group gap="lg" mt="md">
      {groups.map((group) => {
        const statuses: readonly string[] = postGroups[group].statuses;
        const count = posts.filter(({ status }) => statuses.includes(status)).length;
        return (
          count > 0 && (
            <Link key={group} to="/pipeline" search={{ show: group, from: day, to: day }} className={classes.count}>
              {t(`home:today.${group}`, { count })}
            </Link>
          )
        );
      })}
    </Group>
  );
}

function NothingToday() {
  return (
    <Empty
      icon={IconCalendarPlus}
      title={t('home:today.empty')}
      compact
      action={
        <Group justify="center">
          <WriteWeekButton />
          <ButtonLink to="/posts/new" variant="default" leftSection={<IconPlus size={17} />}>
            {t('app:newPost')}
          </ButtonLink>
        </Group>
      }
    >
      {t('home:today.emptyHint')}
    </Empty>
  );
}
