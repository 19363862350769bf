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
  IconPlayerPause,
  IconRefresh,
  IconSparkles,
  IconX,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { Post, Target } from '../../shared/contract/pipeline.ts';
import { platformNames } from '../../shared/domain/platform.ts';
import type { PostStatus, TargetStatus } from '../../shared/domain/post.ts';
import { PlatformIcon } from './PlatformIcon.tsx';
import classes from './status.module.css';
import { type Trouble, type TroubleKind, troubleOf, worstTroubleOf } from './trouble.ts';
import { useNow } from './use-now.ts';

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

/** What is on its way and met with something looks different from what simply is on its way. */
const detours: Partial<Record<TroubleKind, Omit<Look, 'label'>>> = {
  risk: { color: 'orange', icon: IconAlertTriangle },
  retrying: { color: 'orange', icon: IconRefresh },
  confirming: { color: 'blue', icon: IconCircleDashed },
  waiting: { color: 'gray', icon: IconPlayerPause },
};

function detour(trouble: Trouble | null): Look | null {
  const look = trouble === null ? undefined : detours[trouble.kind];
  return trouble === null || look === undefined ? null : { ...look, label: trouble.label };
}

export function PostStatusBadge({ post }: { post: Post }) {
  const { status } = post;
  const now = useNow();
  const isUnderWay = status === 'approved' || status === 'publishing';
  const look = (isUnderWay ? detour(worstTroubleOf(post, now)) : null) ?? postStatusLooks[status];
  const { label, color, icon: Icon } = look;
  return (
    <Badge color={color} leftSection={<Icon size={13} />} style={{ flexShrink: 0 }} data-status={status}>
      {label}
    </Badge>
  );
}

/** A network's mark with a dot for how far it is; the words are in the tooltip and for screen readers. */
function TargetMark({ post, target }: { post: Post; target: Target }) {
  const trouble = troubleOf(post, target, useNow());
  const { meaning } = targetStatusLooks[target.status];
  const { label, color } = detour(trouble) ?? targetStatusLooks[target.status];
  const name = `${platformNames[target.platform]}, ${target.accountName}: ${label}`;
  return (
    <Tooltip label={`${name}. ${trouble?.happened ?? meaning}`}>
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

export function TargetMarks({ post }: { post: Post }) {
  return (
    <Group gap={6} wrap="nowrap">
      {post.targets.map((target) => (
        <TargetMark key={target.id} post={post} target={target} />
      ))}
      {post.targets.length === 0 && (
        <Text size="xs" c="dimmed">
          No account
        </Text>
      )}
    </Group>
  );
}

export function TargetStatusBadge({ target, trouble }: { target: Target; trouble: Trouble | null }) {
  const { meaning } = targetStatusLooks[target.status];
  const { label, color, icon: Icon } = detour(trouble) ?? targetStatusLooks[target.status];
  return (
    <Tooltip label={trouble?.did ?? meaning}>
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
