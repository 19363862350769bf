import type { Post } from '../../../shared/contract/pipeline.ts';
import { wallTimeAt } from '../../components/zoned-time.ts';

/** A post, or a slot of the rules that has none. */
export type WeekEntry = { at: string; post: Post } | { at: string; post: null };

export interface WeekDay {
  /** `YYYY-MM-DD` on the zone's calendar. */
  day: string;
  /** By time. */
  entries: WeekEntry[];
}

const dayMs = 86_400_000;

/** The seven days from today on, by the zone's calendar, with their posts and the slots that are free. `now` in UTC ms. */
export function weekAhead(
  posts: readonly Post[],
  slots: readonly { at: string; taken: boolean }[],
  zone: string,
  now: number,
): WeekDay[] {
  const entries: WeekEntry[] = [
    ...posts.filter(({ status }) => status !== 'rejected').map((post) => ({ at: post.scheduledFor, post })),
    ...slots.filter(({ taken }) => !taken).map(({ at }) => ({ at, post: null })),
  ].toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const byDay = Map.groupBy(entries, ({ at }) => wallTimeAt(at, zone).slice(0, 10));
  const today = Date.parse(`${wallTimeAt(now, zone).slice(0, 10)}T00:00Z`);
  return Array.from({ length: 7 }, (_, index) => {
    const day = new Date(today + index * dayMs).toISOString().slice(0, 10);
    return { day, entries: byDay.get(day) ?? [] };
  });
}
