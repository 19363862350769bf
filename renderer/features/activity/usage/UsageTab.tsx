import { ActionIcon, Group, Stack, Text } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { orpc } from '../../../api/client.ts';
import { Failure } from '../../../components/Failure.tsx';
import { LoadingRows } from '../../../components/Loading.tsx';
import { t } from '../../../i18n/i18n.ts';
import { BudgetDialog, type BudgetOwner } from './BudgetDialog.tsx';
import { ClientsUsage } from './ClientsUsage.tsx';
import { MonthChart } from './MonthChart.tsx';
import { MonthFigures } from './MonthFigures.tsx';
import { monthLater, monthName, thisMonth } from './months.ts';
import { NetworksUsage } from './NetworksUsage.tsx';

/**
 * What AI services and networks were asked for in a month, and what it cost.
 * @param month `2026-11`; left out: this one
 */
export function UsageTab({ month, onMonth }: { month?: string; onMonth: (month?: string) => void }) {
  const shown = month ?? thisMonth();
  const [asked, setAsked] = useState<BudgetOwner | null>(null);
  const usage = useQuery({
    ...orpc.usage.month.queryOptions({ input: { month: shown } }),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  });
  const go = (by: number) => {
    const next = monthLater(shown, by);
    onMonth(next === thisMonth() ? undefined : next);
  };
  return (
    <Stack gap="lg">
      <Group gap="xs">
        <ActionIcon variant="default" size="lg" aria-label={t('activity:usage.before')} onClick={() => go(-1)}>
          <IconChevronLeft size={18} className="flip-rtl" />
        </ActionIcon>
        <Text fw={600} miw={150} ta="center" aria-live="polite">
          {monthName(shown)}
        </Text>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={t('activity:usage.after')}
          disabled={shown >= thisMonth()}
          onClick={() => go(1)}
        >
          <IconChevronRight size={18} className="flip-rtl" />
        </ActionIcon>
      </Group>
      {usage.isPending && <LoadingRows rows={5} height={110} />}
      {usage.isError && <Failure error={usage.error} retry={() => void usage.refetch()} />}
      {usage.isSuccess && (
        <>
          <MonthFigures usage={usage.data} isNow={shown === thisMonth()} onBudget={setAsked} />
          <MonthChart />
          <ClientsUsage usage={usage.data} isNow={shown === thisMonth()} onBudget={setAsked} />
          <NetworksUsage networks={usage.data.networks} />
          <Text size="xs" c="dimmed">
            {t('activity:usage.estimate')}
          </Text>
        </>
      )}
      <BudgetDialog owner={asked} onClose={() => setAsked(null)} />
    </Stack>
  );
}
