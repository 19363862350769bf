import { expect, it } from 'vitest';
import { movedBy } from './move-by-keys.ts';

const at = '2026-11-30T23:30';

it.each([
  ['month', 'ArrowRight', '2026-12-01T23:30'],
  ['month', 'ArrowLeft', '2026-11-29T23:30'],
  ['month', 'ArrowDown', '2026-12-07T23:30'],
  ['month', 'ArrowUp', '2026-11-23T23:30'],
  ['week', 'ArrowRight', '2026-12-01T23:30'],
  ['week', 'ArrowDown', '2026-12-01T00:30'],
  ['day', 'ArrowUp', '2026-11-30T22:30'],
] as const)('in the %s %s leads to %s', (view, key, to) => {
  expect(movedBy(at, key, view)).toBe(to);
});

it('goes the other way where days run from the right, but not up and down', () => {
  expect(movedBy(at, 'ArrowLeft', 'month', true)).toBe('2026-12-01T23:30');
  expect(movedBy(at, 'ArrowDown', 'month', true)).toBe('2026-12-07T23:30');
});

it('leaves other keys alone', () => {
  expect(movedBy(at, 'Enter', 'week')).toBeNull();
});
