import { Temporal } from 'temporal-polyfill';
import type { BestTimes, HourFigures } from '../../../shared/contract/insights.ts';

/** With fewer posts, an hour that did well is chance. */
export const fewestPosts = 12;
/** So many posts must have gone out at an hour before it is named. */
const fewestAtHour = 2;
const named = 3;
const quarterMs = 15 * 60_000;

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
export function bestTimes(outings: readonly Outing[]): Pick<BestTimes, 'posts' | 'minimum' | 'hours' | 'best'> {
  const posts = new Set(outings.map(({ postId }) => postId)).size;
  const hourOf = hourNames();
  const groups = Map.groupBy(outings, hourOf);
  const hours = [...groups].map(([name, group]) => hourFigures(name, group)).sort(byHour);
  const best = hours.filter((hour) => hour.posts >= fewestAtHour && hour.score > 1).sort((a, b) => b.score - a.score);
  return { posts, minimum: fewestPosts, hours, best: posts < fewestPosts ? [] : best.slice(0, named) };
}

function hourFigures(name: string, outings: readonly Outing[]): HourFigures {
  const [weekday = 1, hour = 0] = name.split(' ').map(Number);
  const score = outings.reduce((sum, outing) => sum + outing.score, 0) / outings.length;
  return { weekday, hour, posts: new Set(outings.map(({ postId }) => postId)).size, score };
}

/** Zones differ by quarters of an hour at least, and asking for one is slow: each quarter is asked about once. */
function hourNames(): (outing: Outing) => string {
  const ofZones = new Map<string, Map<number, string>>();
  return ({ at, timezone }) => {
    const known = ofZones.get(timezone) ?? new Map<number, string>();
    ofZones.set(timezone, known);
    const quarter = Math.floor(at / quarterMs);
    const name = known.get(quarter) ?? hourNameOf(at, timezone);
    known.set(quarter, name);
    return name;
  };
}

function hourNameOf(at: number, timezone: string): string {
  const { dayOfWeek, hour } = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone);
  return `${dayOfWeek} ${hour}`;
}

function byHour(a: HourFigures, b: HourFigures): number {
  return a.weekday - b.weekday || a.hour - b.hour;
}
