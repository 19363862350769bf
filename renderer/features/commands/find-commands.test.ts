import { expect, it } from 'vitest';
import { type Command, findCommands, nearest } from './find-commands.ts';

const commands: Command[] = [
  { id: 'stop', group: 'actions', label: 'Stop everything…', words: 'kill switch' },
  { id: 'cafe', group: 'clients', label: 'Café Émile' },
];
const found = (typed: string) => findCommands(commands, typed).map(({ id }) => id);

it('finds by any part of any word, whatever the accents and capitals, and all words must be there', () => {
  expect(found('')).toEqual(['stop', 'cafe']);
  expect(found('  KILL  ')).toEqual(['stop']);
  expect(found('emile caf')).toEqual(['cafe']);
  expect(found('emile stop')).toEqual([]);
});

it('puts the posts nearest to now first', () => {
  const posts = ['2026-11-20', '2026-11-24', '2026-11-22'].map((day) => ({ scheduledFor: `${day}T00:00:00Z` }));
  const days = nearest(posts, Date.parse('2026-11-23T18:00:00Z'), 2).map(({ scheduledFor }) =>
    scheduledFor.slice(8, 10),
  );
  expect(days).toEqual(['24', '22']);
});
