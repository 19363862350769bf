import { currentLocale } from '../../../i18n/i18n.ts';

/** What one call cost, which may be far below a cent: `$0.0004`. @param microUsd millionths of a US dollar */
export function formatCost(microUsd: number): string {
  return (microUsd / 1_000_000).toLocaleString(currentLocale(), {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: 2,
    maximumFractionDigits: microUsd < 10_000 ? 4 : 2,
  });
}
