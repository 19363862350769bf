import { Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { orpc } from '../../api/client.ts';
import { formatDay } from '../../components/format.ts';
import { TextLink } from '../../components/links.tsx';
import { MediaThumb } from '../../components/MediaThumb.tsx';
import { Panel } from '../../components/Panel.tsx';
import { TargetMarks } from '../../components/status.tsx';
import { t } from '../../i18n/i18n.ts';
import { dayFromToday, startOf } from '../posts/post-range.ts';
import classes from './clients.module.css';

const mostShown = 4;

/** The client's posts that went out last; nothing while there are none. */
export function LastResults({ clientId }: { clientId: string }) {
  const posts = useQuery(
    orpc.pipeline.list.queryOptions({
      input: {
        clientId,
        status: ['published', 'partly_published'],
        from: startOf(dayFromToday(-30)),
        order: 'latest',
        limit: mostShown,
      },
    }),
  );
  const last = posts.data?.items ?? [];
  if (last.length === 0) return null;
  return (
    <Panel
      flush
      title={t('clients:results.title')}
      actions={
        <TextLink to="/clients/$id" params={{ id: clientId }} search={{ tab: 'insights' }} size="sm">
          {t('clients:results.insights')}
        </TextLink>
      }
    >
      {last.map((post) => (
        <Group key={post.id} className={classes.need} gap="sm" wrap="nowrap" pos="relative">
          <MediaThumb media={post.media[0]} size={38} />
          <div style={{ flex: 1, minWidth: 0 }}>
            <Link to="/posts/$id" params={{ id: post.id }} className={classes.result}>
              {post.caption}
            </Link>
            <Text size="xs" c="dimmed">
              {formatDay(post.scheduledFor, post.timezone)}
            </Text>
          </div>
          <TargetMarks post={post} />
        </Group>
      ))}
    </Panel>
  );
}
