import { Chip, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { orpc } from '../api/client.ts';
import { t } from '../i18n/i18n.ts';
import { formatDayTime } from './format.ts';

/** The next slots of a client's rules that have no post, to choose by one click. */
export function FreeSlots({
  clientId,
  zone,
  value,
  onChange,
}: {
  clientId: string;
  zone: string;
  value: string | null;
  onChange: (instant: string) => void;
}) {
  const slots = useQuery(
    orpc.rules.slots.queryOptions({ input: { id: clientId, days: 14 }, enabled: clientId !== '' }),
  );
  const free = slots.data?.items.filter(({ taken }) => !taken).slice(0, 5) ?? [];
  if (free.length === 0) return null;
  return (
    <div>
      <Text size="xs" c="dimmed" mb={6}>
        {t('common:freeSlots')}
      </Text>
      <Group gap={6}>
        {free.map(({ at }) => (
          <Chip
            key={at}
            size="xs"
            variant="light"
            checked={value !== null && Date.parse(value) === Date.parse(at)}
            onChange={() => onChange(at)}
          >
            {formatDayTime(at, zone)}
          </Chip>
        ))}
      </Group>
    </div>
  );
}
