import { Chip, Group, Input } from '@mantine/core';
import type { ReactNode } from 'react';
import { type Weekday, weekdays } from '../../../shared/contract/rules.ts';
import { currentLocale, t } from '../../i18n/i18n.ts';

/** The days of the week on which posts go out. */
export function DaysField({
  days,
  onChange,
  error,
}: {
  days: readonly Weekday[];
  onChange: (days: Weekday[]) => void;
  error?: ReactNode;
}) {
  return (
    <Input.Wrapper label={t('rules:when.days')} labelElement="div" error={error}>
      <Chip.Group
        multiple
        value={[...days]}
        onChange={(chosen) => onChange(weekdays.filter((day) => chosen.includes(day)))}
      >
        <Group gap={6} mt={4}>
          {weekdays.map((day) => (
            <Chip key={day} value={day} size="sm" icon={null} variant="light">
              {dayName(day)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </Input.Wrapper>
  );
}

/** `Mon`; the fifth of January 1970 was a Monday. */
function dayName(day: Weekday): string {
  const date = new Date(Date.UTC(1970, 0, 5 + weekdays.indexOf(day)));
  return date.toLocaleDateString(currentLocale(), { weekday: 'short', timeZone: 'UTC' });
}
