import { Anchor, Box, Group, Stack, Text } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import type { Post, Target } from '../../../shared/contract/pipeline.ts';
import { platformNames } from '../../../shared/domain/platform.ts';
import { isStory } from '../../../shared/domain/story.ts';
import { formatDayTime, withLocalTimes } from '../../components/format.ts';
import { PlatformIcon } from '../../components/PlatformIcon.tsx';
import { Panel } from '../../components/Panel.tsx';
import { TargetStatusBadge } from '../../components/status.tsx';
import { lateness, needsPerson, troubleOf } from '../../components/trouble.ts';
import { t } from '../../i18n/i18n.ts';
import { useNow } from '../../components/use-now.ts';

/** Where the post goes, and how far it is on each account. */
export function TargetsPanel({ post }: { post: Post }) {
  return (
    <Panel title={t('post:targets.title')}>
      <Stack gap="md">
        {post.targets.map((target) => (
          <TargetRow key={target.id} post={post} target={target} />
        ))}
        {post.targets.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('post:targets.none')}
          </Text>
        )}
      </Stack>
    </Panel>
  );
}

function TargetRow({ post, target }: { post: Post; target: Target }) {
  const now = useNow();
  const trouble = troubleOf(post, target, now);
  const late = target.publishedAt === null ? null : lateness(post.scheduledFor, target.publishedAt);
  const publishedAt = target.publishedAt === null ? '' : formatDayTime(target.publishedAt, post.timezone);
  return (
    <Group wrap="nowrap" align="flex-start" gap="sm">
      <PlatformIcon platform={target.platform} size={21} />
      <Box flex={1} style={{ minWidth: 0 }}>
        <Text size="sm" fw={550} lh={1.4}>
          {target.accountName}{' '}
          <Text span c="dimmed" inherit fw={400}>
            {isStory(target.options)
              ? t('composer:story.on', { network: platformNames[target.platform] })
              : platformNames[target.platform]}
          </Text>
        </Text>
        {trouble !== null && needsPerson(trouble) && (
          <Text size="xs" c="orange">
            {trouble.label}
          </Text>
        )}
        {trouble === null && target.error && (
          <Text size="xs" c="orange">
            {withLocalTimes(target.error.message)}
          </Text>
        )}
        {target.publishedAt && (
          <Text size="xs" c="dimmed">
            {late === null ? publishedAt : t('post:targets.lateTime', { when: publishedAt, late })}
          </Text>
        )}
      </Box>
      {target.permalink && (
        <Anchor href={target.permalink} target="_blank" rel="noreferrer" size="sm" style={{ whiteSpace: 'nowrap' }}>
          {t('common:action.open')} <IconExternalLink size={13} aria-hidden />
        </Anchor>
      )}
      <TargetStatusBadge target={target} trouble={trouble} />
    </Group>
  );
}
