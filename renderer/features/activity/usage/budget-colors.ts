import type { BudgetState } from '../../../../shared/contract/usage.ts';

export const budgetColors: Record<BudgetState, string> = { ok: 'iris', near: 'orange', used_up: 'red' };
