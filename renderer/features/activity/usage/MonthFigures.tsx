import { Button, Group, Paper, Progress, SimpleGrid, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { UsageOfMonth } from '../../../../shared/contract/usage.ts';
import { formatUsd } from '../../../components/format.ts';
import { t } from '../../../i18n/i18n.ts';
import type { BudgetOwner } from './BudgetDialog.tsx';
import { budgetColors } from './budget-colors.ts';

/** The month at a glance: spent, expected, made. */
export function MonthFigures({
  usage: { total, budget, expectedMicroUsd },
  isNow,
  onBudget,
}: {
  usage: UsageOfMonth;
  isNow: boolean;
  onBudget: (owner: BudgetOwner) => void;
}) {
  const limit = budget?.limitMicroUsd ?? null;
  const ask = () => onBudget({ clientId: null, name: t('activity:usage.budget.all'), limitMicroUsd: limit });
  const willStop = limit !== null && expectedMicroUsd !== null && expectedMicroUsd > limit;
  return (
    <SimpleGrid cols={{ base: 1, sm: isNow ? 3 : 2 }}>
      <Figure title={t('activity:usage.spent')} testId="spent">
        <Group gap={8} align="baseline">
          <Big>{formatUsd(total.microUsd)}</Big>
          {limit !== null && (
            <Text size="sm" c="dimmed">
              {t('activity:usage.spentOf', { limit: formatUsd(limit) })}
            </Text>
          )}
        </Group>
        {budget !== null && (
          <Progress
            mt="xs"
            size="sm"
            value={Math.min(100, (budget.spentMicroUsd / Math.max(1, budget.limitMicroUsd)) * 100)}
            color={budgetColors[budget.state]}
            aria-label={t('activity:usage.budget.share', { name: t('activity:usage.budget.all') })}
          />
        )}
        {isNow && (
          <Group gap="xs" mt="xs" justify="space-between">
            <Text size="xs" c={budget?.state === 'ok' || budget === null ? 'dimmed' : budgetColors[budget.state]}>
              {budget === null ? t('activity:usage.noLimit') : t(`activity:usage.budget.state.${budget.state}`)}
            </Text>
            <Button size="compact-xs" variant="subtle" onClick={ask}>
              {t(limit === null ? 'activity:usage.budget.set' : 'activity:usage.budget.change')}
            </Button>
          </Group>
        )}
      </Figure>
      {isNow && (
        <Figure title={t('activity:usage.expected')} testId="expected">
          <Big>{formatUsd(expectedMicroUsd ?? 0)}</Big>
          <Text size="xs" c={willStop ? 'orange' : 'dimmed'} mt="xs">
            {t(willStop ? 'activity:usage.overLimit' : 'activity:usage.expectedHint')}
          </Text>
        </Figure>
      )}
      <Figure title={t('activity:usage.made')} testId="made">
        <Big>{t('common:count.calls', { count: total.calls })}</Big>
        <Text size="xs" c="dimmed" mt="xs">
          {[
            t('activity:usage.tokens', { count: total.tokens }),
            t('common:count.pictures', { count: total.images }),
            t('common:count.videos', { count: total.videos }),
          ].join(' · ')}
        </Text>
      </Figure>
    </SimpleGrid>
  );
}

function Figure({ title, testId, children }: { title: string; testId: string; children: ReactNode }) {
  return (
    <Paper
      component="section"
      bg="var(--surface)"
      shadow="xs"
      p="lg"
      style={{ border: '1px solid var(--line)' }}
      data-testid={`usage-${testId}`}
    >
      <Text size="sm" c="dimmed" fw={550} mb={4}>
        {title}
      </Text>
      {children}
    </Paper>
  );
}

function Big({ children }: { children: ReactNode }) {
  return (
    <Text fz={26} fw={650} lh={1.2} className="tabular">
      {children}
    </Text>
  );
}
