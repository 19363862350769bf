import { Anchor, Box, Group, Stack, Text } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import type { Post, Target } from '../../../shared/contract/pipeline.ts';
import { platformNames } from '../../../shared/domain/platform.ts';
import { formatDayTime, formatRelative } from '../../components/format.ts';
import { PlatformIcon } from '../../components/PlatformIcon.tsx';
import { Panel } from '../../components/Panel.tsx';
import { TargetStatusBadge } from '../../components/status.tsx';
import { useNow } from '../../components/use-now.ts';

/** Where the post goes, and how far it is on each account. */
export function TargetsPanel({ post }: { post: Post }) {
  return (
    <Panel title="Where it goes">
      <Stack gap="md">
        {post.targets.map((target) => (
          <TargetRow key={target.id} target={target} zone={post.timezone} />
        ))}
        {post.targets.length === 0 && (
          <Text size="sm" c="dimmed">
            No account yet.
          </Text>
        )}
      </Stack>
    </Panel>
  );
}

function TargetRow({ target, zone }: { target: Target; zone: string }) {
  const now = useNow();
  return (
    <Group wrap="nowrap" align="flex-start" gap="sm">
      <PlatformIcon platform={target.platform} size={21} />
      <Box flex={1} style={{ minWidth: 0 }}>
        <Text size="sm" fw={550} lh={1.4}>
          {target.accountName}{' '}
          <Text span c="dimmed" inherit fw={400}>
            {platformNames[target.platform]}
          </Text>
        </Text>
        {target.error && (
          <Text size="sm" c="red">
            {target.error.message}
          </Text>
        )}
        {target.publishedAt && (
          <Text size="xs" c="dimmed">
            {formatDayTime(target.publishedAt, zone)}
          </Text>
        )}
        {target.nextAttemptAt && Date.parse(target.nextAttemptAt) > now && (
          <Text size="xs" c="dimmed">
            Next try {formatRelative(target.nextAttemptAt, now)}
          </Text>
        )}
      </Box>
      {target.permalink && (
        <Anchor href={target.permalink} target="_blank" rel="noreferrer" size="sm" style={{ whiteSpace: 'nowrap' }}>
          Open <IconExternalLink size={13} aria-hidden />
        </Anchor>
      )}
      <TargetStatusBadge target={target} />
    </Group>
  );
}
