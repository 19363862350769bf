import fc from 'fast-check';
import { expect, it } from 'vitest';
import { contrast, inkOn } from './contrast.ts';

it('measures as WCAG does', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  expect(contrast('#3b5bdb', '#3b5bdb')).toBe(1);
});

it('always finds an ink that can be read', () => {
  expect([inkOn('#3b5bdb'), inkOn('#ffd43b')]).toEqual(['#ffffff', '#000000']);
  const color = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);
  fc.assert(
    fc.property(color, (background) => contrast(background, inkOn(background)) >= 4.5),
    { numRuns: 2_000 },
  );
});
