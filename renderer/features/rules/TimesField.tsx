import '@mantine/dates/styles.css';
import { Button, Group, Input, Pill } from '@mantine/core';
import { TimePicker } from '@mantine/dates';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';

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
    <Input.Wrapper label="Times" labelElement="div" error={error}>
      <Group gap={8} mt={4}>
        {times.map((time) => (
          <Pill
            key={time}
            size="lg"
            withRemoveButton
            removeButtonProps={{ 'aria-label': `Remove ${time}`, 'aria-hidden': false, tabIndex: 0 }}
            onRemove={() => onChange(times.filter((other) => other !== time))}
          >
            {time}
          </Pill>
        ))}
        <Group gap={4} wrap="nowrap">
          <TimePicker
            hoursInputLabel="Hour to add"
            minutesInputLabel="Minute to add"
            format="24h"
            size="xs"
            w={84}
            value={next}
            onChange={setNext}
          />
          <Button
            size="xs"
            variant="light"
            leftSection={<IconPlus size={14} />}
            disabled={next === '' || times.includes(next) || times.length >= 24}
            onClick={() => onChange([...times, next].sort())}
          >
            Add time
          </Button>
        </Group>
      </Group>
    </Input.Wrapper>
  );
}
