import { migrateFromEveryCrash } from './migrating.ts';
import { report } from './report.ts';

/* rel:migrate. Every released version's store is brought up to date, with a crash at every statement. */

const startedAt = performance.now();
const { violations, ...figures } = await migrateFromEveryCrash();

report({ tool: 'rel:migrate', ...figures, seconds: Math.round((performance.now() - startedAt) / 1_000) }, [
  {
    name: 'from every crash the next start goes on, with every row and in order',
    isGood: violations.length === 0,
    why: violations.slice(0, 10).join('\n  '),
  },
  {
    name: 'every released version has its fixture, and there was something to crash',
    isGood: figures.fixtures.length > 0 && figures.crashes >= figures.statements,
    why: `fixtures: ${figures.fixtures.join(', ')}`,
  },
]);
