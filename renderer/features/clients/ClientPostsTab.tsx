import { Stack } from '@mantine/core';
import { IconCalendarPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Client } from '../../../shared/contract/clients.ts';
import { orpc } from '../../api/client.ts';
import { Empty } from '../../components/Empty.tsx';
import { Failure } from '../../components/Failure.tsx';
import { LoadingRows } from '../../components/Loading.tsx';
import { TextLink } from '../../components/links.tsx';
import { Panel } from '../../components/Panel.tsx';
import { PostDays } from '../posts/PostDays.tsx';
import { dayFromToday, startOf } from '../posts/post-range.ts';
import { WriteWeekButton } from '../posts/WriteWeekButton.tsx';

/** The client's posts of the last two weeks and everything ahead. */
export function ClientPostsTab({ client }: { client: Client }) {
  const posts = useQuery(
    orpc.pipeline.list.queryOptions({
      input: { clientId: client.id, from: startOf(dayFromToday(-14)), limit: 200 },
    }),
  );
  if (posts.isError) return <Failure error={posts.error} retry={() => void posts.refetch()} />;
  if (posts.data === undefined) {
    return (
      <Panel flush>
        <LoadingRows rows={5} height={76} />
      </Panel>
    );
  }
  if (posts.data.items.length === 0) {
    return (
      <Panel>
        <Empty icon={IconCalendarPlus} title="No posts yet" action={<WriteWeekButton clientId={client.id} />}>
          The AI writes the coming days from this client’s brand and rules.
        </Empty>
      </Panel>
    );
  }
  return (
    <Stack gap="sm">
      <PostDays posts={posts.data.items} withClient={false} zone={client.timezone} />
      <TextLink to="/pipeline" search={{ client: client.id }} size="sm" w="fit-content">
        Search and filter all posts of {client.name}
      </TextLink>
    </Stack>
  );
}
