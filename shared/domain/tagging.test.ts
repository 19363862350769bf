import { describe, expect, it } from 'vitest';
import { isCutOff, normalizeUsername, taggingProblems, tagsOn } from './tagging.ts';

const at = (username: string, media: string, x = 0.5, y = 0.5) => ({ username, media, x, y });
const picture = (id: string, width: number, height: number) => ({
  id,
  kind: 'image' as const,
  width,
  height,
  focal: null,
  focalOn: {},
});

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
    [{ userTags: ['anna', 'ben', 'anna'] }, '“anna” is named twice'],
    [{ collaborators: ['cafe', 'cafe'] }, '“cafe” is named twice'],
    [{ userTags: ['anna'], tagPlaces: [at('anna', 'a'), at('anna', 'b')] }, '“anna” is named twice'],
    [{ userTags: ['anna'], tagPlaces: [at('ben', 'a')] }, '“ben” has a place on a picture but is not tagged'],
    [{ locationId: '' }, 'number of a Facebook Page'],
  ])('refuses %j', (tagging, words) => expect(taggingProblems(tagging).join()).toContain(words));
});

describe('tags on what goes out', () => {
  const pictures = [picture('a', 1_000, 1_000), picture('b', 2_000, 1_000)];

  it('stand in a row across the first picture where nobody said where', () => {
    expect(tagsOn({ userTags: ['anna', 'ben'] }, pictures)).toEqual([
      [
        { username: 'anna', place: { x: 1 / 3, y: 0.5 } },
        { username: 'ben', place: { x: 2 / 3, y: 0.5 } },
      ],
      [],
    ]);
    expect(tagsOn({}, pictures)).toEqual([[], []]);
  });

  it('stay on the person however the picture is cut', () => {
    const tagging = { userTags: ['anna', 'ben'], tagPlaces: [at('ben', 'b', 0.5, 0.2)] };
    // The second is cut to the square of the first: 500 pixels go on either side.
    expect(tagsOn(tagging, pictures)[1]).toEqual([{ username: 'ben', place: { x: 0.5, y: 0.2 } }]);
    const left = { ...picture('b', 2_000, 1_000), focalOn: { instagram: { x: 0, y: 0 } } };
    expect(tagsOn(tagging, [pictures[0] ?? left, left])[1]).toEqual([{ username: 'ben', place: { x: 1, y: 0.2 } }]);
    expect(tagsOn(tagging, pictures)[0]).toEqual([{ username: 'anna', place: { x: 0.5, y: 0.5 } }]);
  });

  it('tell when they are cut off', () => {
    const [, tags = []] = tagsOn({ userTags: ['anna'], tagPlaces: [at('anna', 'b', 0.1)] }, pictures);
    expect(tags.map(isCutOff)).toEqual([true]);
    expect(isCutOff({ username: 'anna', place: { x: 1.001, y: 0 } })).toBe(false);
    expect(isCutOff({ username: 'anna', place: null })).toBe(false);
  });

  it('have no place on a reel, nor on a picture that does not go there', () => {
    const tagging = { userTags: ['anna'], tagPlaces: [at('anna', 'b')] };
    const reel = { ...picture('r', 1_080, 1_920), kind: 'video' as const };
    expect(tagsOn(tagging, [reel])).toEqual([[{ username: 'anna', place: null }]]);
    expect(tagsOn(tagging, pictures.slice(0, 1))).toEqual([[{ username: 'anna', place: { x: 0.5, y: 0.5 } }]]);
  });
});
