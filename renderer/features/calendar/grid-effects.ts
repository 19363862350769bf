import { type RefObject, useEffect } from 'react';
import classes from './calendar.module.css';

/**
 * The library names the days of a week "Weekday 2026-11-24" where one sees "Tue 24", so that who speaks to the
 * computer cannot press them. Without that name, what one sees is the name.
 */
export function useSpokenDays(grid: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    for (const day of grid.current?.querySelectorAll('.mantine-WeekView-weekViewDayLabel') ?? []) {
      day.removeAttribute('aria-label');
    }
  });
}

/** Scrolls a month that is higher than its place to the week of today, when that month comes into view. */
export function useTodayInView(grid: RefObject<HTMLElement | null>, month: string): void {
  useEffect(() => {
    const today = grid.current?.querySelector(`.${classes.today}`);
    const place = today?.closest('.mantine-ScrollArea-viewport');
    if (!today || !place) return;
    const below = today.getBoundingClientRect().bottom - place.getBoundingClientRect().bottom;
    if (below > 0) place.scrollTop += below;
  }, [grid, month]);
}
