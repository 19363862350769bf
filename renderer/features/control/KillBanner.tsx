import { Button, Group, Text } from '@mantine/core';
import { IconHandStop } from '@tabler/icons-react';
import type { KillSwitch } from '../../../shared/contract/admin.ts';
import { formatDayTime } from '../../components/format.ts';
import { actorName } from '../activity/actor-name.ts';
import classes from './control.module.css';
import { openResume, openStopReport } from './stop-store.ts';

/** Across the whole app while everything is stopped. */
export function KillBanner({ stop }: { stop: KillSwitch }) {
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
      <Group ml="auto" gap="xs" wrap="nowrap" style={{ flexShrink: 0 }}>
        <Button
          size="xs"
          className={classes.bannerButton}
          onClick={() => openStopReport({ scope: 'global', id: null })}
        >
          What is under way
        </Button>
        <Button size="xs" variant="white" color="red" onClick={() => openResume({ scope: 'global', id: null })}>
          Resume publishing
        </Button>
      </Group>
    </Group>
  );
}
