import { Badge, Button, Group, Modal, Skeleton, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Post } from '../../../shared/contract/pipeline.ts';
import { Failure } from '../../components/Failure.tsx';
import { notifyDone } from '../../components/notify.tsx';
import { useFocusBack } from '../../components/use-focus-back.ts';
import { t } from '../../i18n/i18n.ts';
import { RescheduleDialog } from '../post/RescheduleDialog.tsx';
import { usePostActions } from '../posts/use-post-actions.ts';
import { AffectedList } from './AffectedList.tsx';
import { closeStopDialogs, type StopScope } from './stop-store.ts';
import { type Affected, useAffected } from './use-affected.ts';
import { useSetStop, useStop } from './use-stops.ts';

/** Resumes, and lets a person decide one by one about what became due meanwhile. Nothing goes out in a burst. */
export function ResumeDialog({ scope }: { scope: StopScope }) {
  useFocusBack();
  const { dueMeanwhile, isPending, error } = useAffected(scope);
  const isStopped = useStop(scope.scope, scope.id) !== undefined;
  const set = useSetStop();
  const resume = () =>
    set.mutate(
      { ...scope, engaged: false },
      {
        onSuccess: () => {
          if (dueMeanwhile.length > 0 || error !== null) return;
          closeStopDialogs();
          notifyDone(t('control:resume.done'));
        },
      },
    );
  return (
    <Modal
      opened
      onClose={closeStopDialogs}
      title={isStopped ? t('control:resume.title') : t('control:resume.resumed')}
      size="xl"
      data-testid="resume"
    >
      <Stack gap="lg">
        {error === null ? <Text size="sm">{wordsFor(isStopped, dueMeanwhile.length)}</Text> : <Failure error={error} />}
        {isPending ? (
          <Skeleton height={80} />
        ) : (
          <AffectedList items={dueMeanwhile} actions={isStopped ? undefined : (item) => <Choices item={item} />} />
        )}
        <Group justify="flex-end">
          {isStopped ? (
            <>
              <Button variant="default" onClick={closeStopDialogs}>
                {t('common:action.cancel')}
              </Button>
              <Button color="teal.7" loading={set.isPending} disabled={isPending} onClick={resume}>
                {t('control:resume.now')}
              </Button>
            </>
          ) : (
            <Button variant={dueMeanwhile.length > 0 ? 'default' : 'filled'} onClick={closeStopDialogs}>
              {dueMeanwhile.length > 0 ? t('control:resume.leaveRest') : t('common:action.done')}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}

function wordsFor(isStopped: boolean, due: number): string {
  if (isStopped) {
    return due === 0 ? t('control:resume.nothingDue') : t('control:resume.someDue', { count: due });
  }
  return due === 0 ? t('control:resume.allDecided') : t('control:resume.decide');
}

/** What may be done with one post that became due while publishing was stopped. */
function Choices({ item }: { item: Affected }) {
  const { publishNow } = usePostActions();
  const [moving, setMoving] = useState<Post | null>(null);
  const isHeld = item.targets.every(({ status }) => status === 'held');
  if (!isHeld) {
    return (
      <Badge color="gray" style={{ flexShrink: 0 }}>
        {t('control:resume.oneMoment')}
      </Badge>
    );
  }
  return (
    <Group gap={6} wrap="nowrap" style={{ flexShrink: 0 }}>
      <Button size="xs" loading={publishNow.isPending} onClick={() => publishNow.mutate(item.post)}>
        {t('control:resume.publishNow')}
      </Button>
      <Button size="xs" variant="default" onClick={() => setMoving(item.post)}>
        {t('control:resume.reschedule')}
      </Button>
      {moving && <RescheduleDialog post={moving} opened onClose={() => setMoving(null)} />}
    </Group>
  );
}
