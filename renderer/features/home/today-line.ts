import type { Post } from '../../../shared/contract/pipeline.ts';

const hourMs = 3_600_000;
/** The part of the day that is always shown; it grows where something is before or after. */
const usualHours = { from: 7, to: 21 };
/** How near two posts may stand in one row, as a share of the line. */
const nearest = 0.062;
const mostRows = 3;

/** A place on the line: one post, or several where there is no room for each of them. */
export interface Mark {
  posts: [Post, ...Post[]];
  /** How far along the line, 0 to 1. */
  at: number;
  /** Counted from the line upwards. */
  row: number;
}

/** A day as one line: what it reaches from and to (ms), its hours, its posts, and where now is (0 to 1). */
export interface TodayLine {
  marks: Mark[];
  rows: number;
  hours: { at: number; instant: number }[];
  now: number;
}

/**
 * Lays a day's posts out along one line.
 * @param begin when the day begins (ms); it ends 24 hours later but for changes of the clocks
 * @param now the present time (ms), within the day
 */
export function layOutToday(posts: readonly Post[], begin: number, now: number): TodayLine {
  const times = [now, ...posts.map(momentOf)];
  const wholeHours = (ms: number) => (ms - begin) / hourMs;
  const from = begin + Math.min(usualHours.from, ...times.map((ms) => Math.floor(wholeHours(ms)))) * hourMs;
  const to = begin + Math.max(usualHours.to, ...times.map((ms) => Math.floor(wholeHours(ms)) + 1)) * hourMs;
  const along = (ms: number) => (ms - from) / (to - from);
  const marks = inRows(posts, along);
  const step = to - from > 16 * hourMs ? 3 : 2;
  return {
    marks,
    rows: Math.max(1, ...marks.map(({ row }) => row + 1)),
    hours: Array.from({ length: Math.floor((to - from) / (step * hourMs)) + 1 }, (_, index) => {
      const instant = from + index * step * hourMs;
      return { at: along(instant), instant };
    }),
    now: along(now),
  };
}

/** When a post went live (ms), early or late; before that, when it is due. */
export function momentOf({ status, scheduledFor, targets }: Post): number {
  const live = targets.flatMap(({ publishedAt }) => (publishedAt === null ? [] : Date.parse(publishedAt)));
  return status === 'published' && live.length > 0 ? Math.min(...live) : Date.parse(scheduledFor);
}

/** Each post in the lowest row that has room for it; where none has, it joins the last one in the highest. */
function inRows(posts: readonly Post[], along: (ms: number) => number): Mark[] {
  const marks: Mark[] = [];
  const lastOfRow: Mark[] = [];
  const inOrder = [...posts].sort((a, b) => momentOf(a) - momentOf(b));
  for (const post of inOrder) {
    const at = along(momentOf(post));
    const free = Array.from({ length: mostRows }, (_, row) => row).find(
      (row) => at - (lastOfRow[row]?.at ?? Number.NEGATIVE_INFINITY) >= nearest,
    );
    const crowded = lastOfRow[mostRows - 1];
    if (free === undefined && crowded !== undefined) {
      crowded.posts.push(post);
      continue;
    }
    const mark: Mark = { posts: [post], at, row: free ?? 0 };
    lastOfRow[mark.row] = mark;
    marks.push(mark);
  }
  return marks;
}
