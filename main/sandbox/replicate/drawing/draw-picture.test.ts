import { describe, expect, it } from 'vitest';
import { sceneOf } from './draw-picture.ts';
import { chooseMotif } from './motif.ts';

describe('the motif', () => {
  it.each([
    ['a flat white with delicate latte art in a cup', 'coffee'],
    ['a rustic sourdough loaf of bread', 'pastry'],
    ['a lush bouquet of peonies in a vase', 'bouquet'],
    ['potted plants on a balcony garden', 'garden'],
    ['a seated yoga pose', 'yoga'],
    ['a kettlebell and dumbbells', 'weights'],
    ['a storefront with a striped awning', 'storefront'],
    ['a landscape of layered hills', 'landscape'],
    ['something entirely new', 'abstract'],
  ])('of “%s” is %s', (prompt, motif) => {
    expect(chooseMotif(prompt)).toBe(motif);
  });
});

describe('a scene', () => {
  const scene = (prompt: string, variation: string): string =>
    sceneOf({ prompt, variation, width: 800, height: 1000, format: 'png', quality: 90 });

  it('is the same for the same prompt and variation, and another for another', () => {
    expect(scene('a cup of coffee', '1/0')).toBe(scene('a cup of coffee', '1/0'));
    expect(scene('a cup of coffee', '1/0')).not.toBe(scene('a cup of coffee', '2/0'));
  });

  it('never holds words', () => {
    for (const prompt of ['a storefront', 'a cup of coffee', 'a bouquet', 'yoga', 'hills', 'shapes']) {
      expect(scene(prompt, '1/0')).not.toContain('<text');
    }
  });
});
