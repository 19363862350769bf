import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef } from 'react';
import type { CalendarView } from './calendar-view.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Shift with an arrow, as screen readers tell it. */
export const moveKeys = 'Shift+ArrowLeft Shift+ArrowRight Shift+ArrowUp Shift+ArrowDown';

/**
 * Where an arrow moves what stands at a wall time: to the cell beside, which is a day or a week away in the month, a day or
 * an hour elsewhere.
 * @param wall `2026-11-24T09:00`
 * @param isRtl days run from the right
 * @returns the new wall time; null for keys that are no arrows
 */
export function movedBy(wall: string, key: string, view: CalendarView, isRtl = false): string | null {
  const side = isRtl ? -dayMs : dayMs;
  const down = view === 'month' ? 7 * dayMs : hourMs;
  const by = { ArrowRight: side, ArrowLeft: -side, ArrowDown: down, ArrowUp: -down }[key];
  return by === undefined ? null : new Date(Date.parse(`${wall}Z`) + by).toISOString().slice(0, 16);
}

/**
 * Moves an entry of a calendar with Shift and the arrows. The keyboard stays at the entry, wherever it is drawn anew.
 * @param move is told the id of the entry and its new wall time
 */
export function useMoveByKeys(
  grid: RefObject<HTMLElement | null>,
  view: CalendarView,
  move: (id: string, wall: string) => void,
): (event: KeyboardEvent<HTMLElement>, entry: { id: string; wall: string }) => void {
  const moved = useRef<string | null>(null);
  useLayoutEffect(() => {
    if (moved.current === null) return;
    const at = document.activeElement;
    const entry = grid.current?.querySelector<HTMLElement>(`[data-entry="${moved.current}"]`);
    if (at === null || at === document.body) entry?.focus();
    else if (at !== entry) moved.current = null;
  });
  return (event, { id, wall }) => {
    if (!event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
    const isRtl = getComputedStyle(event.currentTarget).direction === 'rtl';
    const to = movedBy(wall, event.key, view, isRtl);
    if (to === null) return;
    event.preventDefault();
    event.stopPropagation();
    moved.current = id;
    move(id, to);
  };
}
