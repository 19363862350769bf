import { describe, expect, it } from 'vitest';
import { createOutsideTime } from './outside-time.ts';

const noon = Date.UTC(2026, 10, 24, 12);
const minute = 60_000;

/** An outside whose answers found our clock ahead by so many ms, each after `tookMs`. */
function hearing(...ahead: number[]) {
  const outside = createOutsideTime();
  for (const byMs of ahead) outside.note({ remote: noon, local: noon + byMs, tookMs: 200 });
  return outside;
}

describe('the time outside', () => {
  it.each([
    ['nothing heard', [], null],
    ['one answer that disagrees', [60 * minute], null],
    ['two', [60 * minute, 60 * minute], null],
    ['three', [60 * minute, 60 * minute, 60 * minute], 60],
    ['three behind', [-60 * minute, -60 * minute, -60 * minute], -60],
    ['three at the edge of what is tolerated', [119_000, 121_000, 120_000], null],
    ['a cache among good answers', [0, 500 * minute, 0, 1_000], null],
    ['good answers long ago', [0, 0, 5 * minute, 5 * minute, 5 * minute], 5],
    ['agreement after disagreement', [5 * minute, 5 * minute, 5 * minute, 0, 0, 0], null],
  ])('%s', (_, ahead, minutes) => {
    const wrongBy = hearing(...ahead).wrongBy();
    expect(wrongBy === null ? null : Math.round(wrongBy / minute)).toBe(minutes);
  });

  it('does not listen to slow answers', () => {
    const outside = createOutsideTime();
    for (let count = 0; count < 5; count++) outside.note({ remote: noon, local: noon + 60 * minute, tookMs: 11_000 });
    expect(outside.wrongBy()).toBeNull();
    expect(outside.lastAgreed()).toBeNull();
  });

  it('knows nothing any more after the clock was set', () => {
    const outside = hearing(60 * minute, 60 * minute, 60 * minute);
    outside.forget();
    expect(outside.wrongBy()).toBeNull();
  });
});
