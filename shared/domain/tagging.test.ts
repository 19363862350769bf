import { describe, expect, it } from 'vitest';
import { normalizeUsername, taggingProblems } from './tagging.ts';

describe('tagging', () => {
  it.each([
    ['@Cafe.Uno ', 'cafe.uno'],
    ['anna_92', 'anna_92'],
    ['@@x', 'x'],
  ])('reads %j as %s', (text, name) => expect(normalizeUsername(text)).toBe(name));

  it('takes nothing, and all that there may be', () => {
    expect(taggingProblems({})).toEqual([]);
    const userTags = Array.from({ length: 20 }, (_, index) => `user.${index}`);
    expect(taggingProblems({ userTags, collaborators: ['a', 'b', 'c'], locationId: '7640348500' })).toEqual([]);
  });

  it.each([
    [{ userTags: Array.from({ length: 21 }, (_, index) => `user${index}`) }, 'At most 20 people'],
    [{ collaborators: ['a', 'b', 'c', 'd'] }, 'At most 3 people'],
    [{ userTags: ['cafe uno'] }, '“cafe uno” is no username'],
    [{ collaborators: ['@cafe'] }, '“@cafe” is no username'],
    [{ userTags: ['x'.repeat(31)] }, 'is no username'],
    [{ locationId: 'https://facebook.com/cafe' }, 'number of a Facebook Page'],
    [{ locationId: '' }, 'number of a Facebook Page'],
  ])('refuses %j', (tagging, words) => expect(taggingProblems(tagging).join()).toContain(words));
});
