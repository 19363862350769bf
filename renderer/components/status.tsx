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
import { t, type WordKey } from '../i18n/i18n.ts';
import { PlatformIcon } from './PlatformIcon.tsx';
import classes from './status.module.css';
import { type Trouble, type TroubleKind, troubleOf, worstTroubleOf } from './trouble.ts';
import { useNow } from './use-now.ts';

interface Look {
  label: WordKey;
  color: string;
  icon: ComponentType<{ size?: number | string }>;
}

export const postStatusLooks: Record<PostStatus, Look> = {
  draft: { label: 'common:postStatus.draft', color: 'gray', icon: IconPencil },
  generating: { label: 'common:postStatus.generating', color: 'grape', icon: IconSparkles },
  in_review: { label: 'common:postStatus.inReview', color: 'iris', icon: IconEye },
  approved: { label: 'common:postStatus.approved', color: 'cyan', icon: IconCalendarCheck },
  publishing: { label: 'common:postStatus.publishing', color: 'blue', icon: IconLoader2 },
  published: { label: 'common:postStatus.published', color: 'teal', icon: IconCheck },
  partly_published: { label: 'common:postStatus.partlyPublished', color: 'orange', icon: IconAlertTriangle },
  failed: { label: 'common:postStatus.failed', color: 'red', icon: IconX },
  rejected: { label: 'common:postStatus.rejected', color: 'gray', icon: IconX },
  held: { label: 'common:postStatus.held', color: 'orange', icon: IconAlertTriangle },
};

export const targetStatusLooks: Record<TargetStatus, Look & { meaning: WordKey }> = {
  pending: look('pending', 'gray', IconClock),
  publishing: look('publishing', 'blue', IconLoader2),
  confirming: look('confirming', 'blue', IconCircleDashed),
  published: look('published', 'teal', IconCheck),
  delivered: look('delivered', 'teal', IconInbox),
  held: look('held', 'orange', IconAlertTriangle),
  failed: look('failed', 'red', IconX),
  dropped: look('dropped', 'gray', IconX),
};

function look(status: TargetStatus, color: string, icon: Look['icon']) {
  return {
    label: `common:targetStatus.${status}`,
    meaning: `common:targetMeaning.${status}`,
    color,
    icon,
  } as const;
}

/** What is on its way and met with something looks different from what simply is on its way. */
const detours: Partial<Record<TroubleKind, Omit<Look, 'label'>>> = {
  risk: { color: 'orange', icon: IconAlertTriangle },
  retrying: { color: 'orange', icon: IconRefresh },
  confirming: { color: 'blue', icon: IconCircleDashed },
  waiting: { color: 'gray', icon: IconPlayerPause },
};

/** How a status looks and what it says, or what its trouble does in its place. */
function shown(status: Look, trouble: Trouble | null): Omit<Look, 'label'> & { label: string } {
  const look = trouble === null ? undefined : detours[trouble.kind];
  return trouble === null || look === undefined
    ? { ...status, label: t(status.label) }
    : { ...look, label: trouble.label };
}

export function PostStatusBadge({ post }: { post: Post }) {
  const { status } = post;
  const now = useNow();
  const isUnderWay = status === 'approved' || status === 'publishing';
  const trouble = isUnderWay ? worstTroubleOf(post, now) : null;
  const { label, color, icon: Icon } = shown(postStatusLooks[status], trouble);
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
  const { label, color } = shown(targetStatusLooks[target.status], trouble);
  const name = t('common:targetStatus.ofAccount', {
    network: platformNames[target.platform],
    account: target.accountName,
    status: label,
  });
  return (
    <Tooltip label={t('common:targetStatus.withMeaning', { status: name, meaning: trouble?.happened ?? t(meaning) })}>
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
          {t('common:noAccount')}
        </Text>
      )}
    </Group>
  );
}

export function TargetStatusBadge({ target, trouble }: { target: Target; trouble: Trouble | null }) {
  const { meaning } = targetStatusLooks[target.status];
  const { label, color, icon: Icon } = shown(targetStatusLooks[target.status], trouble);
  return (
    <Tooltip label={trouble?.did ?? t(meaning)}>
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
