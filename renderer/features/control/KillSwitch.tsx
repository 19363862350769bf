import { Button, Group, Popover, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconHandStop, IconPlayerPlay } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useGlobalStop, useSetStop } from './use-stops.ts';

/** Stops or resumes everything; in reach on every page. */
export function KillSwitch() {
  const stop = useGlobalStop();
  const set = useSetStop();
  const [opened, { close, toggle }] = useDisclosure(false);
  const [reason, setReason] = useState('');
  const engaged = stop !== undefined;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    set.mutate(
      { scope: 'global', engaged: !engaged, reason: engaged ? null : reason.trim() || null },
      {
        onSuccess: () => {
          close();
          setReason('');
        },
      },
    );
  };

  return (
    <Popover opened={opened} onChange={toggle} position="bottom-end" width={340} trapFocus withinPortal>
      <Popover.Target>
        <Button
          data-testid="kill-switch"
          data-engaged={engaged}
          color={engaged ? 'teal' : 'red'}
          variant={engaged ? 'filled' : 'light'}
          leftSection={engaged ? <IconPlayerPlay size={17} /> : <IconHandStop size={17} />}
          onClick={toggle}
        >
          {engaged ? 'Resume' : 'Stop everything'}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="md">
        <form onSubmit={submit}>
          <Stack gap="sm">
            <Text fw={650}>{engaged ? 'Resume publishing?' : 'Stop everything?'}</Text>
            <Text size="sm" c="dimmed">
              {engaged
                ? 'Posts go out again when they are due. Those whose time passed meanwhile wait for your decision if they are too late.'
                : 'No new post leaves until you resume, for any client. What a network already has cannot be called back.'}
            </Text>
            {!engaged && (
              <TextInput
                label="Reason"
                description="Optional; your colleagues see it."
                placeholder="A client asked us to pause"
                maxLength={500}
                value={reason}
                onChange={(event) => setReason(event.currentTarget.value)}
                data-autofocus
              />
            )}
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={close}>
                Cancel
              </Button>
              <Button type="submit" color={engaged ? 'teal' : 'red'} loading={set.isPending}>
                {engaged ? 'Resume now' : 'Stop now'}
              </Button>
            </Group>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
