import type { Period } from '../../../shared/contract/insights.ts';
import { addDays } from '../../../shared/domain/days.ts';

/** The period that one is compared with: before a whole month the month before it, else as many days. Pure. */
export function periodBefore({ from, to }: Period): Period {
  const before = addDays(from, -1);
  if (from.endsWith('-01') && addDays(to, 1).endsWith('-01') && from.slice(0, 7) === to.slice(0, 7)) {
    return { from: `${before.slice(0, 7)}-01`, to: before };
  }
  return { from: addDays(from, -daysOf({ from, to }).length), to: before };
}

/** Every day of a period, rising. */
export function daysOf({ from, to }: Period): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}

/** The whole month `2026-11`. */
export function monthOf(month: string): Period {
  const next = addDays(`${month}-01`, 31).slice(0, 7);
  return { from: `${month}-01`, to: addDays(`${next}-01`, -1) };
}
