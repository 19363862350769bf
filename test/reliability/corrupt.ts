import { overwriteAgainAndAgain } from './overwriting.ts';
import { numberIn, readOptions, report } from './report.ts';

/*
 * rel:corrupt. Random places of the store are overwritten between two runs of the app.
 * --runs N how many stores, --seed N of the first; with --runs 1 that one alone.
 */

const options = readOptions(['runs', 'seed']);
const startedAt = performance.now();
const { violations, ...figures } = await overwriteAgainAndAgain({
  runs: numberIn(options.runs) ?? 1_000,
  seed: numberIn(options.seed) ?? 1,
});

report({ tool: 'rel:corrupt', ...figures, seconds: Math.round((performance.now() - startedAt) / 1_000) }, [
  {
    name: 'no damage goes unseen, no file is changed, nothing is sent that was not approved, nothing starts empty',
    isGood: violations.length === 0,
    why: violations
      .slice(0, 10)
      .map(({ seed, what }) => `${what}\n    npm run rel:corrupt -- --runs 1 --seed ${seed}`)
      .join('\n  '),
  },
  { name: 'all structural damage is seen at the start', isGood: figures.seen === figures.damaged },
  { name: 'every approved post that was changed is stopped', isGood: figures.stopped === figures.changedPosts },
  {
    name: 'there was damage, there were changed posts, and what was not touched was sent',
    isGood: figures.runs < 50 || Math.min(figures.damaged, figures.changedPosts, figures.sent) > 0,
  },
]);
