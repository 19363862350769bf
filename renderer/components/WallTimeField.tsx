import '@mantine/dates/styles.css';
import { DateTimePicker } from '@mantine/dates';
import { IconCalendar } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { formatDayTime } from './format.ts';
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
  const here = value !== null && !showSameTime(value, zone, ownZone) ? `, ${formatDayTime(value)} for you` : '';
  return (
    <DateTimePicker
      label={label}
      description={`On the clock in ${zoneCity(zone)} (${zoneOffsetLabel(zone, value === null ? undefined : Date.parse(value))})${here}`}
      placeholder="Choose day and time"
      leftSection={<IconCalendar size={17} stroke={1.7} />}
      valueFormat="ddd D MMM YYYY, HH:mm"
      highlightToday
      firstDayOfWeek={1}
      weekendDays={[]}
      minDate={wallTimeAt(Date.now(), zone).slice(0, 10)}
      timePickerProps={{ format: '24h' }}
      value={value === null ? null : `${wallTimeAt(value, zone).replace('T', ' ')}:00`}
      onChange={(wall) => onChange(wall === null ? null : instantAt(wall.slice(0, 16).replace(' ', 'T'), zone))}
      error={error}
      required={required}
      popoverProps={{ withinPortal: true }}
    />
  );
}
