import { Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Lesson } from '../../../shared/contract/review.ts';
import { client, orpc } from '../../api/client.ts';
import { Failure } from '../../components/Failure.tsx';
import { formatDay } from '../../components/format.ts';
import { notifyDone, notifyError } from '../../components/notify.tsx';
import { Panel } from '../../components/Panel.tsx';
import { t } from '../../i18n/i18n.ts';
import { DiffText } from '../post/changes/DiffText.tsx';
import { historyActor } from '../post/history/history-words.ts';
import classes from './review.module.css';

const shownAtFirst = 6;

/** What the AI is told of earlier texts of a client, and the way to have it forget one. */
export function LessonsPanel({ clientId }: { clientId: string }) {
  const input = { id: clientId };
  const lessons = useQuery(orpc.lessons.list.queryOptions({ input }));
  const [isWhole, setWhole] = useState(false);
  const items = lessons.data?.items ?? [];
  return (
    <Panel title={t('review:lessons.title')} description={t('review:lessons.description')} data-testid="lessons">
      {lessons.isPending && <Skeleton height={60} radius="md" />}
      {lessons.isError && <Failure error={lessons.error} retry={() => void lessons.refetch()} />}
      {lessons.data !== undefined && items.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('review:lessons.none')}
        </Text>
      )}
      <Stack gap={0}>
        {(isWhole ? items : items.slice(0, shownAtFirst)).map((lesson) => (
          <LessonRow key={lesson.id} clientId={clientId} lesson={lesson} />
        ))}
      </Stack>
      {!isWhole && items.length > shownAtFirst && (
        <Button variant="subtle" size="xs" mt="sm" onClick={() => setWhole(true)}>
          {t('common:action.showMore')}
        </Button>
      )}
    </Panel>
  );
}

function LessonRow({ clientId, lesson }: { clientId: string; lesson: Lesson }) {
  const forget = useForgetting(clientId, lesson);
  const { reason, written, changedTo } = lesson;
  const title = reason === null ? t('review:lessons.edited') : t('review:lessons.told', { reason });
  return (
    <Group className={classes.lesson} wrap="nowrap" align="flex-start" justify="space-between" gap="md">
      <div className={classes.told}>
        <Text size="sm">{title}</Text>
        <Text size="xs" c="dimmed" lineClamp={changedTo === null ? 1 : 4} component="div">
          {changedTo === null ? (
            t('review:lessons.about', { text: written })
          ) : (
            <DiffText before={written} after={changedTo} />
          )}
        </Text>
        <Text size="xs" c="dimmed" mt={2}>
          {t('review:lessons.by', { name: historyActor(lesson.by), when: formatDay(lesson.at) })}
        </Text>
      </div>
      <Button
        size="compact-xs"
        variant="subtle"
        color="gray"
        loading={forget.isPending}
        aria-label={t('review:lessons.forgetThis', { what: title })}
        onClick={() => forget.mutate()}
      >
        {t('review:lessons.forget')}
      </Button>
    </Group>
  );
}

function useForgetting(clientId: string, { id: lessonId }: Lesson) {
  const queryClient = useQueryClient();
  const ids = { id: clientId, lessonId };
  const refresh = () => queryClient.invalidateQueries({ queryKey: orpc.lessons.key() });
  return useMutation({
    mutationFn: () => client.lessons.forget(ids),
    onSuccess: async () => {
      notifyDone(t('review:lessons.forgotten'), () => {
        client.lessons.restore(ids).then(refresh, notifyError);
      });
      await refresh();
    },
  });
}
