import { expect, it } from 'vitest';
import { isSameText } from './same-text.ts';

it('texts are the same after what networks do to blanks', () => {
  expect(isSameText('A \r\n\r\nb ', 'A\n\nb')).toBe(true);
  expect(isSameText('cafe\u0301', 'caf\u00e9')).toBe(true);
  expect(isSameText(null, '')).toBe(true);
  expect(isSameText('a', 'b')).toBe(false);
});
