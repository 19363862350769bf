import '@mantine/schedule/styles.css';
import { UnstyledButton } from '@mantine/core';
import { useViewportSize } from '@mantine/hooks';
import type { DayOfWeek } from '@mantine/dates';
import { DayView, MonthView, type ScheduleEventData, WeekView } from '@mantine/schedule';
import { type ComponentPropsWithoutRef, type CSSProperties, type KeyboardEvent, useRef } from 'react';
import type { CalendarPost } from '../../../shared/contract/pipeline.ts';
import { editableStatuses } from '../../../shared/domain/post.ts';
import { instantAt, wallTimeAt } from '../../components/zoned-time.ts';
import { firstWeekday } from '../../components/format.ts';
import { t } from '../../i18n/i18n.ts';
import classes from './calendar.module.css';
import { type CalendarView, daysShown, spokenDay, timeOf, weekdayOf } from './calendar-view.ts';
import { EntryBody } from './EntryBody.tsx';
import { capped, type Entry } from './entries.ts';
import { useSpokenDays, useTodayInView } from './grid-effects.ts';
import { moveKeys, useMoveByKeys } from './move-by-keys.ts';

/** In windows that are less wide, the days of a week have no room for two entries beside one another; CSS pixels. */
const roomForTwo = 1_280;
/** An entry that begins this long after another does not stand beside it there. In minutes. */
const shortestDrawn = 30;
/** How long a post is drawn: it is a moment, but its words need room. In minutes. */
const drawnMinutes = 45;
/** What of the window's height is taken by all that is above and below the days, in CSS pixels; as in the styles. */
const placeBelow = 345;
/** Where the day begins to be seen, below the header that lies over it; the rest is there by scrolling. */
const morning = '06:00:00';

export type GridView = Exclude<CalendarView, 'agenda'>;

export interface GridActions {
  openPost(post: CalendarPost): void;
  /** Somebody wants to write a post for this instant. */
  writeAt(instant: string, clientId?: string): void;
  openDay(day: string, view: CalendarView): void;
  /** `onMoved`: once the core agrees. */
  movePost(post: CalendarPost, scheduledFor: string, onMoved?: () => void): void;
}

