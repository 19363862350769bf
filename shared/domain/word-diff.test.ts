import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DiffPiece, diffWords, isChanged } from './word-diff.ts';

const side = (pieces: readonly DiffPiece[], gone: DiffPiece['kind']) =>
  pieces
    .filter(({ kind }) => kind !== gone)
    .map(({ text }) => text)
    .join('');

/** `[-went-]` and `{+came+}` in the text. */
const drawn = (before: string, after: string) =>
  diffWords(before, after)
    .map(({ kind, text }) => ({ same: text, removed: `[-${text}-]`, added: `{+${text}+}` })[kind])
    .join('');

describe('the difference of two texts', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc
      .array(fc.constantFrom('bread', 'warm', 'is', ' ', '\n', '.', '🥐', 'İ', '#new', "we'll"), { maxLength: 40 })
      .map((words) => words.join('')),
  );

  it('holds all of both texts, in order, whatever they are', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const pieces = diffWords(before, after);
        expect(side(pieces, 'added')).toBe(before);
        expect(side(pieces, 'removed')).toBe(after);
      }),
    );
  });

  it('shows a change exactly where there is one, and no two pieces of a kind side by side', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const pieces = diffWords(before, after);
        expect(isChanged(pieces)).toBe(before !== after);
        expect(pieces.every(({ kind, text: piece }, index) => piece !== '' && kind !== pieces[index - 1]?.kind)).toBe(
          true,
        );
      }),
    );
  });

  it('keeps what both have in common: a word put in takes nothing away', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom<string>('a', 'b', 'c', 'd'), { maxLength: 20 }), fc.nat(20), (words, at) => {
        const fuller = words.toSpliced(at, 0, 'new');
        const pieces = diffWords(words.join('\n'), fuller.join('\n'));
        expect(pieces.filter(({ kind }) => kind === 'removed')).toEqual([]);
        expect(pieces.filter(({ kind }) => kind === 'added').map(({ text: piece }) => piece.trim())).toEqual(['new']);
      }),
    );
  });

  it('reads word by word', () => {
    expect(drawn('Fresh bread today.', 'Warm bread today!')).toBe('[-Fresh-]{+Warm+} bread today[-.-]{+!+}');
    expect(drawn('We bake on Sundays.', 'We also bake on Sundays.')).toBe('We {+also +}bake on Sundays.');
    expect(drawn('one two three', 'four five six')).toBe('[-one two three-]{+four five six+}');
    expect(drawn('', 'New')).toBe('{+New+}');
    expect(drawn('Same', 'Same')).toBe('Same');
  });

  it('of very long texts is found line by line, soon enough', () => {
    const lines = Array.from({ length: 1_500 }, (_, index) => `line ${index} of the text\n`);
    const before = lines.join('');
    const after = lines.toSpliced(700, 1, 'another\n').toReversed().join('');
    const pieces = diffWords(before, after);
    expect(side(pieces, 'added')).toBe(before);
    expect(side(pieces, 'removed')).toBe(after);
  });
});
