import { measureLoop } from './event-loop.ts';
import { numberIn, readOptions, report } from './report.ts';

/*
 * rel:loop. How late the event loop of the real host is while another process holds the store's write lock for five
 * seconds, posts are to be published and many others wait. --posts N, --runs N: the quietest of the runs counts, since
 * what else the machine does is in all of them. The host must have been built.
 */

const mostP99Ms = 20;
const mostMs = 120;

async function main(): Promise<void> {
  const options = readOptions(['posts', 'runs']);
  const posts = numberIn(options.posts) ?? 10_000;
  const startedAt = performance.now();
  const runs = await measureLoop({ posts, runs: numberIn(options.runs) ?? 5, lockMs: 5_000 });
  const p99 = Math.min(...runs.map(({ host }) => host.p99));
  const max = Math.min(...runs.map(({ host }) => host.max));
  const seconds = Math.round((performance.now() - startedAt) / 1_000);
  const replay = `npm run rel:loop -- --posts ${posts}`;
  report({ tool: 'rel:loop', posts, p99, max, runs, seconds }, [
    { name: `99 of 100 times at most ${mostP99Ms} ms late`, isGood: p99 <= mostP99Ms, why: `${p99} ms\n  ${replay}` },
    { name: `never more than ${mostMs} ms late`, isGood: max <= mostMs, why: `${max} ms\n  ${replay}` },
  ]);
}

if (import.meta.main) await main();