/** Month, week or day, on the clock of a zone. Posts that may be moved can be dragged, or moved with Shift and the arrows. */
export function CalendarGrid({
  view,
  day,
  zone,
  entries,
  withClient,
  colorOf,
  actions,
}: {
  view: GridView;
  day: string;
  zone: string;
  entries: readonly Entry[];
  withClient: boolean;
  colorOf: (post: CalendarPost) => string;
  actions: GridActions;
}) {
  const grid = useRef<HTMLDivElement>(null);
  useSpokenDays(grid);
  useTodayInView(grid, view === 'month' ? day.slice(0, 7) : '');
  const rowsOfDay = useRowsOfDay(day);
  const isNarrow = useViewportSize().width < roomForTwo;
  const most = { month: rowsOfDay, week: isNarrow ? 1 : 2, day: 6 }[view];
  const events = capped(entries, view === 'month' ? 'day' : 'hour', most).map((entry, index, all) =>
    eventOf(entry, view === 'week' && isNarrow ? all[index + 1] : undefined),
  );
  const now = () => wallTimeAt(Date.now(), zone).replace('T', ' ');
  const moveByKeys = useMoveByKeys(grid, view, (id, wall) => {
    const entry = entries.find((candidate) => candidate.id === id);
    if (entry?.kind !== 'post') return;
    const { from, to } = daysShown(view, day, firstWeekday());
    const next = wall.slice(0, 10);
    const isInView = from <= next && next < to;
    actions.movePost(entry.post, instantAt(wall, zone), () => !isInView && actions.openDay(next, view));
  });
  const clicked = (event: ScheduleEventData) => {
    const entry = entryIn(event);
    if (entry.kind === 'post') actions.openPost(entry.post);
    else if (entry.kind === 'gap') actions.writeAt(entry.gap.at, entry.gap.clientId);
    else actions.openDay(entry.wall.slice(0, 10), view === 'day' ? 'agenda' : 'day');
  };
  const shared = {
    date: day,
    withHeader: false,
    firstDayOfWeek: firstWeekday() as DayOfWeek,
    labels: { timeSlot: t('calendar:grid.timeSlot'), weekday: t('calendar:grid.weekday') },
    events,
    withEventsDragAndDrop: true,
    canDragEvent: (event: ScheduleEventData) => isMovable(entryIn(event)),
    onEventDrop: ({ event, newStart }: { event: ScheduleEventData; newStart: string }) => {
      const entry = entryIn(event);
      if (entry.kind === 'post') actions.movePost(entry.post, instantAt(wallOf(newStart), zone));
    },
    onEventClick: clicked,
    renderEventBody: (event: ScheduleEventData) => (
      <EntryBody entry={entryIn(event)} zone={zone} oneLine={view === 'month'} withClient={withClient} />
    ),
    renderEvent: (event: ScheduleEventData, props: ComponentPropsWithoutRef<'button'>) => {
      const entry = entryIn(event);
      const tone = entry.kind === 'post' ? `var(--mantine-color-${colorOf(entry.post)}-6)` : undefined;
      return (
        <UnstyledButton
          {...props}
          className={`${props.className} ${classes.event}`}
          style={{ ...props.style, '--tone': tone } as CSSProperties}
          data-kind={entry.kind}
          data-all={(entry.kind === 'more' && entry.isAll) || undefined}
          data-entry={entry.id}
          {...(isMovable(entry) && {
            'aria-keyshortcuts': moveKeys,
            onKeyDown: (pressed: KeyboardEvent<HTMLElement>) => moveByKeys(pressed, entry),
          })}
          data-testid="calendar-entry"
        />
      );
    },
  };
  const hours = {
    startScrollTime: morning,
    slotLabelFormat: (moment: string) => timeOf(wallOf(moment)),
    getCurrentTime: now,
    intervalMinutes: 60,
    eventDragInterval: 15,
    classNames: { weekViewInner: classes.hours, dayViewInner: classes.hours },
    slotHeight: 56,
    scrollAreaProps: { mah: `max(420px, calc(100vh - ${placeBelow}px))` },
    onTimeSlotClick: ({ slotStart }: { slotStart: string }) => actions.writeAt(instantAt(wallOf(slotStart), zone)),
  };
  return (
    <div ref={grid}>
      {view === 'month' && (
        <MonthView
          {...shared}
          maxEventsPerDay={rowsOfDay}
          classNames={{
            monthViewDay: classes.monthDay,
            monthViewEvents: classes.monthEvents,
            monthViewWeekdays: classes.monthHead,
          }}
          scrollAreaProps={{ classNames: { viewport: classes.monthPlace } }}
          consistentWeeks={false}
          weekendDays={[]}
          highlightToday={false}
          weekdayFormat={weekdayOf}
          getDayProps={(date) => ({
            'aria-label': spokenDay(date),
            ...(date === now().slice(0, 10) && { className: classes.today }),
          })}
          onDayClick={(date) => actions.openDay(date, 'day')}
        />
      )}
      {view === 'week' && (
        <WeekView
          {...shared}
          {...hours}
          weekendDays={[]}
          withAllDaySlots={false}
          highlightToday
          withWeekNumber={false}
          weekdayFormat={weekdayOf}
          onDateChange={(date) => actions.openDay(date, 'day')}
        />
      )}
      {view === 'day' && <DayView {...shared} {...hours} withAllDaySlot={false} />}
    </div>
  );
}

/** How many entries a day of a month has room for, so that the month fills the window and no more. */
function useRowsOfDay(day: string): number {
  const { height } = useViewportSize();
  const { from, to } = daysShown('month', day, firstWeekday());
  const weeks = (Date.parse(to) - Date.parse(from)) / (7 * 86_400_000);
  const fitting = Math.floor(((height - placeBelow - 36) / weeks - 34) / 24);
  return Math.min(10, Math.max(3, fitting));
}

/** Posts of which nothing is out yet. The core has the last word. */
export function isMovable(entry: Entry): boolean {
  return entry.kind === 'post' && editableStatuses.includes(entry.post.status);
}

/** @param next what comes after it, where there is no room beside it */
function eventOf(entry: Entry, next: Entry | undefined): ScheduleEventData {
  const day = entry.wall.slice(0, 10);
  return {
    id: entry.id,
    title: '',
    start: `${entry.wall.replace('T', ' ')}:00`,
    end: `${day} ${endOf(entry.wall.slice(11), drawnBefore(entry, next))}`,
    color: 'gray',
    payload: { entry },
  };
}

function drawnBefore({ wall }: Entry, next: Entry | undefined): number {
  const until = next === undefined ? drawnMinutes : (Date.parse(`${next.wall}Z`) - Date.parse(`${wall}Z`)) / 60_000;
  return until >= shortestDrawn ? Math.min(until, drawnMinutes) : drawnMinutes;
}

/** `09:00` drawn for 45 minutes ends at `09:45:00`, and never after its day. */
function endOf(time: string, drawn: number): string {
  const minutes = Number(time.slice(0, 2)) * 60 + Number(time.slice(3)) + drawn;
  if (minutes >= 24 * 60) return '23:59:59';
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:00`;
}

function entryIn(event: ScheduleEventData): Entry {
  return event.payload?.entry as Entry;
}

/** `2026-11-24 09:00:00` as `2026-11-24T09:00`. */
function wallOf(moment: string): string {
  return moment.slice(0, 16).replace(' ', 'T');
}
