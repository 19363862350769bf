// Measures what a person would notice: punctuality, start and memory. Prints one JSON line for each
// measurement and then a table. Other work on the machine disturbs it, so everything runs several
// times, and the best run stands beside the one in the middle.
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { type DashboardCost, measureDashboard } from './dashboard.ts';
import { median, type Row, round, type Spread, tableOf } from './figures.ts';
import { withDataDir } from './host.ts';
import { type MediaCost, measureMedia } from './media.ts';
import { measureEmptyLive, measureSandbox, type Memory, writeSampleWeek } from './memory.ts';
import { measureBurst, measureTrickle } from './punctuality.ts';
import { measureStart } from './start.ts';

const { values: options } = parseArgs({
  options: {
    /** Length of the trickle. */
    seconds: { type: 'string', default: '30' },
    /** Repetitions of trickle, burst and memory. */
    runs: { type: 'string', default: '3' },
    /** Seconds between the first post of a run being written and its being due, at least. */
    lead: { type: 'string', default: '5' },
    /** Measures whose names begin so. */
    only: { type: 'string', default: '' },
  },
});
const seconds = whole('seconds');
const runs = whole('runs');
const leadMs = whole('lead') * 1_000;
/** What a call to a network over the internet may take, ms; beside the simulator's "at once". */
const farMs = 300;
const starts = 5;
const punctualMs = 100;
const readyMs = 3_000;
const idleMb = 150;
/** What large and hostile files may cost: the host, its event loop, the process that decodes. */
const mediaGoal = { hostExtraMb: 200, loopMs: 50, decoderMb: 420, slowestMs: 5_000 };

/** What a person at the dashboard of an agency with 50 clients and 20,000 posts may wait. */
const dashboardGoal = { firstPageMs: 1_000, scriptKb: 250, pageMs: 300, monthMs: 150 };

const rows: Row[] = [];
console.log(
  JSON.stringify({ measurement: 'machine', cores: cpus().length, cpu: cpus()[0]?.model, node: process.version }),
);
for (const [name, measure] of Object.entries(measurements())) if (name.startsWith(options.only)) await measure(name);
console.log(`\n${tableOf(rows)}`);
console.log(
  `\nBest and middle of ${runs} runs (${starts} for the start). p99 of fewer than 100 posts is the slowest post.`,
);

function measurements(): Record<string, (name: string) => Promise<void>> {
  return {
    'trickle-text': (name) => trickle(name, false),
    'trickle-picture': (name) => trickle(name, true),
    'burst-200-accounts': (name) => burst(name, 200),
    'burst-20-accounts': (name) => burst(name, 20),
    'burst-200-accounts-far': (name) => burst(name, 200, farMs),
    'burst-20-accounts-far': (name) => burst(name, 20, farMs),
    'start-live': (name) => withDataDir((dataDir) => start(name, dataDir, 'live')),
    'start-sandbox': (name) =>
      withDataDir(async (dataDir) => {
        await writeSampleWeek(dataDir);
        await start(name, dataDir, 'sandbox');
      }),
    'memory-live': (name) => memory(name, measureEmptyLive),
    'memory-sandbox': (name) => memory(name, measureSandbox),
    media,
    dashboard,
  };
}

async function trickle(name: string, pictures: boolean): Promise<void> {
  const measured = await repeat(runs, () =>
    measureTrickle({ seconds, pictures, leadMs: leadMs + seconds * (pictures ? 500 : 100) }),
  );
  const toFloor = measured.map(({ latency, floor }) => round(latency.p99 / floor.p99));
  print(name, {
    ...spreads(measured.map(({ latency }) => latency)),
    floor: spreads(measured.map(({ floor }) => floor)),
    p99ToFloor: summary(toFloor),
    posts: seconds,
    goal: { p99: punctualMs },
  });
  spreadRows(
    name,
    measured.map(({ latency }) => latency),
    { p99: punctualMs },
  );
  row(`${name} p99 to that of a bare timer and one synced write`, toFloor, 'times');
}

async function burst(name: string, accounts: number, answerAfterMs = 0): Promise<void> {
  const posts = 200;
  const measured = await repeat(runs, () =>
    measureBurst({ posts, accounts, answerAfterMs, leadMs: leadMs + posts * 100 }),
  );
  const allLive = measured.map(({ allLiveMs }) => allLiveMs);
  print(name, {
    ...spreads(measured.map(({ latency }) => latency)),
    allLiveMs: summary(allLive),
    posts,
    accounts,
    answerAfterMs,
  });
  spreadRows(
    name,
    measured.map(({ latency }) => latency),
  );
  row(`${name} all live`, allLive, 'ms');
}

async function start(name: string, dataDir: string, profile: 'live' | 'sandbox'): Promise<void> {
  await measureStart(dataDir, profile);
  const measured = (await repeat(starts, () => measureStart(dataDir, profile))).map(round);
  print(name, { runs: starts, readyMs: summary(measured), goal: { readyMs } });
  row(name, measured, 'ms', readyMs);
}

