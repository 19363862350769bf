import { describe, expect, it } from 'vitest';
import { preferredLanguage } from '../../shared/domain/languages.ts';
import { currentLocale, language, t } from './i18n.ts';
import { localeOf } from './languages.ts';

describe('preferredLanguage', () => {
  it('takes the first of a person’s languages that there is a catalogue for', () => {
    expect(preferredLanguage(['nl-NL', 'pt-BR', 'de'])).toBe('pt');
    expect(preferredLanguage(['nl', 'toString'])).toBe('en');
    expect(preferredLanguage([])).toBe('en');
  });
});

describe('localeOf', () => {
  it('keeps the person’s own variety for dates and numbers', () => {
    expect(localeOf('de', ['en-US', 'de-AT'])).toBe('de-AT');
    expect(localeOf('ar', ['en-US'])).toBe('ar');
    expect(localeOf('en', ['eng-XX'])).toBe('en');
  });
});

describe('t', () => {
  it('counts with the language’s plurals and numbers', () => {
    expect(language()).toBe('en');
    expect(currentLocale()).toBe('en-GB');
    expect(t('common:count.posts', { count: 1 })).toBe('1 post');
    expect(t('common:count.posts', { count: 1200 })).toBe('1,200 posts');
  });
});
