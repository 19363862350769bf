import { Badge, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Client } from '../../../shared/contract/clients.ts';
import { orpc } from '../../api/client.ts';
import { formatDay, formatTime } from '../../components/format.ts';
import { ownZone, showSameTime, zoneCity } from '../../components/zoned-time.ts';

/** The slots of the coming two weeks, on the client's clock and on mine. */
export function SlotPreview({ client }: { client: Client }) {
  const slots = useQuery(orpc.rules.slots.queryOptions({ input: { id: client.id, days: 14 } }));
  if (slots.data === undefined) return <Skeleton height={180} />;
  if (slots.data.items.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        These rules give no slot. Choose days, times and how many posts a week.
      </Text>
    );
  }
  return (
    <Stack gap={9}>
      {slots.data.items.map(({ at, taken }) => (
        <Group key={at} justify="space-between" wrap="nowrap">
          <Text size="sm" className="tabular">
            {formatDay(at, client.timezone)}, <b>{formatTime(at, client.timezone)}</b>
            {!showSameTime(at, client.timezone, ownZone) && (
              <Text span c="dimmed" inherit>
                {' '}
                · {formatTime(at)} here
              </Text>
            )}
          </Text>
          <Badge color={taken ? 'teal' : 'gray'}>{taken ? 'Has a post' : 'Free'}</Badge>
        </Group>
      ))}
      {!showSameTime(slots.data.items[0]?.at ?? '', client.timezone, ownZone) && (
        <Text size="xs" c="dimmed">
          “Here” is {zoneCity(ownZone)}, the zone of this browser.
        </Text>
      )}
    </Stack>
  );
}
