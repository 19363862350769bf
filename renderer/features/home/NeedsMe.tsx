import { Box, Group, Skeleton, Text, ThemeIcon } from '@mantine/core';
import {
  IconAlertTriangle,
  IconChecklist,
  IconCircleCheck,
  IconClockExclamation,
  IconHelp,
  IconPencil,
  IconPlugConnectedX,
  IconX,
} from '@tabler/icons-react';
import { useQueries, useQuery } from '@tanstack/react-query';
import type { ComponentType, ReactNode } from 'react';
import type { Client } from '../../../shared/contract/clients.ts';
import type { Post } from '../../../shared/contract/pipeline.ts';
import { platformNames } from '../../../shared/domain/platform.ts';
import { orpc } from '../../api/client.ts';
import { Failure } from '../../components/Failure.tsx';
import { count, formatRelative } from '../../components/format.ts';
import { ButtonLink } from '../../components/links.tsx';
import { Panel } from '../../components/Panel.tsx';
import { worstTroubleOf } from '../../components/trouble.ts';
import { useNow } from '../../components/use-now.ts';
import { t } from '../../i18n/i18n.ts';
import { type NeedKind, needKinds, needOf } from '../posts/needs.ts';
import classes from './home.module.css';

/** Everything that waits for a person, the most pressing first, each with the way to deal with it. */
export function NeedsMe({ clients }: { clients: readonly Client[] | undefined }) {
  const now = useNow();
  const stats = useQuery(orpc.stats.queryOptions());
  const troubled = useQuery(
    orpc.pipeline.list.queryOptions({ input: { status: ['held', 'failed', 'partly_published'], limit: 200 } }),
  );
  const accounts = useQueries({
    queries: (clients ?? []).map(({ id }) => orpc.accounts.list.queryOptions({ input: { id } })),
    combine: (results) => results.flatMap((result) => result.data?.items ?? []),
  });
  const lost = accounts.filter(({ status }) => status === 'reconnect');
  const reviews = stats.data?.posts.in_review ?? 0;
  const needs = Map.groupBy(troubled.data?.items ?? [], (post) => needOf(post, now));
  const isLoading = stats.isPending || troubled.isPending;
  const error = stats.error ?? troubled.error;
  const isQuiet =
    !isLoading && error === null && reviews === 0 && lost.length === 0 && needKinds.every((kind) => !needs.has(kind));

  // What is at risk has a card of its own, and nobody is told then that all is well.
  if (isQuiet && (stats.data?.postsAtRisk ?? 0) > 0) return null;
  return (
    <Panel title="Needs you" flush data-testid="needs-me">
      {isLoading && <Skeleton height={56} m="lg" w="auto" />}
      {error !== null && <Failure error={error} />}
      {needKinds.map((kind) => {
        const posts = needs.get(kind);
        return posts && <PostsNeed key={kind} kind={kind} posts={posts} now={now} />;
      })}
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
      {isQuiet && <Quiet nextDueAt={stats.data?.nextDueAt ?? null} />}
    </Panel>
  );
}

const needIcons: Record<NeedKind, { icon: ComponentType<{ size?: number; stroke?: number }>; color: string }> = {
  unclear: { icon: IconHelp, color: 'orange' },
  account: { icon: IconAlertTriangle, color: 'orange' },
  content: { icon: IconPencil, color: 'orange' },
  missed: { icon: IconClockExclamation, color: 'orange' },
  failed: { icon: IconX, color: 'red' },
};

/** Posts that wait for the same kind of decision: one leads to it, several to their list. */
function PostsNeed({ kind, posts, now }: { kind: NeedKind; posts: readonly Post[]; now: number }) {
  const { icon, color } = needIcons[kind];
  const [first] = posts;
  const isOne = posts.length === 1;
  const names = new Intl.ListFormat('en').format(new Set(posts.map(({ clientName }) => clientName)));
  const trouble = isOne && first !== undefined ? worstTroubleOf(first, now) : null;
  return (
    <Need
      icon={icon}
      color={color}
      title={t(`posts:need.${kind}.found`, { count: posts.length })}
      data-need={kind}
      action={
        isOne && first !== undefined ? (
          <ButtonLink to="/posts/$id" params={{ id: first.id }} variant="default" size="xs">
            {kind === 'failed' ? 'Look at it' : 'Decide'}
          </ButtonLink>
        ) : (
          <ButtonLink to="/pipeline" search={{ show: 'attention', need: kind }} variant="default" size="xs">
            See all
          </ButtonLink>
        )
      }
    >
      <b>{names}.</b> {trouble?.happened ?? t(`posts:need.${kind}.hint`)}
    </Need>
  );
}

/** One thing that waits for a person, and the way to deal with it. */
export function Need({
  icon: Icon,
  color,
  title,
  action,
  children,
  ...rest
}: {
  icon: ComponentType<{ size?: number; stroke?: number }>;
  color: string;
  title: string;
  action: ReactNode;
  children?: ReactNode;
  'data-need'?: NeedKind;
}) {
  return (
    <Group className={classes.need} wrap="nowrap" gap="md" {...rest}>
      <ThemeIcon variant="light" color={color} size={38} radius="xl">
        <Icon size={20} stroke={1.7} />
      </ThemeIcon>
      <Box flex={1} style={{ minWidth: 0 }}>
        <Text fw={600} size="sm">
          {title}
        </Text>
        {children && (
          <Text size="sm" c="dimmed" lineClamp={2}>
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
