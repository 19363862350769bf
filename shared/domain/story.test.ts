import { describe, expect, it } from 'vitest';
import { fillsStory, storyFaults } from './story.ts';

const picture = { kind: 'image' as const, width: 800, height: 600, durationMs: null, bytes: null };
const film = { kind: 'video' as const, width: 1080, height: 1920, durationMs: 6_000, bytes: 5_000_000 };

describe('storyFaults', () => {
  it('wants exactly one file', () => {
    expect(storyFaults([])).toEqual([{ kind: 'missing' }]);
    expect(storyFaults([picture])).toEqual([]);
    expect(storyFaults([picture, film])).toEqual([{ kind: 'several', is: 2 }]);
  });

  it('wants a video of 3 to 60 seconds and at most 100 MB', () => {
    expect(storyFaults([film])).toEqual([]);
    expect(storyFaults([{ ...film, durationMs: 2_500 }])).toEqual([{ kind: 'duration', is: 2.5 }]);
    expect(storyFaults([{ ...film, durationMs: 61_000, bytes: 100_000_001 }])).toEqual([
      { kind: 'duration', is: 61 },
      { kind: 'too_large', is: 100_000_001 },
    ]);
    expect(storyFaults([{ ...film, durationMs: null, bytes: null }])).toEqual([]);
  });
});

describe('fillsStory', () => {
  it.each([
    [1080, 1920, true],
    [720, 1281, true],
    [1080, 1350, false],
    [1920, 1080, false],
  ])('%i by %i: %s', (width, height, expected) => {
    expect(fillsStory({ width, height })).toBe(expected);
  });
});
