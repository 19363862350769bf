import { IconCoin, IconCoinOff } from '@tabler/icons-react';
import type { Budget } from '../../../shared/contract/usage.ts';
import { formatUsd } from '../../components/format.ts';
import { ButtonLink } from '../../components/links.tsx';
import { t } from '../../i18n/i18n.ts';
import { Need } from './Need.tsx';

/** Budgets that are nearly used up, or wholly: what stops then, and where to raise them. */
export function BudgetNeeds({ budgets }: { budgets: readonly Budget[] }) {
  return budgets.map((budget) => {
    const isOver = budget.state === 'used_up';
    return (
      <Need
        key={budget.clientId ?? 'all'}
        icon={isOver ? IconCoinOff : IconCoin}
        color={isOver ? 'red' : 'orange'}
        title={titleOf(budget)}
        data-need="budget"
        action={
          <ButtonLink to="/activity" search={{ tab: 'usage' }} variant="default" size="xs">
            {t('home:needs.seeBudget')}
          </ButtonLink>
        }
      >
        {t(isOver ? 'home:needs.budgetOverHint' : 'home:needs.budgetHint')}
      </Need>
    );
  });
}

function titleOf({ state, clientName, spentMicroUsd, limitMicroUsd }: Budget): string {
  const sums = { spent: formatUsd(spentMicroUsd), limit: formatUsd(limitMicroUsd) };
  const isOver = state === 'used_up';
  if (clientName === null) return t(isOver ? 'home:needs.budgetOver' : 'home:needs.budget', sums);
  return t(isOver ? 'home:needs.clientBudgetOver' : 'home:needs.clientBudget', { client: clientName, ...sums });
}
