import { Button, Group, Text } from '@mantine/core';
import { IconHandStop } from '@tabler/icons-react';
import type { KillSwitch } from '../../../shared/contract/admin.ts';
import { formatDayTime } from '../../components/format.ts';
import { t } from '../../i18n/i18n.ts';
import { actorName } from '../activity/actor-name.ts';
import classes from './control.module.css';
import { openResume, openStopReport } from './stop-store.ts';

/** Across the whole app while everything is stopped. */
export function KillBanner({ stop }: { stop: KillSwitch }) {
  const by = { who: actorName(stop.changedBy), when: formatDayTime(stop.changedAt) };
  return (
    <Group className={classes.banner} role="alert" gap="sm" wrap="nowrap">
      <IconHandStop size={20} aria-hidden />
      <Text fw={650} size="sm" style={{ whiteSpace: 'nowrap' }}>
        {t('control:banner.title')}
      </Text>
      <Text size="sm" truncate opacity={0.9}>
        {stop.reason ? t('control:banner.because', { ...by, reason: stop.reason }) : t('control:banner.by', by)}
      </Text>
      <Group ms="auto" gap="xs" wrap="nowrap" style={{ flexShrink: 0 }}>
        <Button
          size="xs"
          className={classes.bannerButton}
          onClick={() => openStopReport({ scope: 'global', id: null })}
        >
          {t('control:banner.underWay')}
        </Button>
        <Button size="xs" variant="white" color="red" onClick={() => openResume({ scope: 'global', id: null })}>
          {t('control:banner.resume')}
        </Button>
      </Group>
    </Group>
  );
}
