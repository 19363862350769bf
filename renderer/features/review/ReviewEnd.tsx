import { Button, Center, Group, Stack, Text } from '@mantine/core';
import { IconChecks } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { orpc } from '../../api/client.ts';
import { Empty } from '../../components/Empty.tsx';
import { formatList, formatWhen } from '../../components/format.ts';
import { ButtonLink } from '../../components/links.tsx';
import { t } from '../../i18n/i18n.ts';
import { WriteWeekButton } from '../posts/WriteWeekButton.tsx';
import type { ReviewScope } from './review-scope.ts';
import { LastDecision } from './LastDecision.tsx';
import { showInReview, useReview } from './review-store.ts';

/**
 * Nothing is left: what was done, and what comes next.
 * @param props.left ids in the scope that still wait, because they were passed over
 */
export function ReviewEnd({
  scope,
  left,
  onUndo,
}: {
  scope: ReviewScope;
  left: readonly string[];
  onUndo: () => void;
}) {
  const { decided } = useReview();
  const elsewhere = useElsewhere(scope, left.length);
  const next = left[0];
  const isDone = decided.size > 0;
  const isNarrow = scope.client !== undefined || scope.when !== undefined;
  const rejected = [...decided.values()].filter((decision) => decision === 'rejected').length;
  return (
    <Center mih="62vh">
      <Empty
        icon={IconChecks}
        title={t(isDone ? 'review:end.done' : isNarrow ? 'review:end.nothingHere' : 'review:end.nothing')}
        action={
          <Stack align="center" gap="lg">
            <Group justify="center">
              {next !== undefined && <Button onClick={() => showInReview(next)}>{t('review:end.backToLeft')}</Button>}
              {next === undefined && elsewhere > 0 && <ButtonLink to="/review">{t('review:end.showAll')}</ButtonLink>}
              <WriteWeekButton
                clientId={scope.client}
                variant={next === undefined && elsewhere === 0 ? 'filled' : 'default'}
              />
              <ButtonLink to="/calendar" variant="default">
                {t('review:end.calendar')}
              </ButtonLink>
            </Group>
            <LastDecision onUndo={onUndo} />
          </Stack>
        }
      >
        <Stack component="span" gap={4}>
          {isDone && <Text span>{summary(decided.size - rejected, rejected, left.length)}</Text>}
          <NextOut hint={!isDone && elsewhere === 0} />
          {rejected > 0 && <Text span>{t('review:end.learnt')}</Text>}
          {elsewhere > 0 && <Text span>{t('review:end.elsewhere', { count: elsewhere })}</Text>}
        </Stack>
      </Empty>
    </Center>
  );
}

function summary(approved: number, rejected: number, skipped: number): string {
  return formatList([
    ...(approved > 0 ? [t('review:end.approved', { count: approved })] : []),
    ...(rejected > 0 ? [t('review:end.rejected', { count: rejected })] : []),
    ...(skipped > 0 ? [t('review:end.skipped', { count: skipped })] : []),
  ]);
}

/** Which post goes out next; where none does, how there could be some. */
function NextOut({ hint }: { hint: boolean }) {
  const coming = useQuery(orpc.pipeline.list.queryOptions({ input: { status: 'approved', limit: 1 } }));
  const post = coming.data?.items[0];
  if (post !== undefined) {
    const when = formatWhen(post.scheduledFor, post.timezone);
    return <Text span>{t('review:end.nextOut', { when, client: post.clientName })}</Text>;
  }
  return hint ? <Text span>{t('review:end.write')}</Text> : null;
}

/** How many wait that the scope leaves out. */
function useElsewhere(scope: ReviewScope, left: number): number {
  const stats = useQuery(orpc.stats.queryOptions());
  if (scope.client === undefined && scope.when === undefined) return 0;
  return Math.max(0, (stats.data?.posts.in_review ?? 0) - left);
}
