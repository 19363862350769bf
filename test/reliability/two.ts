import { numberIn, readOptions, report } from './report.ts';
import { disturbTwoHosts } from './two-hosts.ts';

/*
 * rel:two. Two real server hosts on one data folder, whose locks do not see each other, while the one that holds the
 * lease is frozen for longer than it lasts, killed, or robbed of it. --seconds N for how long, --seed N another order
 * of events, --real-lease: frozen and dead holders are waited for as long as the lease really lasts. Then, as the
 * control, hosts that do not check the epoch, which must be found out. The host must have been built.
 */

async function main(): Promise<void> {
  const options = readOptions(['seconds', 'seed'], ['real-lease']);
  const seed = numberIn(options.seed) ?? 1;
  const isRealLease = options.flags.has('real-lease');
  const seconds = numberIn(options.seconds) ?? 60;
  const startedAt = performance.now();
  const { violations, ...figures } = await disturbTwoHosts({ seconds, seed, isRealLease });
  const control = await disturbTwoHosts({ seconds: 1, seed, isSettled: false, isForgetful: true });
  const isControlSeen = control.violations.some((violation) => violation.startsWith('I16 '));
  const names = {
    I1: 'nothing is visible twice',
    I2: 'nothing is lost, first comments neither',
    I3: 'what is live is said to be live',
    I16: 'one epoch publishes at a time, and a locked folder is refused in clear words',
  };
  const replay = `npm run rel:two -- --seconds ${seconds} --seed ${seed}${isRealLease ? ' --real-lease' : ''}`;
  report(
    { tool: 'rel:two', seed, isRealLease, ...figures, took: Math.round((performance.now() - startedAt) / 1_000) },
    [
      ...Object.entries(names).map(([invariant, name]) => {
        const broken = violations.filter((violation) => violation.startsWith(`${invariant} `));
        return {
          name: `${invariant} ${name}`,
          isGood: broken.length === 0,
          why: [...broken.slice(0, 10), replay].join('\n  '),
        };
      }),
      { name: 'hosts that do not check the epoch are found out', isGood: isControlSeen, why: replay },
    ],
  );
}

if (import.meta.main) await main();
