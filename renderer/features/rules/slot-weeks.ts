import { wallTimeAt } from '../../components/zoned-time.ts';
import { offsetMinutes } from './clock.ts';

export interface Slot {
  at: string;
  /** As the rules name it, on the client's clock. */
  wallTime: string;
  taken: boolean;
}

/** The clocks of a zone are set between two slots. */
export interface ClockChange {
  zone: string;
  /** Above zero: forward. */
  minutes: number;
}

export interface SlotLine extends Slot {
  /** Clocks that are set between the slot before (or now) and this one. */
  changes: readonly ClockChange[];
  /** What the client's clock shows instead, `10:00`, when the wall time is one that the clocks skip; else null. */
  movedTo: string | null;
}

export interface SlotWeek {
  /** Its Monday on the client's calendar, `YYYY-MM-DD`. */
  monday: string;
  slots: readonly SlotLine[];
}

/** Slots in order of time by the client's weeks, with the clock changes in its zone and in mine. `now` in UTC ms. */
export function slotWeeks(slots: readonly Slot[], zone: string, ownZone: string, now: number): SlotWeek[] {
  const zones = [...new Set([zone, ownZone])];
  const lines = slots.map((slot, index): SlotLine => {
    const before = slots[index - 1]?.at ?? now;
    const shown = wallTimeAt(slot.at, zone);
    return {
      ...slot,
      changes: zones.flatMap((candidate) => {
        const minutes = offsetMinutes(slot.at, candidate) - offsetMinutes(before, candidate);
        return minutes === 0 ? [] : [{ zone: candidate, minutes }];
      }),
      movedTo: shown === slot.wallTime ? null : shown.slice(11),
    };
  });
  const weeks = Map.groupBy(lines, ({ wallTime }) => mondayOf(wallTime.slice(0, 10)));
  return [...weeks].map(([monday, inWeek]) => ({ monday, slots: inWeek }));
}

function mondayOf(day: string): string {
  const date = new Date(`${day}T00:00Z`);
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  return date.toISOString().slice(0, 10);
}
