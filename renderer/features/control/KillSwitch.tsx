import { Button, Group, Popover, Stack, Text, TextInput } from '@mantine/core';
import { IconHandStop, IconPlayerPlay } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { t } from '../../i18n/i18n.ts';
import { askToStop, openResume, openStopReport, preloadStopDialogs, useStopDialogs } from './stop-store.ts';
import { useGlobalStop, useSetStop } from './use-stops.ts';

const everything = { scope: 'global', id: null } as const;

/** Stops or resumes everything; in reach on every page. */
export function KillSwitch() {
  const stop = useGlobalStop();
  const set = useSetStop();
  const opened = useStopDialogs(({ asking }) => asking);
  const close = () => askToStop(false);
  const [reason, setReason] = useState('');
  const engaged = stop !== undefined;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    set.mutate(
      { scope: 'global', engaged: true, reason: reason.trim() || null },
      {
        onSuccess: () => {
          close();
          setReason('');
          openStopReport(everything);
        },
      },
    );
  };

  return (
    <Popover opened={opened} onChange={askToStop} position="bottom-end" width={340} trapFocus withinPortal>
      <Popover.Target>
        <Button
          data-testid="kill-switch"
          data-engaged={engaged}
          color={engaged ? 'teal' : 'red'}
          variant={engaged ? 'filled' : 'light'}
          leftSection={engaged ? <IconPlayerPlay size={17} /> : <IconHandStop size={17} />}
          onClick={() => {
            preloadStopDialogs(everything);
            if (engaged) openResume(everything);
            else askToStop(!opened);
          }}
        >
          {engaged ? t('control:switch.resume') : t('control:switch.stop')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="md">
        <form onSubmit={submit}>
          <Stack gap="sm">
            <Text fw={650}>{t('control:switch.title')}</Text>
            <Text size="sm" c="dimmed">
              {t('control:switch.message')}
            </Text>
            <TextInput
              label={t('control:switch.reason')}
              description={t('control:switch.reasonHint')}
              placeholder={t('control:switch.reasonExample')}
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
              data-autofocus
            />
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={close}>
                {t('common:action.cancel')}
              </Button>
              <Button type="submit" color="red" loading={set.isPending}>
                {t('control:switch.stopNow')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
