import type { CalendarPost } from '../../../shared/contract/pipeline.ts';
import { wallTimeAt } from '../../components/zoned-time.ts';

/** A moment of a client's plan that no post fills yet. */
export interface Gap {
  clientId: string;
  clientName: string;
  timezone: string;
  /** UTC, ISO. */
  at: string;
}

/** One thing in a calendar; `wall` is when, on the clock of the calendar's zone: `2026-11-24T09:00`. */
export type Entry = { id: string; wall: string } & (
  | { kind: 'post'; post: CalendarPost }
  | { kind: 'gap'; gap: Gap }
  /** Stands for entries there was no room for; `isAll`: for everything there, and no other stands beside it. */
  | { kind: 'more'; count: number; isAll: boolean }
);

/** Posts and gaps by time. A gap with a post of its client at that very minute is none. */
export function entriesOf(posts: readonly CalendarPost[], gaps: readonly Gap[], zone: string): Entry[] {
  const filled = new Set(posts.map(({ clientId, scheduledFor }) => momentOf(clientId, scheduledFor)));
  const entries: Entry[] = [
    ...posts.map((post) => ({
      id: post.id,
      wall: wallTimeAt(post.scheduledFor, zone),
      kind: 'post' as const,
      post,
    })),
    ...gaps
      .filter(({ clientId, at }) => !filled.has(momentOf(clientId, at)))
      .map((gap) => ({
        id: `gap ${gap.clientId} ${gap.at}`,
        wall: wallTimeAt(gap.at, zone),
        kind: 'gap' as const,
        gap,
      })),
  ];
  return entries.sort(byTime);
}

/**
 * At most `most` entries of each day (`per: 'day'`) or of each hour. Where there are more, the last one kept stands
 * for the others, or for all where only one is kept; posts are kept before gaps. The calendar's own time grows with the square of what it is given.
 */
export function capped(entries: readonly Entry[], per: 'day' | 'hour', most: number): Entry[] {
  const length = per === 'day' ? 10 : 13;
  const groups = Map.groupBy(entries, ({ wall }) => wall.slice(0, length));
  return [...groups].flatMap(([name, group]) => {
    if (group.length <= most) return group;
    const kept = [...group].sort(postsFirst).slice(0, most - 1);
    const isAll = kept.length === 0;
    const rest = { id: `more ${name}`, kind: 'more' as const, count: group.length - kept.length, isAll };
    // Last in its day, so that it stands below the others.
    const wall = per === 'day' ? `${name}T23:59` : (group.at(isAll ? 0 : -1)?.wall ?? name);
    return [...kept.sort(byTime), { ...rest, wall }];
  });
}

function byTime(a: Entry, b: Entry): number {
  return a.wall < b.wall ? -1 : a.wall > b.wall ? 1 : a.id < b.id ? -1 : 1;
}

function postsFirst(a: Entry, b: Entry): number {
  return Number(a.kind === 'gap') - Number(b.kind === 'gap') || byTime(a, b);
}

function momentOf(clientId: string, instant: string): string {
  return `${clientId} ${Date.parse(instant)}`;
}
