import { killAgainAndAgain, type KillingVerdict } from './killing.ts';
import { type Check, numberIn, readOptions, report } from './report.ts';

/*
 * rel:kill9. Kills the real server host with SIGKILL while it publishes; --kills N how often, --seed N
 * another order of events, --hosts N how many are at work at the same time, --killswitch presses the kill
 * switch before each kill. The host must have been built.
 */

const promises = {
  I1: 'nothing is visible twice',
  I2: 'nothing is lost, first comments neither',
  I3: 'what is live is said to be live',
  I4: 'nothing leaves after the kill switch, which outlives the process',
};
/** The first look at what is due after a start. */
const latestStartMs = 5_000;
/** F of Facebook, the call's deadline, and a look-up. */
const longestUnknownMs = 300_000 + 60_000 + 90_000;
const latestStopMs = 1_000;

async function main(): Promise<void> {
  const options = readOptions(['kills', 'seed', 'hosts'], ['killswitch']);
  const seed = numberIn(options.seed) ?? 1;
  const kills = numberIn(options.kills) ?? 300;
  const hosts = numberIn(options.hosts) ?? 2;
  const isAlwaysStopped = options.flags.has('killswitch');
  const startedAt = performance.now();
  const verdicts = await Promise.all(
    Array.from({ length: hosts }, (_, host) => {
      const ownKills = Math.floor(kills / hosts) + (host < kills % hosts ? 1 : 0);
      return killAgainAndAgain({ kills: ownKills, seed: seed + host * 1_000, isStepwise: false, isAlwaysStopped });
    }),
  );
  const all = together(verdicts);
  const seconds = Math.round((performance.now() - startedAt) / 1_000);
  const figures = {
    kills: all.kills,
    posts: all.posts,
    targets: all.targets,
    diedDuring: all.diedDuring,
    startMs: spread(all.startMs),
    unknown: all.unknownMs.length,
    unknownMs: spread(all.unknownMs),
    stoppedMs: spread(all.stoppedMs),
    killingSeconds: Math.round(all.killingMs / 1_000),
    seconds,
  };
  const again = `npm run rel:kill9 -- --kills ${kills} --seed ${seed} --hosts ${hosts}${isAlwaysStopped ? ' --killswitch' : ''}`;
  report({ tool: 'rel:kill9', ...figures }, [
    ...Object.entries(promises).map(([invariant, name]): Check => {
      const broken = all.violations.filter((violation) => violation.startsWith(invariant));
      const why = [...broken.slice(0, 10), again].join('\n  ');
      return { name: `${invariant} ${name}`, isGood: broken.length === 0, why };
    }),
    within('it looks at what is due within five seconds of its start', figures.startMs.p99, latestStartMs),
    within('what is unknown is clear within F and 90 s', figures.unknownMs.p99, longestUnknownMs),
    within('the kill switch is confirmed within a second', figures.stoppedMs.p99, latestStopMs),
  ]);
}

function together(verdicts: readonly KillingVerdict[]): KillingVerdict {
  const diedDuring: Record<string, number> = {};
  for (const verdict of verdicts) {
    for (const [name, times] of Object.entries(verdict.diedDuring)) diedDuring[name] = (diedDuring[name] ?? 0) + times;
  }
  const sum = (key: 'kills' | 'posts' | 'postsAtRest' | 'targets'): number =>
    verdicts.reduce((total, one) => total + one[key], 0);
  return {
    kills: sum('kills'),
    posts: sum('posts'),
    postsAtRest: sum('postsAtRest'),
    targets: sum('targets'),
    killingMs: Math.max(...verdicts.map(({ killingMs }) => killingMs)),
    diedDuring,
    startMs: verdicts.flatMap(({ startMs }) => startMs),
    unknownMs: verdicts.flatMap(({ unknownMs }) => unknownMs),
    stoppedMs: verdicts.flatMap(({ stoppedMs }) => stoppedMs),
    violations: verdicts.flatMap(({ violations }) => violations),
  };
}

interface Spread {
  p50: number;
  p99: number;
  max: number;
}

/** Zeros when there is nothing. */
function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    Math.round(sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? 0);
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}

function within(name: string, ms: number, limit: number): Check {
  return { name, isGood: ms <= limit, why: `99 % within ${ms} ms` };
}

if (import.meta.main) await main();
