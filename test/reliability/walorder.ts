import { numberIn, readOptions, report } from './report.ts';
import { unwatchable, watchOrder } from './write-order.ts';

/*
 * rel:walorder. The real server host publishes under strace; each request that makes something public must have
 * left after its own row was written to SQLite's log and synced.
 * --posts N how many, each with a first comment
 */

const options = readOptions(['posts']);
const reason = unwatchable();
if (reason !== null) {
  report({ tool: 'rel:walorder', skipped: reason }, []);
} else {
  const startedAt = performance.now();
  const { violations, ...figures } = await watchOrder(numberIn(options.posts) ?? 50);
  report({ tool: 'rel:walorder', ...figures, seconds: Math.round((performance.now() - startedAt) / 1_000) }, [
    {
      name: 'every irrevocable request left after its own row was on the disk',
      isGood: figures.requests > 0 && violations.length === 0,
      why: violations.slice(0, 10).join('\n  '),
    },
  ]);
}
