import type { Period } from '../../../shared/contract/insights.ts';
import { type Platform, platforms } from '../../../shared/domain/platform.ts';
import { addDays } from '../../../shared/domain/days.ts';

export const periodNames = ['days7', 'days28', 'days90', 'thisMonth', 'lastMonth', 'custom'] as const;
export type PeriodName = (typeof periodNames)[number];

/** What the address says about insights; whatever is left out has its usual value. */
export interface InsightsSearch {
  period?: PeriodName;
  /** Days, `YYYY-MM-DD`, both included; with `period: 'custom'`. */
  from?: string;
  to?: string;
  network?: Platform;
}

const longestDays = 366;
const usual: PeriodName = 'days28';

/** Keeps what an address rightly says about insights. */
export function insightsSearch(search: Record<string, unknown>): InsightsSearch {
  const period = periodNames.find((name) => name === search.period);
  const network = platforms.find((name) => name === search.network);
  return {
    ...(period && { period }),
    ...(isDay(search.from) && { from: search.from }),
    ...(isDay(search.to) && { to: search.to }),
    ...(network && { network }),
  };
}

/** The period that is shown; one of one's own needs both its days. */
export function periodNameOf({ period = usual, from, to }: InsightsSearch): PeriodName {
  return period === 'custom' && (from === undefined || to === undefined) ? usual : period;
}

/** The days that are asked about. @param today `YYYY-MM-DD` in UTC, as figures are counted */
export function periodOf(search: InsightsSearch, today: string): Period {
  switch (periodNameOf(search)) {
    case 'days7':
      return { from: addDays(today, -6), to: today };
    case 'days28':
      return { from: addDays(today, -27), to: today };
    case 'days90':
      return { from: addDays(today, -89), to: today };
    case 'thisMonth':
      return { from: `${today.slice(0, 7)}-01`, to: today };
    case 'lastMonth': {
      const to = addDays(`${today.slice(0, 7)}-01`, -1);
      return { from: `${to.slice(0, 7)}-01`, to };
    }
    case 'custom':
      return ordered(search.from ?? today, search.to ?? today);
  }
}

/** The last twelve months before that of a day, the newest first: `2026-10`. */
export function monthsBefore(today: string): string[] {
  const months: string[] = [];
  for (let day = `${today.slice(0, 7)}-01`; months.length < 12; day = `${months.at(-1)}-01`) {
    months.push(addDays(day, -1).slice(0, 7));
  }
  return months;
}

/** `2026-11-24`, as figures are counted. */
export function todayUtc(): string {
  return new Date().toISOString().slice(0, 10);
}

/** Whichever was picked first; at most a year. */
function ordered(a: string, b: string): Period {
  const [from, to] = a <= b ? [a, b] : [b, a];
  const earliest = addDays(to, -(longestDays - 1));
  return { from: from < earliest ? earliest : from, to };
}

function isDay(value: unknown): value is string {
  if (typeof value !== 'string' || !/^20\d\d-\d\d-\d\d$/.test(value)) return false;
  const date = new Date(`${value}T00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}
