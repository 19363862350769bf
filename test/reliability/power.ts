import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildShim, cutPower } from './power-cuts.ts';
import { numberIn, readOptions, report } from './report.ts';

/*
 * rel:power. Power cuts while a process commits through the real store, simulated by a preloaded library that
 * keeps what was synced; and the same with synchronous=NORMAL, which must lose, or the tool was blind.
 * --cuts N how many, --seed N
 */

const options = readOptions(['cuts', 'seed']);
const cuts = numberIn(options.cuts) ?? 200;
const seed = numberIn(options.seed) ?? 1;
const startedAt = performance.now();
const folder = mkdtempSync(join(tmpdir(), 'autosocial-shim-'));
try {
  const shim = buildShim(folder);
  if ('missing' in shim) {
    report({ tool: 'rel:power', skipped: shim.missing }, []);
  } else {
    const full = await cutPower({ cuts, seed, synchronous: 'FULL' }, shim.path);
    const control = await cutPower({ cuts: Math.ceil(cuts / 4), seed, synchronous: 'NORMAL' }, shim.path);
    report(
      {
        tool: 'rel:power',
        cuts: full.cuts,
        commits: full.commits,
        lost: full.lost,
        corrupt: full.corrupt,
        control: { cuts: control.cuts, lost: control.lost, corrupt: control.corrupt },
        seconds: Math.round((performance.now() - startedAt) / 1_000),
      },
      [
        { name: 'no acknowledged commit is lost', isGood: full.lost === 0, why: full.details.slice(0, 5).join('\n  ') },
        { name: 'no store is torn', isGood: full.corrupt === 0, why: full.details.slice(0, 5).join('\n  ') },
        { name: 'with synchronous=NORMAL commits are lost, so losses are seen', isGood: control.lost > 0 },
      ],
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
