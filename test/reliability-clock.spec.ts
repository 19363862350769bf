import { describe, expect, it } from 'vitest';
import { clockWorlds, runClockWorld } from './reliability/clock-worlds.ts';
import { checkZones } from './reliability/zone-times.ts';

/* The short form of rel:clock; docs/reliability.md tells how to run the long one. */

describe('the clock', () => {
  it('is understood in every zone, with its skipped and its doubled times', { timeout: 60_000 }, () => {
    const { violations, skipped, doubled } = checkZones(12);
    expect(violations).toEqual([]);
    expect(Math.min(skipped, doubled)).toBeGreaterThan(100);
  });

  it.each(['step 3600 s after 750 s, and back', 'step -3600 s after 750 s, and back', '8 h of sleep after 750 s'])(
    '%s: nothing twice, nothing early, nothing lost',
    { timeout: 30_000 },
    async (name) => {
      const world = clockWorlds(0).find((one) => one.name === name);
      if (world === undefined) throw new Error('There is no such world.');
      expect((await runClockWorld(world)).violations).toEqual([]);
    },
  );
});
