import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { instantOfWallTime, slotsBetween, wallTimeOf } from '../../main/core/rules/slots.ts';
import { weekdays } from '../../shared/contract/rules.ts';

/*
 * Wall times of every IANA zone against the offsets that the engine's own formatter shows, which this file reads
 * without the app's help.
 */

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const from = Date.UTC(2024, 0, 1);
const to = Date.UTC(2031, 0, 1);

export interface ZonesVerdict {
  zones: number;
  /** Moments at which the clocks of a zone are changed. */
  changes: number;
  wallTimes: number;
  /** Among them, those that the clocks skip, and those that come twice. */
  skipped: number;
  doubled: number;
  violations: string[];
}

interface Change {
  at: number;
  /** What is added to UTC before and after, ms. */
  before: number;
  after: number;
}

/** @param everyNth only each so manieth zone, for a short form */
export function checkZones(everyNth = 1): ZonesVerdict {
  const zones = Intl.supportedValuesOf('timeZone').filter((_, index) => index % everyNth === 0);
  const verdict: ZonesVerdict = {
    zones: zones.length,
    changes: 0,
    wallTimes: 0,
    skipped: 0,
    doubled: 0,
    violations: [],
  };
  for (const zone of zones) {
    for (const change of changesOf(zone)) {
      verdict.changes += 1;
      checkAround(zone, change, verdict);
      checkRule(zone, change, verdict);
    }
  }
  return verdict;
}

/** What the app makes of wall times in every zone, as one hash. */
export function hashOfZones(): string {
  const hash = createHash('sha256');
  for (const zone of Intl.supportedValuesOf('timeZone')) {
    for (let at = from; at < to; at += 97 * day + 7 * hour) {
      const wallTime = wallTimeOf(at, zone);
      hash.update(`${zone} ${wallTime} ${instantOfWallTime(wallTime, zone)}\n`);
    }
  }
  return hash.digest('hex');
}

const machineZones = ['UTC', 'America/New_York', 'Asia/Kolkata', 'Pacific/Apia'];

/** The same in processes on machines of other zones. @returns the distinct hashes */
export function hashesOnOtherMachines(): Set<string> {
  const hashes = machineZones.map((TZ) => {
    const { stdout } = spawnSync(process.execPath, [...process.execArgv, import.meta.filename, '--hash'], {
      encoding: 'utf8',
      env: { ...process.env, TZ },
    });
    return stdout.trim();
  });
  return new Set(hashes);
}

function checkAround(zone: string, { at, before, after }: Change, verdict: ZonesVerdict): void {
  const shift = after - before;
  const span = Math.abs(shift);
  // The wall times at which both clocks are of one mind, and those that are skipped or come twice.
  const expectations: [wall: number, instant: number][] = [
    [at + before - 1 * minute - (shift < 0 ? span : 0), at - 1 * minute - (shift < 0 ? span : 0)],
    [at + after + (shift < 0 ? span : 0), at + (shift < 0 ? span : 0)],
    [at + after + hour + span, at + hour + span],
  ];
  const first = Math.min(at + before, at + after);
  for (const into of [0, minute, Math.floor(span / 2 / minute) * minute, span - minute]) {
    // Skipped: moved on by what is skipped. Twice: the first of the two. Both are the offset from before.
    expectations.push([first + into, first + into - before]);
    if (shift > 0) verdict.skipped += 1;
    else verdict.doubled += 1;
  }
  for (const [wall, instant] of expectations) {
    verdict.wallTimes += 1;
    const wallTime = new Date(wall).toISOString().slice(0, 16);
    const found = instantOfWallTime(wallTime, zone);
    const wanted = instant - (wall % minute);
    if (found !== wanted) {
      verdict.violations.push(
        `Z1 ${wallTime} in ${zone} is ${new Date(wanted).toISOString()}, not ${new Date(found).toISOString()}`,
      );
    }
    const shown = new Date(instant + offsetOf(zone, instant)).toISOString().slice(0, 16);
    if (wallTimeOf(instant, zone) !== shown) {
      verdict.violations.push(
        `Z2 the clocks of ${zone} show ${shown} at ${new Date(instant).toISOString()}, not ${wallTimeOf(instant, zone)}`,
      );
    }
  }
}

/** A rule for every day, at a time that is skipped or doubled, fires once a date. */
function checkRule(zone: string, { at, before, after }: Change, verdict: ZonesVerdict): void {
  const first = Math.min(at + before, at + after);
  const time = new Date(first + Math.floor(Math.abs(after - before) / 2 / minute) * minute).toISOString().slice(11, 16);
  const rules = { postsPerWeek: 7, days: [...weekdays], times: [time] };
  const dates = slotsBetween(rules, zone, at - 3 * day, at + 3 * day).map(({ wallTime }) => wallTime.slice(0, 10));
  if (new Set(dates).size !== dates.length || dates.length < 5) {
    verdict.violations.push(`Z3 a rule for ${time} in ${zone} fires on ${dates.join(', ')}`);
  }
}

/** Every moment in the years looked at in which a zone's offset changes. */
function changesOf(zone: string): Change[] {
  const changes: Change[] = [];
  let before = offsetOf(zone, from);
  for (let at = from; at < to; at += day) {
    const after = offsetOf(zone, at + day);
    if (after === before) continue;
    changes.push({ at: momentBetween(zone, at, at + day), before, after });
    before = after;
  }
  return changes;
}

function momentBetween(zone: string, low: number, high: number): number {
  const before = offsetOf(zone, low);
  let [start, end] = [low, high];
  while (end - start > minute) {
    const middle = start + Math.floor((end - start) / 2 / minute) * minute;
    if (offsetOf(zone, middle) === before) start = middle;
    else end = middle;
  }
  return end;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** What a zone adds to UTC at an instant, ms, by the engine's formatter. */
function offsetOf(zone: string, instant: number): number {
  const formatter = formatters.get(zone) ?? newFormatter(zone);
  formatters.set(zone, formatter);
  const shown: Record<string, number> = {};
  for (const { type, value } of formatter.formatToParts(instant)) shown[type] = Number(value);
  const { year = 0, month = 1, day: date = 1, hour: hours = 0, minute: minutes = 0, second = 0 } = shown;
  return Date.UTC(year, month - 1, date, hours % 24, minutes, second) - instant;
}

function newFormatter(timeZone: string): Intl.DateTimeFormat {
  const two = '2-digit';
  return new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'iso8601',
    hourCycle: 'h23',
    year: 'numeric',
    month: two,
    day: two,
    hour: two,
    minute: two,
    second: two,
  });
}

if (import.meta.main && process.argv.includes('--hash')) console.log(hashOfZones());
