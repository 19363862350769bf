import { Alert, Badge, Box, Group, Skeleton, Stack, Table, Text } from '@mantine/core';
import { IconClockExclamation } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDebouncedValue } from '@mantine/hooks';
import type { Client } from '../../../shared/contract/clients.ts';
import type { Rules } from '../../../shared/contract/rules.ts';
import { orpc } from '../../api/client.ts';
import { Failure } from '../../components/Failure.tsx';
import { formatDay, formatTime } from '../../components/format.ts';
import { useNow } from '../../components/use-now.ts';
import { ownZone, zoneCity } from '../../components/zoned-time.ts';
import { currentLocale, t } from '../../i18n/i18n.ts';
import { clockTime } from './clock.ts';
import classes from './rules.module.css';
import { type ClockChange, type SlotLine, type SlotWeek, slotWeeks } from './slot-weeks.ts';

const daysAhead = 14;
const typingMs = 200;

/** The slots of the coming two weeks as the rules stand in the form, on the client's clock and on mine. */
export function SlotPreview({ client, rules, isDirty }: { client: Client; rules: Rules; isDirty: boolean }) {
  const [{ postsPerWeek, days, times }] = useDebouncedValue(rules, typingMs);
  const kept = useQuery(
    orpc.rules.slots.queryOptions({ input: { id: client.id, days: daysAhead }, enabled: !isDirty }),
  );
  const tried = useQuery(
    orpc.rules.preview.queryOptions({
      input: { id: client.id, postsPerWeek, days, times, ahead: daysAhead },
      enabled: isDirty,
      placeholderData: keepPreviousData,
    }),
  );
  const now = useNow(60_000);
  const slots = isDirty ? tried : kept;
  if (slots.isError) return <Failure error={slots.error} retry={() => void slots.refetch()} />;
  const shown = slots.data ?? kept.data;
  if (shown === undefined) return <Skeleton height={180} />;
  if (shown.items.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('rules:slots.none')}
      </Text>
    );
  }
  return (
    <Stack gap="lg" aria-live="polite" data-testid="slots">
      {slotWeeks(shown.items, client.timezone, ownZone, now).map((week, index) => (
        <Week key={week.monday} week={week} zone={client.timezone} isFirst={index === 0} />
      ))}
    </Stack>
  );
}

function Week({
  week: { monday, slots },
  zone,
  isFirst,
}: {
  week: SlotWeek;
  zone: string;
  /** Its table names the columns for those below, too. */
  isFirst: boolean;
}) {
  const isElsewhere = zone !== ownZone;
  const day = new Date(`${monday}T00:00Z`).toLocaleDateString(currentLocale(), {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'long',
  });
  return (
    <Box>
      <Group justify="space-between" mb={4}>
        <Text size="sm" fw={600}>
          {t('rules:slots.week', { day })}
        </Text>
        <Text size="xs" c="dimmed">
          {t('common:count.posts', { count: slots.length })}
        </Text>
      </Group>
      <Table className={classes.slots} verticalSpacing={6} horizontalSpacing={0}>
        <colgroup>
          {(isElsewhere ? ['40%', undefined, undefined, undefined] : ['45%', undefined, undefined]).map(
            (width, column) => (
              <col key={column} style={{ width }} />
            ),
          )}
        </colgroup>
        <Table.Thead className={isElsewhere && isFirst ? undefined : classes.unseen}>
          <Table.Tr>
            <Table.Th>{t('rules:slots.day')}</Table.Th>
            <Table.Th>{zoneCity(zone)}</Table.Th>
            {isElsewhere && <Table.Th>{t('rules:slots.here', { city: zoneCity(ownZone) })}</Table.Th>}
            <Table.Th>
              <span className={classes.unseen}>{t('rules:slots.state')}</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {slots.map((slot) => (
            <SlotRow key={slot.at} slot={slot} zone={zone} columns={isElsewhere ? 4 : 3} />
          ))}
        </Table.Tbody>
      </Table>
    </Box>
  );
}

function SlotRow({ slot, zone, columns }: { slot: SlotLine; zone: string; columns: number }) {
  const { at, taken, changes, movedTo, wallTime } = slot;
  const ownDay = formatDay(at) === formatDay(at, zone) ? null : formatDay(at);
  return (
    <>
      {changes.map((change) => (
        <Table.Tr key={change.zone}>
          <Table.Td colSpan={columns}>
            <Alert color="cyan" p={8} icon={<IconClockExclamation size={16} />}>
              <Text size="xs">{changeInWords(change)}</Text>
            </Alert>
          </Table.Td>
        </Table.Tr>
      ))}
      <Table.Tr>
        <Table.Td>{formatDay(at, zone)}</Table.Td>
        <Table.Td fw={600}>
          {formatTime(at, zone)}
          {movedTo !== null && (
            <Text size="xs" c="orange">
              {t('rules:slots.moved', { time: clockTime(wallTime.slice(11)) })}
            </Text>
          )}
        </Table.Td>
        {columns === 4 && (
          <Table.Td c="dimmed">
            {ownDay === null ? formatTime(at) : t('common:time.dayAndTime', { day: ownDay, time: formatTime(at) })}
          </Table.Td>
        )}
        <Table.Td>
          <Badge miw="max-content" color={taken ? 'teal' : 'gray'}>
            {taken ? t('rules:slots.taken') : t('rules:slots.free')}
          </Badge>
        </Table.Td>
      </Table.Tr>
    </>
  );
}

function changeInWords({ zone, minutes }: ClockChange): string {
  const size = Math.abs(minutes);
  const by =
    size % 60 === 0 ? t('common:count.hours', { count: size / 60 }) : t('common:count.minutes', { count: size });
  return t(minutes > 0 ? 'rules:clock.forward' : 'rules:clock.back', { city: zoneCity(zone), by });
}
