import { Badge, Group, Text, Tooltip } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCalendarCheck,
  IconCheck,
  IconCircleDashed,
  IconClock,
  IconEye,
  IconInbox,
  IconLoader2,
  IconPencil,
  IconSparkles,
  IconX,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { Target } from '../../shared/contract/pipeline.ts';
import { platformNames } from '../../shared/domain/platform.ts';
import type { PostStatus, TargetStatus } from '../../shared/domain/post.ts';
import { PlatformIcon } from './PlatformIcon.tsx';
import classes from './status.module.css';

interface Look {
  label: string;
  color: string;
  icon: ComponentType<{ size?: number | string }>;
}

export const postStatusLooks: Record<PostStatus, Look> = {
  draft: { label: 'Draft', color: 'gray', icon: IconPencil },
  generating: { label: 'Being written', color: 'grape', icon: IconSparkles },
  in_review: { label: 'To review', color: 'iris', icon: IconEye },
  approved: { label: 'Scheduled', color: 'cyan', icon: IconCalendarCheck },
  publishing: { label: 'Publishing', color: 'blue', icon: IconLoader2 },
  published: { label: 'Published', color: 'teal', icon: IconCheck },
  partly_published: { label: 'Partly published', color: 'orange', icon: IconAlertTriangle },
  failed: { label: 'Failed', color: 'red', icon: IconX },
  rejected: { label: 'Rejected', color: 'gray', icon: IconX },
  held: { label: 'Needs you', color: 'orange', icon: IconAlertTriangle },
};

export const targetStatusLooks: Record<TargetStatus, Look & { meaning: string }> = {
  pending: { label: 'Waiting', color: 'gray', icon: IconClock, meaning: 'Goes out when its time comes.' },
  publishing: { label: 'Publishing', color: 'blue', icon: IconLoader2, meaning: 'On its way right now.' },
  confirming: {
    label: 'Confirming',
    color: 'blue',
    icon: IconCircleDashed,
    meaning: 'Sent. Waiting for the network to say how it ended; nothing is sent again.',
  },
  published: { label: 'Live', color: 'teal', icon: IconCheck, meaning: 'Live, seen on the network.' },
  delivered: {
    label: 'In the TikTok inbox',
    color: 'teal',
    icon: IconInbox,
    meaning: 'Waits in the creator’s TikTok app to be finished there.',
  },
  held: { label: 'Needs you', color: 'orange', icon: IconAlertTriangle, meaning: 'A person must decide.' },
  failed: { label: 'Failed', color: 'red', icon: IconX, meaning: 'The network refused it.' },
  dropped: { label: 'Dropped', color: 'gray', icon: IconX, meaning: 'Somebody decided not to send it.' },
};

export function PostStatusBadge({ status }: { status: PostStatus }) {
  const { label, color, icon: Icon } = postStatusLooks[status];
  return (
    <Badge color={color} leftSection={<Icon size={13} />} style={{ flexShrink: 0 }} data-status={status}>
      {label}
    </Badge>
  );
}

/** A network's mark with a dot for how far it is; the words are in the tooltip and for screen readers. */
export function TargetMark({ target }: { target: Target }) {
  const { label, color, meaning } = targetStatusLooks[target.status];
  const name = `${platformNames[target.platform]}, ${target.accountName}: ${label}`;
  return (
    <Tooltip label={`${name}. ${target.error?.message ?? meaning}`}>
      <span
        className={classes.mark}
        role="img"
        aria-label={name}
        data-testid={`target-status-${target.platform}`}
        data-status={target.status}
      >
        <PlatformIcon platform={target.platform} size={19} />
        <span className={classes.dot} style={{ background: `var(--mantine-color-${color}-6)` }} />
      </span>
    </Tooltip>
  );
}

export function TargetMarks({ targets }: { targets: readonly Target[] }) {
  return (
    <Group gap={6} wrap="nowrap">
      {targets.map((target) => (
        <TargetMark key={target.id} target={target} />
      ))}
      {targets.length === 0 && (
        <Text size="xs" c="dimmed">
          No account
        </Text>
      )}
    </Group>
  );
}

export function TargetStatusBadge({ target }: { target: Target }) {
  const { label, color, icon: Icon, meaning } = targetStatusLooks[target.status];
  return (
    <Tooltip label={meaning}>
      <Badge
        color={color}
        leftSection={<Icon size={13} />}
        data-testid={`target-status-${target.platform}`}
        data-status={target.status}
      >
        {label}
      </Badge>
    </Tooltip>
  );
}
