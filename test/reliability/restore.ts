import { numberIn, readOptions, report } from './report.ts';
import { restoreAll } from './restoring-all.ts';

/*
 * rel:restore. Data that is older than what was sent on the strength of it: a backup put back, older files, a lost
 * log, a copied folder. --scenarios N how many, --seed N --way W only this one.
 */

const options = readOptions(['scenarios', 'seed', 'way', 'megabytes']);
const startedAt = performance.now();
const { figures, checks } = await restoreAll({
  scenarios: numberIn(options.scenarios) ?? 200,
  seed: numberIn(options.seed),
  way: options.way,
  megabytes: numberIn(options.megabytes) ?? 100,
});
report({ tool: 'rel:restore', ...figures, seconds: Math.round((performance.now() - startedAt) / 1_000) }, checks);
