import { Box, Group, Skeleton, Text, ThemeIcon } from '@mantine/core';
import { IconAlertTriangle, IconChecklist, IconCircleCheck, IconPlugConnectedX, IconX } from '@tabler/icons-react';
import { useQueries, useQuery } from '@tanstack/react-query';
import type { ComponentType, ReactNode } from 'react';
import type { Client } from '../../../shared/contract/clients.ts';
import type { Post } from '../../../shared/contract/pipeline.ts';
import { platformNames } from '../../../shared/domain/platform.ts';
import { orpc } from '../../api/client.ts';
import { count, formatRelative } from '../../components/format.ts';
import { ButtonLink } from '../../components/links.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useNow } from '../../components/use-now.ts';
import classes from './home.module.css';

const mostShown = 5;

/** Everything that waits for a person, the most pressing first, each with the way to deal with it. */
export function NeedsMe({ clients }: { clients: readonly Client[] | undefined }) {
  const stats = useQuery(orpc.stats.queryOptions());
  const troubled = useQuery(
    orpc.pipeline.list.queryOptions({ input: { status: ['held', 'failed', 'partly_published'], limit: 50 } }),
  );
  const accounts = useQueries({
    queries: (clients ?? []).map(({ id }) => orpc.accounts.list.queryOptions({ input: { id } })),
    combine: (results) => results.flatMap((result) => result.data?.items ?? []),
  });
  const lost = accounts.filter(({ status }) => status === 'reconnect');
  const reviews = stats.data?.posts.in_review ?? 0;
  const posts = [...(troubled.data?.items ?? [])].reverse();
  const isLoading = stats.isPending || troubled.isPending;
  const isQuiet = !isLoading && reviews === 0 && posts.length === 0 && lost.length === 0;

  return (
    <Panel title="Needs you" flush data-testid="needs-me">
      {isLoading && <Skeleton height={56} m="lg" w="auto" />}
      {reviews > 0 && (
        <Need
          icon={IconChecklist}
          color="iris"
          title={`${count(reviews, 'post waits', 'posts wait')} for your review`}
          action={<ButtonLink to="/review">Start reviewing</ButtonLink>}
        >
          Nothing goes out before somebody approves it.
        </Need>
      )}
      {posts.slice(0, mostShown).map((post) => (
        <PostNeed key={post.id} post={post} />
      ))}
      {posts.length > mostShown && (
        <Need
          icon={IconAlertTriangle}
          color="orange"
          title={`${posts.length - mostShown} more posts need a decision`}
          action={
            <ButtonLink to="/pipeline" search={{ show: 'attention' }} variant="default" size="xs">
              See all
            </ButtonLink>
          }
        />
      )}
      {lost.map((account) => (
        <Need
          key={account.id}
          icon={IconPlugConnectedX}
          color="red"
          title={`${account.displayName} on ${platformNames[account.platform]} must be connected again`}
          action={
            <ButtonLink
              to="/clients/$id"
              params={{ id: account.clientId }}
              search={{ tab: 'accounts' }}
              variant="default"
              size="xs"
            >
              Reconnect
            </ButtonLink>
          }
        >
          {account.statusReason ?? 'Posts to it wait until then.'}
        </Need>
      ))}
      {isQuiet && <Quiet nextDueAt={stats.data?.nextDueAt ?? null} />}
    </Panel>
  );
}

function PostNeed({ post }: { post: Post }) {
  const held = post.status === 'held';
  const failed = post.targets.filter(({ status }) => status === 'failed');
  const where = new Intl.ListFormat('en').format(failed.map(({ platform }) => platformNames[platform]));
  return (
    <Need
      icon={held ? IconAlertTriangle : IconX}
      color={held ? 'orange' : 'red'}
      title={
        held
          ? `${post.clientName}: a post needs your decision`
          : `${post.clientName}: a post failed on ${where || 'its networks'}`
      }
      action={
        <ButtonLink to="/posts/$id" params={{ id: post.id }} variant="default" size="xs">
          {held ? 'Decide' : 'Look at it'}
        </ButtonLink>
      }
    >
      {post.heldReason ?? failed[0]?.error?.message ?? post.caption}
    </Need>
  );
}

function Need({
  icon: Icon,
  color,
  title,
  action,
  children,
}: {
  icon: ComponentType<{ size?: number; stroke?: number }>;
  color: string;
  title: string;
  action: ReactNode;
  children?: ReactNode;
}) {
  return (
    <Group className={classes.need} wrap="nowrap" gap="md">
      <ThemeIcon variant="light" color={color} size={38} radius="xl">
        <Icon size={20} stroke={1.7} />
      </ThemeIcon>
      <Box flex={1} style={{ minWidth: 0 }}>
        <Text fw={600} size="sm">
          {title}
        </Text>
        {children && (
          <Text size="sm" c="dimmed" lineClamp={1}>
            {children}
          </Text>
        )}
      </Box>
      <Box style={{ flexShrink: 0 }}>{action}</Box>
    </Group>
  );
}

function Quiet({ nextDueAt }: { nextDueAt: string | null }) {
  const now = useNow();
  return (
    <Group className={classes.need} gap="md" wrap="nowrap">
      <ThemeIcon variant="light" color="teal" size={38} radius="xl">
        <IconCircleCheck size={20} stroke={1.7} />
      </ThemeIcon>
      <div>
        <Text fw={600} size="sm">
          Nothing needs you
        </Text>
        <Text size="sm" c="dimmed">
          {nextDueAt === null ? 'No post is scheduled.' : `The next post goes out ${formatRelative(nextDueAt, now)}.`}
        </Text>
      </div>
    </Group>
  );
}
