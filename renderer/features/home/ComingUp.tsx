import { Group, Title } from '@mantine/core';
import { IconCalendarPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { orpc } from '../../api/client.ts';
import { Empty } from '../../components/Empty.tsx';
import { Failure } from '../../components/Failure.tsx';
import { LoadingRows } from '../../components/Loading.tsx';
import { TextLink } from '../../components/links.tsx';
import { Panel } from '../../components/Panel.tsx';
import { t } from '../../i18n/i18n.ts';
import { PostDays } from '../posts/PostDays.tsx';
import { dayFromToday, startOf } from '../posts/post-range.ts';
import { WriteWeekButton } from '../posts/WriteWeekButton.tsx';

const most = 12;
const days = 6;

/** What goes out on the days after today, across all clients: the first of it, and the way to the rest. */
export function ComingUp() {
  const [from, to] = [dayFromToday(1), dayFromToday(days)];
  const posts = useQuery(
    orpc.pipeline.list.queryOptions({
      input: { from: startOf(from), to: startOf(dayFromToday(days + 1)), limit: most * 2 },
      placeholderData: (before) => before,
    }),
  );
  const planned = posts.data?.items.filter(({ status }) => status !== 'rejected').slice(0, most);
  return (
    <section>
      <Group justify="space-between" mb="sm">
        <Title order={2}>{t('home:comingUp.title')}</Title>
        <TextLink to="/pipeline" search={{ from, to }} size="sm">
          {t('home:comingUp.all')}
        </TextLink>
      </Group>
      {posts.isPending && (
        <Panel flush>
          <LoadingRows rows={4} height={76} />
        </Panel>
      )}
      {posts.isError && <Failure error={posts.error} retry={() => void posts.refetch()} />}
      {planned?.length === 0 && (
        <Panel>
          <Empty icon={IconCalendarPlus} title={t('home:comingUp.empty')} action={<WriteWeekButton />} compact>
            {t('home:comingUp.emptyHint')}
          </Empty>
        </Panel>
      )}
      {planned !== undefined && planned.length > 0 && <PostDays posts={planned} />}
    </section>
  );
}
