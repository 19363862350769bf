import fc from 'fast-check';
import { expect, it } from 'vitest';
import { inVisualOrder } from './bidi.ts';

const drawn = (line: string, base: 'ltr' | 'rtl') => inVisualOrder(line, base).map(({ text }) => text);

it('leaves what runs from the left as it is', () => {
  expect(drawn('Hello, 12 (new)', 'ltr').join('')).toBe('Hello, 12 (new)');
});

it('draws words in Arabic from the right, and names and numbers within them from the left', () => {
  expect(drawn('عدد 12 من Juniper Lane اليوم', 'rtl')).toEqual([' اليوم', 'Juniper Lane', ' من ', '12', 'عدد ']);
});

it('keeps numbers whole and turns brackets round', () => {
  expect(drawn('نمو +1,234.5 %', 'rtl').includes('+1,234.5')).toBe(true);
  // Letters and signs of a piece come as they are written; they are turned round where they are drawn.
  expect(drawn('(مرحبا)', 'rtl')).toEqual([')مرحبا(']);
});

it('draws every letter once, whatever it is given', () => {
  const line = fc.string({ unit: fc.constantFrom(...Array.from('abc ابت 123,.()-!🥐')) });
  const letters = (text: string) => Array.from(text.replaceAll(/[()]/g, '|')).sort().join('');
  fc.assert(
    fc.property(line, fc.constantFrom('ltr' as const, 'rtl' as const), (text, base) => {
      expect(letters(drawn(text, base).join(''))).toBe(letters(text));
    }),
  );
});
