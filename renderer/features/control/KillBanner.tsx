import { Button, Group, Text } from '@mantine/core';
import { IconHandStop } from '@tabler/icons-react';
import type { KillSwitch } from '../../../shared/contract/admin.ts';
import { formatDayTime } from '../../components/format.ts';
import { actorName } from '../activity/actor-name.ts';
import classes from './control.module.css';
import { useSetStop } from './use-stops.ts';

/** Across the whole app while everything is stopped. */
export function KillBanner({ stop }: { stop: KillSwitch }) {
  const set = useSetStop();
  return (
    <Group className={classes.banner} role="alert" gap="sm" wrap="nowrap">
      <IconHandStop size={20} aria-hidden />
      <Text fw={650} size="sm" style={{ whiteSpace: 'nowrap' }}>
        Everything is stopped. Nothing is being published.
      </Text>
      <Text size="sm" truncate opacity={0.9}>
        {stop.reason && `“${stop.reason}” · `}
        {actorName(stop.changedBy)}, {formatDayTime(stop.changedAt)}
      </Text>
      <Button
        ml="auto"
        size="xs"
        variant="white"
        color="red"
        style={{ flexShrink: 0 }}
        loading={set.isPending}
        onClick={() => set.mutate({ scope: 'global', engaged: false })}
      >
        Resume publishing
      </Button>
    </Group>
  );
}
