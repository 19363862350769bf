import { Temporal } from 'temporal-polyfill';
import type { BestTimes, HourFigures } from '../../../shared/contract/insights.ts';

/** With fewer posts, an hour that did well is chance. */
export const fewestPosts = 12;
/** So many posts must have gone out at an hour before it is named. */
const fewestAtHour = 2;
const named = 3;
const quarterMs = 15 * 60_000;
const hourMs = 4 * quarterMs;
const weekMs = 7 * 24 * hourMs;

/** One post on one account, when it went out and how it did. */
export interface Outing {
  postId: string;
  /** UTC ms. */
  at: number;
  /** IANA zone of the client. */
  timezone: string;
  score: number;
}

/** When posts did well, by weekday and hour of each client's own clock. Pure. */
export function bestTimes(outings: Iterable<Outing>): Pick<BestTimes, 'posts' | 'minimum' | 'hours' | 'best'> {
  const all = new Set<string>();
  const ofHours = new Map<number, Told>();
  const hourOf = hoursOfWeek();
  for (const outing of outings) {
    const hour = hourOf(outing);
    const told = ofHours.get(hour) ?? { posts: new Set(), outings: 0, score: 0 };
    ofHours.set(hour, told);
    told.posts.add(outing.postId);
    told.outings += 1;
    told.score += outing.score;
    all.add(outing.postId);
  }
  const hours = Array.from(ofHours, hourFigures).sort(byHour);
  const best = hours.filter((hour) => hour.posts >= fewestAtHour && hour.score > 1).sort((a, b) => b.score - a.score);
  return { posts: all.size, minimum: fewestPosts, hours, best: all.size < fewestPosts ? [] : best.slice(0, named) };
}

/** What is known of one hour; `score` is the sum of all. */
interface Told {
  posts: Set<string>;
  outings: number;
  score: number;
}

function hourFigures([hourOfWeek, { posts, outings, score }]: [number, Told]): HourFigures {
  return {
    weekday: Math.floor(hourOfWeek / 24) + 1,
    hour: hourOfWeek % 24,
    posts: posts.size,
    score: score / outings,
  };
}

/** Tells the hour of the client's week in which one went out, from 0, which is Monday after midnight. */
function hoursOfWeek(): (outing: Outing) => number {
  const clocks = new Map<string, (at: number) => number>();
  return ({ at, timezone }) => {
    const offsetAt = clocks.get(timezone) ?? clockOf(timezone);
    clocks.set(timezone, offsetAt);
    // The first instant of all is a Thursday.
    return (Math.floor((at + offsetAt(at)) / hourMs) + 3 * 24) % (7 * 24);
  };
}

/**
 * How far a zone's clock is ahead of UTC at an instant, both ms. Asking is slow, and clocks change seldom and at quarters of an
 * hour: it is asked for once a week, and once a quarter in the weeks at whose end the clock is another one.
 */
function clockOf(timezone: string): (at: number) => number {
  const known = new Map<number, number>();
  const asked = (at: number): number => {
    const offset = known.get(at) ?? offsetOf(at, timezone);
    known.set(at, offset);
    return offset;
  };
  return (at) => {
    const week = Math.floor(at / weekMs) * weekMs;
    return asked(week) === asked(week + weekMs) ? asked(week) : asked(Math.floor(at / quarterMs) * quarterMs);
  };
}

function offsetOf(at: number, timezone: string): number {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone).offsetNanoseconds / 1e6;
}

function byHour(a: HourFigures, b: HourFigures): number {
  return a.weekday - b.weekday || a.hour - b.hour;
}
