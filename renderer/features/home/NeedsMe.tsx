import { Skeleton } from '@mantine/core';
import {
  type Icon,
  IconAlertTriangle,
  IconChecklist,
  IconCircleCheck,
  IconClockExclamation,
  IconHelp,
  IconPencil,
  IconX,
} from '@tabler/icons-react';
import { useQueries, useQuery } from '@tanstack/react-query';
import type { Account } from '../../../shared/contract/accounts.ts';
import type { Post } from '../../../shared/contract/pipeline.ts';
import { orpc } from '../../api/client.ts';
import { Failure } from '../../components/Failure.tsx';
import { formatList, formatRelative } from '../../components/format.ts';
import { ButtonLink } from '../../components/links.tsx';
import { Panel } from '../../components/Panel.tsx';
import { worstTroubleOf } from '../../components/trouble.ts';
import { useNow } from '../../components/use-now.ts';
import { t } from '../../i18n/i18n.ts';
import { type NeedKind, needKinds, needOf, waitingStatuses } from '../../../shared/domain/need.ts';
import { AccountNeeds } from './AccountNeeds.tsx';
import { BudgetNeeds } from './BudgetNeeds.tsx';
import { Need } from './Need.tsx';

/** Everything that waits for a person, the most pressing first, each with the way to deal with it. */
export function NeedsMe() {
  const now = useNow();
  const stats = useQuery(orpc.stats.queryOptions());
  const troubled = useQuery(orpc.pipeline.list.queryOptions({ input: { status: [...waitingStatuses], limit: 200 } }));
  const accounts = useAccountsToConnect();
  const reviews = stats.data?.posts.in_review ?? 0;
  const budgets = stats.data?.budgets ?? [];
  const counted = useQuery(orpc.pipeline.needs.queryOptions({ input: {} }));
  const needs = Map.groupBy(troubled.data?.items ?? [], needOf);
  const countOf = (kind: NeedKind) => counted.data?.needs[kind] ?? needs.get(kind)?.length ?? 0;
  const isLoading = stats.isPending || troubled.isPending;
  const error = stats.error ?? troubled.error;
  const isQuiet =
    !isLoading &&
    error === null &&
    reviews === 0 &&
    accounts.length === 0 &&
    budgets.length === 0 &&
    needKinds.every((kind) => countOf(kind) === 0);

  // What is at risk has a card of its own, and nobody is told then that all is well.
  if (isQuiet && (stats.data?.postsAtRisk ?? 0) > 0) return null;
  return (
    <Panel title={t('home:needs.title')} flush data-testid="needs-me">
      {isLoading && <Skeleton height={56} m="lg" w="auto" />}
      {error !== null && <Failure error={error} />}
      {needKinds.map((kind) => {
        const count = countOf(kind);
        return count > 0 && <PostsNeed key={kind} kind={kind} count={count} posts={needs.get(kind) ?? []} now={now} />;
      })}
      <AccountNeeds accounts={accounts} now={now} />
      <BudgetNeeds budgets={budgets} />
      {reviews > 0 && (
        <Need
          icon={IconChecklist}
          color="iris"
          title={t('home:needs.review', { count: reviews })}
          action={<ButtonLink to="/review">{t('home:needs.startReview')}</ButtonLink>}
        >
          {t('home:needs.reviewHint')}
        </Need>
      )}
      {isQuiet && <Quiet nextDueAt={stats.data?.nextDueAt ?? null} now={now} />}
    </Panel>
  );
}

/** Accounts that are lost or run out; only their clients are asked about them. */
function useAccountsToConnect(): Account[] {
  const clients = useQuery(orpc.clients.glance.queryOptions());
  const concerned = clients.data?.items.filter((client) => client.accounts.some(isToConnect)) ?? [];
  return useQueries({
    queries: concerned.map(({ id }) => orpc.accounts.list.queryOptions({ input: { id } })),
    combine: (results) => results.flatMap((result) => result.data?.items ?? []).filter(isToConnect),
  });
}

function isToConnect({ status }: Pick<Account, 'status'>): boolean {
  return status !== 'connected';
}

const needIcons: Record<NeedKind, { icon: Icon; color: string }> = {
  unclear: { icon: IconHelp, color: 'orange' },
  account: { icon: IconAlertTriangle, color: 'orange' },
  content: { icon: IconPencil, color: 'orange' },
  missed: { icon: IconClockExclamation, color: 'orange' },
  failed: { icon: IconX, color: 'red' },
};

/** Posts that wait for the same kind of decision: one leads to it, several to their list. */
function PostsNeed({
  kind,
  count,
  posts,
  now,
}: {
  kind: NeedKind;
  count: number;
  /** The first of them. */
  posts: readonly Post[];
  now: number;
}) {
  const { icon, color } = needIcons[kind];
  const [first] = posts;
  const isOne = count === 1 && first !== undefined;
  const trouble = isOne ? worstTroubleOf(first, now) : null;
  return (
    <Need
      icon={icon}
      color={color}
      title={t(`home:need.${kind}.title`, { count })}
      who={formatList(new Set(posts.map(({ clientName }) => clientName)))}
      data-need={kind}
      action={
        isOne ? (
          <ButtonLink to="/posts/$id" params={{ id: first.id }} variant="default" size="xs">
            {kind === 'failed' ? t('home:lookAtIt') : t('home:decide')}
          </ButtonLink>
        ) : (
          <ButtonLink to="/pipeline" search={{ show: 'attention', need: kind }} variant="default" size="xs">
            {t('home:seeAll')}
          </ButtonLink>
        )
      }
    >
      {trouble?.happened ?? t(`home:need.${kind}.hint`)}
    </Need>
  );
}

function Quiet({ nextDueAt, now }: { nextDueAt: string | null; now: number }) {
  return (
    <Need icon={IconCircleCheck} color="teal" title={t('home:needs.nothing')}>
      {nextDueAt === null
        ? t('home:needs.noneScheduled')
        : t('home:needs.next', { when: formatRelative(nextDueAt, now) })}
    </Need>
  );
}
