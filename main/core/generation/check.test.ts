import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyBrand } from '../../../shared/contract/brand.ts';
import { type CheckContext, checkDraft, contactsIn, isSuspicious, similarity } from './check.ts';
import type { Draft } from './draft.ts';
import type { PlannedSlot } from './plan.ts';

const slot: PlannedSlot = {
  id: '2026-11-24T09:00',
  at: Date.UTC(2026, 10, 24, 8),
  wallTime: '2026-11-24T09:00',
  platforms: ['facebook', 'instagram'],
  pillar: 'tips',
  hookType: 'question',
  cta: 'Come by.',
};
const variant = (platform: 'facebook' | 'instagram', caption: string) => ({
  platform,
  caption,
  hashtags: ['#coffee'],
  firstComment: null,
});
const draft: Draft = {
  slotId: slot.id,
  variants: [
    variant('facebook', 'What does your morning smell like? Ours smells of fresh coffee and warm bread.'),
    variant('instagram', 'Coffee, bread, a quiet corner. Is that your morning too?'),
  ],
  altText: 'A cup of coffee beside a loaf of bread.',
  imagePrompt: 'a cup of coffee beside a loaf of bread, morning light',
};
const context: CheckContext = {
  client: { name: 'Café Uno', language: 'en', brandVoice: 'Warm. Our page is www.cafe-uno.example' },
  brand: { ...emptyBrand, bannedTerms: ['cheap'], ctas: ['Come by.', 'Call 030 123 45 67'] },
  others: [],
};
const withCaption = (caption: string): Draft => ({
  ...draft,
  variants: [variant('facebook', caption), ...draft.variants.slice(1)],
});
const broken = (changed: Draft, change: Partial<CheckContext> = {}) =>
  checkDraft(changed, slot, { ...context, ...change }).map(({ field, rule }) => `${rule} in ${field}`);

describe('a draft', () => {
  it('that keeps every rule has nothing against it', () => {
    expect(broken(draft)).toEqual([]);
  });

  it.each<[string, Draft, string]>([
    [
      'a banned word in the text',
      withCaption('So CHEAP, so good, so close to you and to your morning.'),
      'banned in caption.facebook',
    ],
    [
      'a banned word in a hashtag',
      {
        ...draft,
        variants: [
          { ...variant('facebook', 'Warm bread.'), hashtags: ['#SoCheapToday'] },
          variant('instagram', 'Bread.'),
        ],
      },
      'banned in hashtags.facebook',
    ],
    [
      'a banned word in the first comment',
      {
        ...draft,
        variants: [
          { ...variant('facebook', 'Warm bread.'), firstComment: 'c h e a p' },
          variant('instagram', 'Bread.'),
        ],
      },
      'banned in first_comment.facebook',
    ],
    ['a banned word in the description', { ...draft, altText: 'A cheap cup.' }, 'banned in alt_text'],
    ['a banned word in the prompt', { ...draft, imagePrompt: 'a cheap cup' }, 'banned in image_prompt'],
    ['a link nobody gave', withCaption('Look at https://win.example/now for more.'), 'contact in caption.facebook'],
    ['an account nobody gave', withCaption('Thanks @someone for the picture.'), 'contact in caption.facebook'],
    ['a phone number nobody gave', withCaption('Call 0171 999 88 77 today.'), 'contact in caption.facebook'],
    ['no text', withCaption(''), 'missing in caption.facebook'],
    ['no variant', { ...draft, variants: draft.variants.slice(0, 1) }, 'missing in caption.instagram'],
    [
      'too long a text',
      {
        ...draft,
        variants: [draft.variants[0] ?? variant('facebook', ''), variant('instagram', 'coffee '.repeat(320))],
      },
      'too_long in caption.instagram',
    ],
    [
      'another language',
      withCaption(
        'Heute Morgen duftet es bei uns nach Kaffee, und wir freuen uns auf Sie mit einem Platz für die Seele.',
      ),
      'language in caption.facebook',
    ],
    [
      'another script',
      withCaption('Какой запах у вашего утра? У нас пахнет кофе и хлебом.'),
      'language in caption.facebook',
    ],
  ])('with %s', (_, changed, expected) => {
    expect(broken(changed)).toContain(expected);
  });

  it('may use the links and numbers of the brand', () => {
    expect(broken(withCaption('See www.cafe-uno.example/ or call 030 123 45 67.'))).toEqual([]);
  });

  it('that says what another post says repeats it', () => {
    const [first] = draft.variants;
    expect(broken(draft, { others: [`${first?.caption} Come by.`] })).toEqual(['repeats in caption.facebook']);
  });

  it('names the broken rule to the model, but not the list of banned words', () => {
    const [violation] = checkDraft(withCaption('So cheap, so good.'), slot, {
      ...context,
      brand: { ...context.brand, bannedTerms: ['cheap', 'guaranteed'] },
    });
    expect(violation?.feedback).toContain('cheap');
    expect(violation?.feedback).not.toContain('guaranteed');
  });
});

describe('links, mentions and numbers', () => {
  it.each([
    'https://a.example/b',
    'go to www.cafe.at now',
    'cafe-uno.com',
    'win.cafe.shop/now',
    'Ask @cafe.uno',
    'hello@cafe.example',
    '+49 30 1234567',
    '(030) 123-45-67',
    '0664/1234567',
  ])('are seen in “%s”', (text) => {
    expect(isSuspicious(text)).toBe(true);
  });

  it.each([
    'Fresh bread at 7:30 on 24 November 2026.',
    'A cup costs 3.50 or 4.20 today',
    'e.g. coffee, z.B. Kaffee, a.m. or p.m.',
    'The end.Next please',
    'We open 9-12 and 14-18.',
    'user@',
    '100 % joy, 24/7',
  ])('are not seen in “%s”', (text) => {
    expect(contactsIn(text)).toEqual([]);
  });

  it('are looked for in one word without an end soon enough', () => {
    expect(contactsIn('x'.repeat(100_000))).toEqual([]);
  });
});

describe('similarity', () => {
  it('is 1 for the same words in any dress, and 0 without a common run', () => {
    expect(similarity('Fresh bread, every morning!', 'fresh BREAD every morning')).toBe(1);
    expect(similarity('Fresh bread every morning', 'Come and taste our cakes')).toBe(0);
    expect(similarity('', '')).toBe(0);
  });

  it('is the same both ways and lies between 0 and 1', () => {
    const words = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 }).map((items) => items.join(' '));
    fc.assert(
      fc.property(words, words, (a, b) => {
        expect(similarity(a, b)).toBe(similarity(b, a));
        expect(similarity(a, b)).toBeGreaterThanOrEqual(0);
        expect(similarity(a, b)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
