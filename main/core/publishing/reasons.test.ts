import { expect, it } from 'vitest';
import { stoppedWords } from './reasons.ts';

it.each([
  ['owner', 'All publishing was stopped at '],
  ['api', 'All publishing was stopped over REST at '],
  ['app', 'All publishing was stopped by the app at '],
  ['mia', 'All publishing was stopped by mia at '],
])('a stop by %s is told without words of the inside', (changedBy, words) => {
  const stop = { scope: 'global', scopeId: '', engaged: true, reason: null, changedAt: 1, changedBy } as const;
  expect(stoppedWords(stop)).toContain(words);
});
