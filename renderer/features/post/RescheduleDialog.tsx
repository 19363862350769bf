import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Post } from '../../../shared/contract/pipeline.ts';
import { explain } from '../../api/errors.ts';
import { t } from '../../i18n/i18n.ts';
import { ScheduleField } from '../composer/schedule/ScheduleField.tsx';
import { usePostActions } from '../posts/use-post-actions.ts';

/** Moves a post to another time on the client's clock. An approval stays valid. */
export function RescheduleDialog({ post, opened, onClose }: { post: Post; opened: boolean; onClose: () => void }) {
  const [at, setAt] = useState<string | null>(post.scheduledFor);
  const { reschedule } = usePostActions();
  const failure = reschedule.isError ? explain(reschedule.error) : null;
  const move = () => {
    if (at !== null) reschedule.mutate({ post, scheduledFor: at }, { onSuccess: onClose });
  };
  return (
    <Modal opened={opened} onClose={onClose} title={t('post:reschedule.title')}>
      <Stack>
        <ScheduleField
          label={t('post:reschedule.newTime')}
          clientId={post.clientId}
          zone={post.timezone}
          targets={post.targets}
          isReel={(platform) => platform !== 'tiktok' && post.media[0]?.kind === 'video'}
          value={at}
          onChange={setAt}
          error={failure === null ? undefined : (failure.problems[0]?.message ?? failure.message)}
          except={post.id}
        />
        {post.status === 'approved' && (
          <Text size="sm" c="dimmed">
            {t('post:reschedule.staysApproved')}
          </Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common:action.cancel')}
          </Button>
          <Button onClick={move} loading={reschedule.isPending} disabled={at === null || at === post.scheduledFor}>
            {t('post:action.move')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
