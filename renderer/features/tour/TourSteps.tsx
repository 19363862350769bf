import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Post } from '../../../shared/contract/pipeline.ts';
import { orpc } from '../../api/client.ts';
import { formatWhen } from '../../components/format.ts';
import { ButtonLink } from '../../components/links.tsx';
import { t } from '../../i18n/i18n.ts';
import { WriteWeekButton } from '../posts/WriteWeekButton.tsx';
import { leaveTour, type TourStep } from './tour-store.ts';

/** What a step says. `isAtPost`: a post to decide about is before the person. */
export function StepWords({
  step,
  approved,
  isAtPost,
}: {
  step: TourStep;
  approved: Post | undefined;
  isAtPost: boolean;
}) {
  const waiting = useWaiting();
  const [title, message] = wordsOf();
  return (
    <>
      <Text fw={650}>{title}</Text>
      <Text size="sm" c="dimmed" mt={4}>
        {message}
      </Text>
    </>
  );

  function wordsOf(): [string, string] {
    if (step === 'done') {
      return [
        t('tour:done.title'),
        approved === undefined
          ? t('tour:done.message')
          : t('tour:done.goesOut', {
              client: approved.clientName,
              when: formatWhen(approved.scheduledFor, approved.timezone),
            }),
      ];
    }
    if (waiting === 0) return [t('tour:nothing.title'), t('tour:nothing.message')];
    if (step === 'approve' && isAtPost) return [t('tour:approve.title'), t('tour:approve.message')];
    if (step === 'approve') return [t('tour:back.title'), t('tour:back.message')];
    return [t('tour:open.title', { count: waiting }), t('tour:open.message')];
  }
}

/** What leads on. While a post is looked at, that is the app's own button. */
export function StepActions({ step, isAtPost }: { step: TourStep; isAtPost: boolean }) {
  const waiting = useWaiting();
  if (step === 'done') {
    return (
      <Group mt="md" gap="xs">
        <Button size="xs" onClick={leaveTour}>
          {t('common:action.done')}
        </Button>
        <ButtonLink to="/calendar" size="xs" variant="default" onClick={leaveTour}>
          {t('tour:done.calendar')}
        </ButtonLink>
        <ButtonLink to="/go-live" size="xs" variant="subtle" onClick={leaveTour}>
          {t('app:sandbox.goLive')}
        </ButtonLink>
      </Group>
    );
  }
  if (waiting === 0) return <WriteWeekButton size="xs" mt="md" />;
  if (isAtPost) return null;
  return (
    <Group mt="md" gap="xs">
      <ButtonLink to="/review" size="xs">
        {t('tour:open.go')}
      </ButtonLink>
      <Button size="xs" variant="subtle" color="gray" onClick={leaveTour}>
        {t('tour:notNow')}
      </Button>
    </Group>
  );
}

function useWaiting(): number {
  const stats = useQuery(orpc.stats.queryOptions());
  return stats.data?.posts.in_review ?? 0;
}
