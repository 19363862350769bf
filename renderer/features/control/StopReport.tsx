import { Button, Group, Modal, Skeleton, Stack, Text, ThemeIcon } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconHelp, IconSend } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { count } from '../../components/format.ts';
import { Failure } from '../../components/Failure.tsx';
import { ButtonLink } from '../../components/links.tsx';
import { AffectedList } from './AffectedList.tsx';
import { closeStopDialogs, type StopScope } from './stop-store.ts';
import { type Affected, useAffected } from './use-affected.ts';

/** After a stop: what had left already, what is not known yet, what is held. It keeps itself up to date. */
export function StopReport({ scope }: { scope: StopScope }) {
  const { inFlight, unknown, held, isPending, error } = useAffected(scope);
  return (
    <Modal opened onClose={closeStopDialogs} title="Stopped" size="lg" data-testid="stop-report">
      <Stack gap="lg">
        <Text size="sm">
          {scope.scope === 'global' ? 'No new post leaves, for any client,' : 'No new post leaves here'} until you
          resume. That also holds after a restart.
        </Text>
        {isPending && <Skeleton height={90} />}
        {error !== null && <Failure error={error} />}
        {!isPending && error === null && (
          <>
            <Part
              icon={IconSend}
              items={inFlight}
              title={`${count(inFlight.length, 'post')} just being sent`}
              none="Nothing is being sent"
              listed
            >
              What a network has received cannot be called back; what is only being prepared is broken off. This ends
              within a minute.
            </Part>
            <Part
              icon={IconHelp}
              items={unknown}
              title={`${count(unknown.length, 'post')} sent without a clear answer`}
              none="Nothing is unclear"
              listed
            >
              We go on asking the networks whether they are live. Nothing is sent again meanwhile.
            </Part>
            <Part
              icon={IconAlertTriangle}
              items={held}
              title={`${count(held.length, 'post waits', 'posts wait')} for your decision`}
              none="Nothing waits for your decision"
            >
              They were held before, and stay so.
            </Part>
          </>
        )}
        <Group justify="flex-end">
          {held.length > 0 && (
            <ButtonLink to="/pipeline" search={{ show: 'attention' }} variant="default" onClick={closeStopDialogs}>
              See what waits
            </ButtonLink>
          )}
          <Button onClick={closeStopDialogs}>Close</Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Part({
  icon: Icon,
  items,
  title,
  none,
  listed = false,
  children,
}: {
  icon: ComponentType<{ size?: number; stroke?: number }>;
  items: readonly Affected[];
  title: string;
  none: string;
  listed?: boolean;
  children: string;
}) {
  const isNone = items.length === 0;
  return (
    <Group wrap="nowrap" align="flex-start" gap="md">
      <ThemeIcon variant="light" color={isNone ? 'teal' : 'orange'} size={34} radius="xl">
        {isNone ? <IconCheck size={18} stroke={1.7} /> : <Icon size={18} stroke={1.7} />}
      </ThemeIcon>
      <div style={{ flex: 1, minWidth: 0 }}>
        <Text size="sm" fw={600} lh="34px">
          {isNone ? none : title}
        </Text>
        {!isNone && (
          <>
            <Text size="sm" c="dimmed" mb={listed ? 'xs' : 0}>
              {children}
            </Text>
            {listed && <AffectedList items={items} />}
          </>
        )}
      </div>
    </Group>
  );
}
