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
import { t } from '../../i18n/i18n.ts';
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
        <Empty icon={IconCalendarPlus} title={t('posts:empty.none')} action={<WriteWeekButton clientId={client.id} />}>
          {t('posts:empty.ofClient')}
        </Empty>
      </Panel>
    );
  }
  return (
    <Stack gap="sm">
      <PostDays posts={posts.data.items} withClient={false} zone={client.timezone} />
      <TextLink to="/pipeline" search={{ client: client.id }} size="sm" w="fit-content">
        {t('posts:client.searchAll', { client: client.name })}
      </TextLink>
    </Stack>
  );
}
