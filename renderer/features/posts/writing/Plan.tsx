import { Box, Group, ScrollArea, Stack, Table, Text } from '@mantine/core';
import type { Estimate } from '../../../../shared/contract/writing.ts';
import { formatDay, formatTime, formatUsd, withLocalTimes } from '../../../components/format.ts';
import { TextLink } from '../../../components/links.tsx';
import { Words } from '../../../components/Words.tsx';
import { wallTimeAt } from '../../../components/zoned-time.ts';
import { t } from '../../../i18n/i18n.ts';
import { closeWriteWeek } from '../write-week-store.ts';
import { type Stop, stopsOf } from './budget-stops.ts';

/** What would be written for whom and when, what it would cost, and how long it would take. */
export function Plan({
  estimates,
  budgetLeft,
}: {
  estimates: readonly Estimate[] | undefined;
  /** Of all clients together, millionths of a US dollar; null without a budget. */
  budgetLeft: number | null;
}) {
  if (estimates === undefined) return <Text size="sm">{t('posts:week.looking')}</Text>;
  const open = estimates.filter(({ slots }) => slots.length > 0);
  const blocked = estimates.filter((estimate) => estimate.blocked !== null);
  if (open.length === 0) return <NothingToWrite estimates={estimates} />;
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {t('posts:week.free', { count: sumOf(open, ({ slots }) => slots.length) })}
        {sumOf(open, ({ taken }) => taken) > 0 &&
          ` · ${t('posts:week.takenToo', { count: sumOf(open, ({ taken }) => taken) })}`}
        {'. '}
        {t('posts:week.each')}
      </Text>
      <ScrollArea.Autosize mah={220} type="auto">
        <Stack gap="xs">
          {open.map((estimate) => (
            <Slots key={estimate.clientId} estimate={estimate} isOnly={estimates.length === 1} />
          ))}
        </Stack>
      </ScrollArea.Autosize>
      <Costs estimates={open} />
      {stopsOf(open, budgetLeft).map((stop) => (
        <Text key={stop.client ?? ''} size="sm" c="orange" role="status">
          {inWords(stop)}
        </Text>
      ))}
      {blocked.map(({ clientId, blocked: why }) => (
        <Text key={clientId} size="sm" c="dimmed">
          {withLocalTimes(why ?? '')}
        </Text>
      ))}
    </Stack>
  );
}

/** The free slots of one client, day by day on its own clock. */
function Slots({ estimate, isOnly }: { estimate: Estimate; isOnly: boolean }) {
  const { clientName, timezone, slots } = estimate;
  const days = Map.groupBy(slots, ({ at }) => wallTimeAt(at, timezone).slice(0, 10));
  return (
    <Box>
      {!isOnly && (
        <Group justify="space-between" wrap="nowrap">
          <Text size="sm" fw={600} truncate>
            {clientName}
          </Text>
          <Text size="sm" c="dimmed" className="tabular">
            {t('common:count.posts', { count: slots.length })}
          </Text>
        </Group>
      )}
      <Group gap={6} mt={4}>
        {[...days].map(([day, ofDay]) => (
          <Text
            key={day}
            size="xs"
            px={8}
            py={3}
            bg="var(--surface-sunken)"
            className="tabular"
            style={{ borderRadius: 'var(--mantine-radius-sm)' }}
          >
            <b>{formatDay(ofDay[0]?.at ?? '', timezone)}</b>{' '}
            {ofDay.map(({ at }) => formatTime(at, timezone)).join(' · ')}
          </Text>
        ))}
      </Group>
    </Box>
  );
}

function Costs({ estimates }: { estimates: readonly Estimate[] }) {
  const parts = (['captions', 'images', 'videos'] as const)
    .map((part) => ({
      part,
      count: sumOf(estimates, (estimate) => estimate[part].count),
      microUsd: sumOf(estimates, (estimate) => estimate[part].microUsd),
    }))
    .filter(({ count }) => count > 0);
  const seconds = sumOf(estimates, (estimate) => estimate.seconds);
  const total = sumOf(parts, ({ microUsd }) => microUsd);
  return (
    <Box>
      <Table withRowBorders={false} verticalSpacing={3} data-testid="write-costs">
        <Table.Tbody>
          {parts.map(({ part, count, microUsd }) => (
            <Table.Tr key={part}>
              <Table.Td ps={0}>{t(`posts:week.${part}`, { count })}</Table.Td>
              <Table.Td pe={0} ta="end" className="tabular">
                {formatPrice(microUsd)}
              </Table.Td>
            </Table.Tr>
          ))}
          <Table.Tr fw={650}>
            <Table.Td ps={0}>{t('posts:week.total')}</Table.Td>
            <Table.Td pe={0} ta="end" className="tabular" data-testid="write-total">
              {formatPrice(total)}
            </Table.Td>
          </Table.Tr>
        </Table.Tbody>
      </Table>
      <Text size="xs" c="dimmed" mt={4}>
        {t('posts:week.takes', { time: durationWords(seconds) })}
        {'. '}
        {t('posts:week.estimateNote')}
      </Text>
    </Box>
  );
}

function NothingToWrite({ estimates }: { estimates: readonly Estimate[] }) {
  const [first] = estimates;
  if (estimates.length !== 1 || first === undefined) {
    return (
      <Text size="sm" c="dimmed">
        {t('posts:week.noneFreeAll')}
      </Text>
    );
  }
  if (first.blocked !== null) {
    return (
      <Text size="sm" c="dimmed">
        {withLocalTimes(first.blocked)}
      </Text>
    );
  }
  return (
    <Text size="sm" c="dimmed">
      <Words
        of={first.taken > 0 ? 'posts:week.noneFree' : 'posts:week.noSlots'}
        parts={{
          rules: (
            <TextLink
              to="/clients/$id"
              params={{ id: first.clientId }}
              search={{ tab: 'rules' }}
              underline="always"
              onClick={closeWriteWeek}
            />
          ),
        }}
      />
    </Text>
  );
}

const cent = 10_000;

/** Prices far below a cent say so, instead of nothing. */
function formatPrice(microUsd: number): string {
  return microUsd > 0 && microUsd < cent
    ? t('posts:week.lessThanCent', { cent: formatUsd(cent) })
    : formatUsd(microUsd);
}

function durationWords(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  return minutes <= 1 ? t('posts:week.aMinute') : t('posts:week.minutes', { count: minutes });
}

function inWords({ client, left }: Stop): string {
  if (client === null) {
    return left === 0 ? t('posts:week.budgetUsedUp') : t('posts:week.overBudget', { left: formatUsd(left) });
  }
  return left === 0
    ? t('posts:week.ownBudgetUsedUp', { client })
    : t('posts:week.overOwnBudget', { client, left: formatUsd(left) });
}

function sumOf<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0);
}
