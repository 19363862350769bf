import { describe, expect, it } from 'vitest';
import { changedDraft, consentsIn, contentOf, type Draft } from './draft.ts';

const target = {
  accountId: 't',
  accountName: 'T',
  platform: 'tiktok',
  caption: null,
  options: { consent: true },
} as const;
const draft: Draft = { caption: 'a', hashtags: [], firstComment: null, altText: null, media: [], targets: [target] };

const consentOf = (changed: Draft) => changed.targets[0]?.options.consent;

describe('a changed draft', () => {
  it.each([{ caption: 'b' }, { hashtags: ['#b'] }, { media: [] }, { targets: [{ ...target, caption: 'own words' }] }])(
    'asks for consent anew after %j',
    (change) => {
      expect(consentOf(changedDraft(draft, change))).toBeUndefined();
    },
  );

  it('names who was agreed for, and is kept without it', () => {
    expect(consentsIn(draft)).toEqual(['t']);
    expect(contentOf(draft, null).targets[0]?.options).toEqual({});
  });

  it('keeps the consent over what TikTok does not show, and takes it when it is given', () => {
    expect(consentOf(changedDraft(draft, { firstComment: 'First', altText: 'A loaf' }))).toBe(true);
    const without = changedDraft(draft, { caption: 'b' });
    expect(consentOf(changedDraft(without, { targets: [target] }))).toBe(true);
  });

  it('lets go of what a network was to get of a file that is taken out', () => {
    const item = { id: 'kept', kind: 'image' } as Draft['media'][number];
    const place = (media: string) => ({ username: media, media, x: 0, y: 0 });
    const options = { media: ['gone', 'kept'], tagPlaces: [place('gone'), place('kept')] };
    const changed = changedDraft({ ...draft, targets: [{ ...target, options }] }, { media: [item] });
    expect(changed.targets[0]?.options).toEqual({ media: ['kept'], tagPlaces: [place('kept')] });
  });
});
