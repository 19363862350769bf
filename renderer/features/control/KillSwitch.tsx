import { Button, Group, Popover, Stack, Text, TextInput } from '@mantine/core';
import { IconHandStop, IconPlayerPlay } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
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
          {engaged ? 'Resume' : 'Stop everything'}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="md">
        <form onSubmit={submit}>
          <Stack gap="sm">
            <Text fw={650}>Stop everything?</Text>
            <Text size="sm" c="dimmed">
              No new post leaves until you resume, for any client. What a network already has cannot be called back.
            </Text>
            <TextInput
              label="Reason"
              description="Optional; your colleagues see it."
              placeholder="A client asked us to pause"
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
              data-autofocus
            />
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={close}>
                Cancel
              </Button>
              <Button type="submit" color="red" loading={set.isPending}>
                Stop now
              </Button>
            </Group>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
