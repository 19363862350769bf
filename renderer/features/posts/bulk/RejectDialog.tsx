import { Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { t } from '../../../i18n/i18n.ts';

/** One reason for all that are rejected; none is fine too. */
export function RejectDialog({
  count,
  onClose,
  onReject,
}: {
  /** How many; null while it is closed. */
  count: number | null;
  onClose: () => void;
  onReject: (reason: string | undefined) => void;
}) {
  const [reason, setReason] = useState('');
  const reject = () => {
    onReject(reason.trim() === '' ? undefined : reason.trim());
    setReason('');
  };
  return (
    <Modal opened={count !== null} onClose={onClose} title={t('posts:bulk.rejectDialog.title', { count: count ?? 0 })}>
      <Stack>
        <Textarea
          label={t('posts:bulk.rejectDialog.reason')}
          description={t('posts:bulk.rejectDialog.hint')}
          autosize
          minRows={2}
          maxLength={1_000}
          data-autofocus
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common:action.cancel')}
          </Button>
          <Button color="red" onClick={reject}>
            {t('common:action.reject')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
