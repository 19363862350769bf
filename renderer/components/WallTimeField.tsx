import '@mantine/dates/styles.css';
import { DateTimePicker } from '@mantine/dates';
import { IconCalendar } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { t } from '../i18n/i18n.ts';
import { formatDayTime, hasHalfDays } from './format.ts';
import { instantAt, ownZone, showSameTime, wallTimeAt, zoneCity, zoneOffsetLabel } from './zoned-time.ts';

/** A date and time on the clock of a zone. Takes and gives instants (ISO, UTC). */
export function WallTimeField({
  label,
  zone,
  value,
  onChange,
  error,
  required,
}: {
  label: string;
  zone: string;
  value: string | null;
  onChange: (instant: string | null) => void;
  error?: ReactNode;
  required?: boolean;
}) {
  const clock = {
    city: zoneCity(zone),
    offset: zoneOffsetLabel(zone, value === null ? undefined : Date.parse(value)),
  };
  const isElsewhere = value !== null && !showSameTime(value, zone, ownZone);
  return (
    <DateTimePicker
      label={label}
      description={
        isElsewhere
          ? t('common:zone.onClockHere', { ...clock, here: formatDayTime(value) })
          : t('common:zone.onClock', clock)
      }
      placeholder={t('common:zone.chooseTime')}
      leftSection={<IconCalendar size={17} stroke={1.7} />}
      valueFormat={(wall) => formatDayTime(instantOf(wall, zone), zone)}
      highlightToday
      weekendDays={[]}
      minDate={wallTimeAt(Date.now(), zone).slice(0, 10)}
      timePickerProps={{ format: hasHalfDays() ? '12h' : '24h' }}
      value={value === null ? null : `${wallTimeAt(value, zone).replace('T', ' ')}:00`}
      onChange={(wall) => onChange(wall === null ? null : instantOf(wall, zone))}
      error={error}
      required={required}
      popoverProps={{ withinPortal: true }}
    />
  );
}

/** The picker writes `2026-11-26 09:00:00`. */
function instantOf(wall: string, zone: string): string {
  return instantAt(wall.slice(0, 16).replace(' ', 'T'), zone);
}
