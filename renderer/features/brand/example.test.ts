import { expect, it } from 'vitest';
import { emptyBrand } from '../../../shared/contract/brand.ts';
import { exampleOf } from './example.ts';

const brand = {
  ...emptyBrand,
  brandVoice: '',
  ctas: ['Come by.', 'Say hello.'],
  hashtags: ['#one', '#two', '#three', '#four', '#five', '#six'],
  examplePosts: ['', 'Warm rolls. Say hello.', 'Come by. #one'],
};

it('shows the example post of a number, without what it holds already', () => {
  expect(exampleOf(brand, null, 0)).toMatchObject({ text: 'Warm rolls. Say hello.', cta: 'Come by.' });
  expect(exampleOf(brand, null, 1)).toEqual({
    text: 'Come by. #one',
    cta: null,
    hashtags: ['#two', '#three', '#four', '#five'],
  });
  expect(exampleOf({ ...brand, examplePosts: [], ctas: [' '] }, null, 0)).toMatchObject({ text: '', cta: null });
});

it('shows what the AI wrote with the call to action that it led up to, as long as the brand has it', () => {
  const written = { caption: 'Steam.', cta: 'Say hello.', hashtags: ['#one', '#new'] };
  expect(exampleOf(brand, written, 0)).toEqual({
    text: 'Steam.',
    cta: 'Say hello.',
    hashtags: ['#one', '#two', '#three', '#four', '#five', '#new'],
  });
  expect(exampleOf({ ...brand, ctas: ['Come by.'] }, written, 0).cta).toBe('Come by.');
});
