import { Stack } from '@mantine/core';
import { IconCalendarPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { Client } from '../../../shared/contract/clients.ts';
import { orpc } from '../../api/client.ts';
import { Empty } from '../../components/Empty.tsx';
import { Failure } from '../../components/Failure.tsx';
import { LoadingRows } from '../../components/Loading.tsx';
import { TextLink } from '../../components/links.tsx';
import { Panel } from '../../components/Panel.tsx';
import { t } from '../../i18n/i18n.ts';
import { ShowMore } from '../media/ShowMore.tsx';
import { PostDays } from '../posts/PostDays.tsx';
import { dayFromToday, startOf } from '../posts/post-range.ts';
import { WriteWeekButton } from '../posts/WriteWeekButton.tsx';

/** Rows that are drawn before more are scrolled to. */
const pageSize = 40;

/** The client's posts of the last two weeks and everything ahead. */
export function ClientPostsTab({ client }: { client: Client }) {
  const from = startOf(dayFromToday(-14));
  const query = useInfiniteQuery(
    orpc.pipeline.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ clientId: client.id, from, cursor, limit: pageSize }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
    }),
  );
  if (query.isError) return <Failure error={query.error} retry={() => void query.refetch()} />;
  if (query.data === undefined) {
    return (
      <Panel flush>
        <LoadingRows rows={5} height={76} />
      </Panel>
    );
  }
  const posts = query.data.pages.flatMap(({ items }) => items);
  if (posts.length === 0) {
    return (
      <Panel>
        <Empty icon={IconCalendarPlus} title={t('posts:empty.none')} action={<WriteWeekButton clientId={client.id} />}>
          {t('posts:empty.ofClient')}
        </Empty>
      </Panel>
    );
  }
  return (
    <Stack gap="sm">
      <PostDays posts={posts} withClient={false} zone={client.timezone} />
      {query.hasNextPage && <ShowMore isLoading={query.isFetchingNextPage} onMore={() => void query.fetchNextPage()} />}
      <TextLink to="/pipeline" search={{ client: client.id }} size="sm" w="fit-content">
        {t('posts:client.searchAll', { client: client.name })}
      </TextLink>
    </Stack>
  );
}
