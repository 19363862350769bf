import type { Post } from '../../../../shared/contract/pipeline.ts';
import type { Rules, Weekday } from '../../../../shared/contract/rules.ts';
import type { Platform } from '../../../../shared/domain/platform.ts';
import { wallTimeAt } from '../../../components/zoned-time.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** Two posts on one account that are closer than this take each other's readers. */
const closeMs = 45 * minuteMs;
/** How far from a time of the rules still counts as that time. */
const toleranceMs = 60 * minuteMs;

/**
 * How many posts an account may make through the API in 24 hours: Instagram tells 50 or 100, TikTok about 15 for all apps
 * together, Facebook 30 reels.
 */
const dailyLimits: Record<Platform, number | null> = { facebook: null, instagram: 50, tiktok: 15 };
const facebookReels = 30;

/** Something to think about before choosing a time. None of it forbids anything. */
export type ScheduleWarning =
  | { kind: 'past' }
  | { kind: 'close'; post: Post; minutes: number; platforms: Platform[] }
  | { kind: 'limit'; platform: Platform; is: number; most: number }
  | { kind: 'week'; is: number; most: number }
  | { kind: 'day'; weekday: Weekday }
  | { kind: 'time'; times: readonly string[] }
  | { kind: 'gap' }
  | { kind: 'twice'; other: string };

export interface Plan {
  /** ISO instant that is thought of. */
  at: string;
  /** IANA zone of the client. */
  zone: string;
  /** UTC ms. */
  now: number;
  targets: readonly { accountId: string; platform: Platform }[];
  isReel(platform: Platform): boolean;
  /** The client's other posts of the days around it. */
  posts: readonly Post[];
  rules: Rules | undefined;
}

/** What speaks against a time, the weightiest first. */
export function scheduleWarnings(plan: Plan): ScheduleWarning[] {
  const at = Date.parse(plan.at);
  if (at <= plan.now) return [{ kind: 'past' }];
  return [...tooClose(plan, at), ...nearLimits(plan, at), ...clockChanges(plan, at), ...againstRules(plan, at)];
}

/** The first instant from this one on that is not close to another post of these accounts; ISO. */
export function laterThan({ at, targets, posts }: Plan): string {
  let instant = Date.parse(at);
  for (const post of onSameAccounts(posts, targets)) {
    const other = Date.parse(post.scheduledFor);
    if (Math.abs(other - instant) < closeMs) instant = other + closeMs;
  }
  return new Date(instant).toISOString();
}

function tooClose({ targets, posts }: Plan, at: number): ScheduleWarning[] {
  const near = onSameAccounts(posts, targets)
    .map((post) => ({ post, distance: Math.abs(Date.parse(post.scheduledFor) - at) }))
    .filter(({ distance }) => distance < closeMs)
    .sort((a, b) => a.distance - b.distance);
  const [closest] = near;
  if (closest === undefined) return [];
  const { post, distance } = closest;
  const shared = post.targets.filter(({ accountId }) => targets.some((target) => target.accountId === accountId));
  const platforms = [...new Set(shared.map(({ platform }) => platform))];
  return [{ kind: 'close', post, minutes: Math.round(distance / minuteMs), platforms }];
}

/** By time, the earliest first. */
function onSameAccounts(posts: readonly Post[], targets: Plan['targets']): Post[] {
  return posts
    .filter((post) => post.status !== 'rejected')
    .filter((post) => post.targets.some(({ accountId }) => targets.some((target) => target.accountId === accountId)))
    .sort((a, b) => Date.parse(a.scheduledFor) - Date.parse(b.scheduledFor));
}

function nearLimits({ targets, posts, isReel }: Plan, at: number): ScheduleWarning[] {
  return targets.flatMap(({ accountId, platform }): ScheduleWarning[] => {
    const most = platform === 'facebook' && isReel(platform) ? facebookReels : dailyLimits[platform];
    if (most === null) return [];
    const is = onSameAccounts(posts, [{ accountId, platform }]).filter(
      ({ scheduledFor }) => Math.abs(Date.parse(scheduledFor) - at) < dayMs,
    ).length;
    return is + 1 > most * 0.8 ? [{ kind: 'limit', platform, is: is + 1, most }] : [];
  });
}

/** The hour that clocks leave out or show twice. */
function clockChanges({ zone }: Plan, at: number): ScheduleWarning[] {
  const wall = (ms: number): number => Date.parse(`${wallTimeAt(ms, zone)}:00Z`);
  if (wall(at) - wall(at - hourMs) > hourMs) return [{ kind: 'gap' }];
  const twin = [at - hourMs, at + hourMs].find((other) => wall(other) === wall(at));
  return twin === undefined ? [] : [{ kind: 'twice', other: new Date(twin).toISOString() }];
}

const weekdays: readonly Weekday[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

function againstRules({ zone, rules, posts }: Plan, at: number): ScheduleWarning[] {
  if (rules === undefined || rules.postsPerWeek === 0) return [];
  const wall = wallTimeAt(at, zone);
  const weekday = weekdays[new Date(`${wall}:00Z`).getUTCDay()] ?? 'mon';
  const warnings: ScheduleWarning[] = [];
  if (rules.days.length > 0 && !rules.days.includes(weekday)) warnings.push({ kind: 'day', weekday });
  else if (
    rules.times.length > 0 &&
    rules.times.every((time) => minutesBetween(time, wall.slice(11)) * minuteMs > toleranceMs)
  ) {
    warnings.push({ kind: 'time', times: rules.times });
  }
  const week = mondayOf(wall);
  const is = posts.filter(
    ({ status, scheduledFor }) => status !== 'rejected' && mondayOf(wallTimeAt(scheduledFor, zone)) === week,
  ).length;
  if (is >= rules.postsPerWeek) warnings.push({ kind: 'week', is: is + 1, most: rules.postsPerWeek });
  return warnings;
}

function minutesBetween(a: string, b: string): number {
  const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
  const distance = Math.abs(minutes(a) - minutes(b));
  return Math.min(distance, 24 * 60 - distance);
}

/** The Monday of a wall time's week, as `2026-11-23`. */
function mondayOf(wall: string): string {
  const day = new Date(`${wall.slice(0, 10)}T00:00Z`);
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
  return day.toISOString().slice(0, 10);
}
