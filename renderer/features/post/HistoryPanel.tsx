import { Accordion, Group, Skeleton, Text, Timeline } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconPoint, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Activity } from '../../../shared/contract/admin.ts';
import type { Post } from '../../../shared/contract/pipeline.ts';
import { platformNames } from '../../../shared/domain/platform.ts';
import { orpc } from '../../api/client.ts';
import { formatDay, formatDayTime, withLocalTimes } from '../../components/format.ts';
import { PlatformIcon } from '../../components/PlatformIcon.tsx';
import { Panel } from '../../components/Panel.tsx';
import { wallTimeAt } from '../../components/zoned-time.ts';
import { actorName } from '../activity/actor-name.ts';

const looks: Record<Activity['level'], { color: string; icon: typeof IconPoint }> = {
  info: { color: 'gray', icon: IconPoint },
  warning: { color: 'orange', icon: IconAlertTriangle },
  error: { color: 'red', icon: IconX },
};

/** What happened to the post, and under it every attempt to publish it step by step. */
export function HistoryPanel({ post }: { post: Post }) {
  const activity = useQuery(orpc.logs.queryOptions({ input: { postId: post.id, limit: 50 } }));
  const isCreationLogged = activity.data?.items.some(({ kind }) => kind === 'post.created') ?? true;
  return (
    <Panel title="History">
      {activity.isPending && <Skeleton height={80} />}
      <Timeline bulletSize={20} lineWidth={2} active={-1}>
        {activity.data?.items.map((entry) => {
          const { color, icon: Icon } = entry.kind.endsWith('.published')
            ? { color: 'teal', icon: IconCheck }
            : looks[entry.level];
          return (
            <Timeline.Item key={entry.id} bullet={<Icon size={12} color={`var(--mantine-color-${color}-6)`} />}>
              <Text size="sm">{withLocalTimes(entry.message)}</Text>
              <Text size="xs" c="dimmed">
                {formatDayTime(entry.at)} · {actorName(entry.actor)}
              </Text>
            </Timeline.Item>
          );
        })}
        {!isCreationLogged && (
          <Timeline.Item bullet={<IconPoint size={12} />}>
            <Text size="sm">{post.source === 'ai' ? 'Written by AI' : 'Created'}</Text>
            <Text size="xs" c="dimmed">
              {formatDayTime(post.createdAt)}
            </Text>
          </Timeline.Item>
        )}
      </Timeline>
      <Attempts post={post} />
    </Panel>
  );
}

function Attempts({ post }: { post: Post }) {
  const attempts = useQuery(orpc.pipeline.logs.queryOptions({ input: { id: post.id } }));
  if (attempts.data === undefined || attempts.data.items.length === 0) return null;
  return (
    <Accordion variant="separated" mt="lg" multiple chevronPosition="left">
      {attempts.data.items.map((attempt) => (
        <Accordion.Item key={attempt.id} value={attempt.id}>
          <Accordion.Control icon={<PlatformIcon platform={attempt.platform} />}>
            <Text size="sm">
              {attempt.kind === 'first_comment' ? 'First comment on' : 'Publishing to'}{' '}
              {platformNames[attempt.platform]}, attempt {attempt.number}
            </Text>
            <Text size="xs" c={attempt.error ? 'red' : 'dimmed'}>
              {attempt.error === null ? formatDayTime(attempt.startedAt) : withLocalTimes(attempt.error)}
            </Text>
          </Accordion.Control>
          <Accordion.Panel>
            {attempt.events.map((event) => (
              <Group key={`${event.at} ${event.kind}`} gap="sm" wrap="nowrap" align="baseline" py={2}>
                <Text size="xs" c="dimmed" className="tabular" style={{ flexShrink: 0 }}>
                  {formatDay(event.at)} {seconds(event.at)}
                </Text>
                <Text size="xs">{withLocalTimes(event.detail) || event.kind}</Text>
              </Group>
            ))}
          </Accordion.Panel>
        </Accordion.Item>
      ))}
    </Accordion>
  );
}

/** `09:00:12`, on this computer's clock. */
function seconds(instant: string): string {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return `${wallTimeAt(instant, zone).slice(11)}:${instant.slice(17, 19)}`;
}
