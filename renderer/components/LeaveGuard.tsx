import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { t } from '../i18n/i18n.ts';

/** Asks before a page with unsaved changes is left. */
export function LeaveGuard({ dirty }: { dirty: boolean }) {
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: () => dirty,
    enableBeforeUnload: () => dirty,
    withResolver: true,
  });
  return (
    <Modal opened={status === 'blocked'} onClose={() => reset?.()} title={t('common:leave.title')} size="sm">
      <Stack>
        <Text size="sm">{t('common:leave.message')}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => proceed?.()}>
            {t('common:leave.discard')}
          </Button>
          <Button onClick={() => reset?.()} data-autofocus>
            {t('common:leave.stay')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
