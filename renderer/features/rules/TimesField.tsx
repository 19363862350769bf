import '@mantine/dates/styles.css';
import { Button, Group, Input, Pill } from '@mantine/core';
import { TimePicker } from '@mantine/dates';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { hasHalfDays } from '../../components/format.ts';
import { t } from '../../i18n/i18n.ts';
import { clockTime } from './clock.ts';

const mostTimes = 24;

/** The wall times of a day at which posts go out. */
export function TimesField({
  times,
  onChange,
  error,
}: {
  times: readonly string[];
  onChange: (times: string[]) => void;
  error?: string;
}) {
  const [next, setNext] = useState('12:00');
  return (
    <Input.Wrapper label={t('rules:times.label')} labelElement="div" error={error}>
      <Group gap={8} mt={4}>
        {times.map((time) => (
          <Pill
            key={time}
            size="lg"
            withRemoveButton
            removeButtonProps={{
              'aria-label': t('rules:times.remove', { time: clockTime(time) }),
              'aria-hidden': false,
              tabIndex: 0,
            }}
            onRemove={() => onChange(times.filter((other) => other !== time))}
          >
            {clockTime(time)}
          </Pill>
        ))}
        <Group gap={4} wrap="nowrap">
          <TimePicker
            hoursInputLabel={t('rules:times.hour')}
            minutesInputLabel={t('rules:times.minute')}
            amPmInputLabel={t('rules:times.halfDay')}
            format={hasHalfDays() ? '12h' : '24h'}
            size="xs"
            miw={84}
            value={next}
            onChange={setNext}
          />
          <Button
            size="xs"
            variant="light"
            leftSection={<IconPlus size={14} />}
            disabled={next === '' || times.includes(next) || times.length >= mostTimes}
            onClick={() => onChange([...times, next].sort())}
          >
            {t('rules:times.add')}
          </Button>
        </Group>
      </Group>
    </Input.Wrapper>
  );
}