async function media(name: string): Promise<void> {
  const measured = (await repeat(runs, () => withDataDir(measureMedia))).filter((cost) => cost !== undefined);
  if (measured.length === 0) return print(name, { skipped: 'This system has no /proc.' });
  const of = (figure: keyof MediaCost): number[] => measured.map((cost) => round(cost[figure]));
  print(name, {
    files: measured[0]?.files,
    converted: measured[0]?.converted,
    hostExtraMb: summary(of('hostExtraMb')),
    decoderMb: summary(of('decoderMb')),
    loopMs: summary(of('loopMs')),
    loopCpuMs: summary(of('loopCpuMs')),
    postingLoopMs: summary(of('postingLoopMs')),
    postingLoopCpuMs: summary(of('postingLoopCpuMs')),
    idleLoopMs: summary(of('idleLoopMs')),
    slowestMs: summary(of('slowestMs')),
    goal: mediaGoal,
  });
  row(`${name} more memory of the host`, of('hostExtraMb'), 'MB', mediaGoal.hostExtraMb);
  row(`${name} memory of the decoder`, of('decoderMb'), 'MB', mediaGoal.decoderMb);
  row(`${name} event loop held up`, of('loopMs'), 'ms', mediaGoal.loopMs);
  row(`${name} of that by its own work`, of('loopCpuMs'), 'ms', mediaGoal.loopMs);
  row(`${name} event loop while converting and posting`, of('postingLoopMs'), 'ms');
  row(`${name} of that by its own work`, of('postingLoopCpuMs'), 'ms', mediaGoal.loopMs);
  row(`${name} the same in a host that does nothing`, of('idleLoopMs'), 'ms');
  row(`${name} slowest file`, of('slowestMs'), 'ms', mediaGoal.slowestMs);
}

async function dashboard(name: string): Promise<void> {
  const measured = await repeat(runs, measureDashboard);
  const [first] = measured as [DashboardCost, ...DashboardCost[]];
  print(name, { runs: measured, goal: dashboardGoal });
  const of = (figure: (cost: DashboardCost) => number): number[] => measured.map((cost) => round(figure(cost)));
  row(
    `${name} first page`,
    of(({ firstPageMs }) => firstPageMs),
    'ms',
    dashboardGoal.firstPageMs,
  );
  row(
    `${name} its JavaScript, gzipped`,
    of(({ firstPageScriptBytes }) => firstPageScriptBytes / 1_000),
    'kB',
    dashboardGoal.scriptKb,
  );
  for (const [index, page] of first.pages.entries()) {
    row(
      `${name} ${page.name}, first visit`,
      of(({ pages }) => pages[index]?.firstMs ?? Number.NaN),
      'ms',
      dashboardGoal.pageMs,
    );
    row(
      `${name} ${page.name}, again`,
      of(({ pages }) => pages[index]?.againMs ?? Number.NaN),
      'ms',
      dashboardGoal.pageMs,
    );
  }
  row(
    `${name} month of ${first.monthPosts} posts`,
    of(({ calendarMonthMs }) => calendarMonthMs),
    'ms',
    dashboardGoal.monthMs,
  );
  for (const [index, list] of first.scrolls.entries()) {
    const share = (figure: 'lateShare' | 'idleLateShare') =>
      of(({ scrolls }) => (scrolls[index]?.[figure] ?? Number.NaN) * 100);
    row(`${name} late frames, ${list.name}`, share('lateShare'), '%');
    row(`${name} … just before, nothing moving`, share('idleLateShare'), '%');
  }
}

async function memory(name: string, measure: (dataDir: string) => Promise<Memory | undefined>): Promise<void> {
  const measured = (await repeat(runs, () => withDataDir(measure))).filter((figures) => figures !== undefined);
  if (measured.length === 0)
    return print(name, { skipped: 'This system does not tell the memory of a process in /proc.' });
  const [idle, quiet] = [
    measured.map((figures) => round(figures.idleMb)),
    measured.map((figures) => round(figures.quietMb)),
  ];
  print(name, { idleMb: summary(idle), quietMb: summary(quiet), goal: { idleMb } });
  row(`${name} after 20 s`, idle, 'MB', idleMb);
  row(`${name} least of the 40 s after`, quiet, 'MB', idleMb);
}

async function repeat<T>(times: number, measure: () => Promise<T>): Promise<T[]> {
  const measured: T[] = [];
  for (let run = 0; run < times; run += 1) measured.push(await measure());
  return measured;
}

function summary(values: readonly number[]): { best: number; median: number } {
  return { best: Math.min(...values), median: median(values) };
}

function spreads(values: readonly Spread[]): Record<keyof Spread, { best: number; median: number }> {
  const of = (key: keyof Spread) => summary(values.map((spread) => spread[key]));
  return { p50: of('p50'), p99: of('p99'), max: of('max') };
}

function print(measurement: string, figures: object): void {
  console.log(JSON.stringify({ measurement, runs, ...figures }));
}

function spreadRows(name: string, measured: readonly Spread[], goal: Partial<Spread> = {}): void {
  for (const key of ['p50', 'p99', 'max'] as const) {
    const values = measured.map((spread) => spread[key]);
    row(`${name} ${key}`, values, 'ms', goal[key]);
  }
}

function row(name: string, values: readonly number[], unit: string, goal?: number): void {
  const { best, median: middle } = summary(values);
  rows.push({
    name,
    best: `${best} ${unit}`,
    median: `${middle} ${unit}`,
    goal: goal === undefined ? '' : `≤ ${goal} ${unit}`,
  });
}

function whole(name: 'seconds' | 'runs' | 'lead'): number {
  const value = Number(options[name]);
  if (Number.isInteger(value) && value > 0) return value;
  console.error(`--${name} takes a whole number above 0.`);
  return process.exit(1);
}
