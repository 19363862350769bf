import { Group, Title } from '@mantine/core';
import { IconCalendarPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { orpc } from '../../api/client.ts';
import { Empty } from '../../components/Empty.tsx';
import { Failure } from '../../components/Failure.tsx';
import { LoadingRows } from '../../components/Loading.tsx';
import { TextLink } from '../../components/links.tsx';
import { Panel } from '../../components/Panel.tsx';
import { PostDays } from '../posts/PostDays.tsx';
import { dayFromToday, startOf } from '../posts/post-range.ts';
import { WriteWeekButton } from '../posts/WriteWeekButton.tsx';

/** Today and the next six days across all clients. */
export function ComingUp() {
  const posts = useQuery(
    orpc.pipeline.list.queryOptions({
      input: { from: startOf(dayFromToday(0)), to: startOf(dayFromToday(7)), limit: 60 },
      placeholderData: (before) => before,
    }),
  );
  const planned = posts.data?.items.filter(({ status }) => status !== 'rejected');
  return (
    <section>
      <Group justify="space-between" mb="sm">
        <Title order={2}>Today and coming up</Title>
        <TextLink to="/pipeline" size="sm">
          All posts
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
          <Empty icon={IconCalendarPlus} title="Nothing planned for this week" action={<WriteWeekButton />} compact>
            Have the AI write the coming days of a client from its brand and rules.
          </Empty>
        </Panel>
      )}
      {planned !== undefined && planned.length > 0 && <PostDays posts={planned} />}
    </section>
  );
}
