import { diskTrouble } from './disk-trouble.ts';
import { report } from './report.ts';

/*
 * rel:disk. Publishing on disks that are full at every page, cannot be written at every moment, are read-only, or
 * held by another program.
 */

const startedAt = performance.now();
const { figures, checks } = await diskTrouble({ stride: 1 });
report({ tool: 'rel:disk', ...figures, seconds: Math.round((performance.now() - startedAt) / 1_000) }, checks);
