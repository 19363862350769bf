import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findBannedTerms } from './banned-terms.ts';

function found(text: string, ...terms: string[]): string[] {
  return findBannedTerms(text, terms).map(({ start, end }) => text.slice(start, end));
}

describe('a banned term is found', () => {
  it.each([
    ['as it is', 'free', 'Get it free today', 'free'],
    ['in another case', 'Free', 'FREE!', 'FREE'],
    ['full-width', 'free', 'ｆｒｅｅ coffee', 'ｆｒｅｅ'],
    ['in mathematical bold', 'free', 'so 𝐟𝐫𝐞𝐞 now', '𝐟𝐫𝐞𝐞'],
    ['in squared letters', 'free', 'it is 🅵🆁🅴🅴 today', '🅵🆁🅴🅴'],
    ['in circled letters', 'free', 'ⓕⓡⓔⓔ', 'ⓕⓡⓔⓔ'],
    ['in black circles', 'free', '🅕🅡🅔🅔', '🅕🅡🅔🅔'],
    ['in small capitals', 'free', 'all ꜰʀᴇᴇ', 'ꜰʀᴇᴇ'],
    ['with Cyrillic letters', 'free', 'frее', 'frее'],
    ['with Greek capitals', 'no risk', 'ΝΟ RΙSΚ', 'ΝΟ RΙSΚ'],
    ['with a soft hyphen', 'guaranteed', 'guar\u00adanteed', 'guar\u00adanteed'],
    ['with a zero-width space', 'free', 'f\u200bree', 'f\u200bree'],
    ['with a zero-width joiner', 'free', 'fr\u200dee', 'fr\u200dee'],
    ['struck through', 'free', 'f\u0336r\u0336e\u0336e\u0336', 'f\u0336r\u0336e\u0336e\u0336'],
    ['with letters spaced out', 'free', 'f r e e', 'f r e e'],
    ['with dots between', 'free', 'f.r.e.e', 'f.r.e.e'],
    ['with underscores between', 'free', 'f_r_e_e', 'f_r_e_e'],
    ['with emoji between', 'free', 'f🔥r🔥e🔥e', 'f🔥r🔥e🔥e'],
    ['ß as ss', 'Spaß', 'SPASS haben', 'SPASS'],
    ['ss as ẞ', 'strasse', 'die STRAẞE', 'STRAẞE'],
    ['with a Turkish İ', 'istanbul', 'İstanbul', 'İstanbul'],
    ['in Cyrillic', 'дешево', 'Очень ДЕШЕВО!', 'ДЕШЕВО'],
    ['in Greek, final sigma', 'ΦΟΡΟΣ', 'ο φόρος φορος', 'φορος'],
    ['decomposed', 'café', 'un cafe\u0301 noir', 'cafe\u0301'],
    ['in Japanese, without spaces', '無料', 'コーヒー無料です', '無料'],
    ['half-width kana', 'ガチャ', 'ｶﾞﾁｬ', 'ｶﾞﾁｬ'],
    ['a sign', '100%', 'works 100% of the time', '100%'],
    ['a sign with room', '100%', 'works 100 % of the time', '100 %'],
    ['a name with signs', 'C++', 'learn c++ now', 'c++'],
    ['an emoji', '💊', 'take one 💊 a day', '💊'],
    ['a phrase over a line break', 'no risk', 'There is no\nrisk here', 'no\nrisk'],
    ['a phrase with wide spaces', 'no risk', 'no   risk', 'no   risk'],
    ['a phrase with a dash', 'no risk', 'no—risk', 'no—risk'],
    ['a hyphenated term as two words', 'risk-free', 'a risk free offer', 'risk free'],
    ['a hyphenated term as one word', 'risk-free', 'a riskfree offer', 'riskfree'],
    ['a phrase in a hashtag', 'no risk', 'Yes! #NoRiskProfit', 'NoRisk'],
    ['a word in a hashtag', 'profit', 'Yes! #NoRiskProfit', 'Profit'],
    ['a phrase joined in a hashtag', 'no risk', '#noriskprofit', 'norisk'],
    ['a phrase at the end of a hashtag', 'no risk', '#profitnorisk', 'norisk'],
    ['a word beside digits in a hashtag', 'free', '#free4all', 'free'],
    ['a word beside an underscore in a hashtag', 'free', '#all_free', 'free'],
    ['a hashtag', '#ad', 'new shoes #ad', '#ad'],
    ['at the end of a sentence', 'free', 'It is free.', 'free'],
    ['before an apostrophe', 'cure', 'the cure’s here', 'cure'],
  ])('%s', (_, term, text, expected) => {
    expect(found(text, term)).toEqual([expected]);
  });
});

describe('innocent text passes', () => {
  it.each([
    ['Scunthorpe', 'cunt', 'Greetings from Scunthorpe'],
    ['a class', 'ass', 'Join our class, assess the brass'],
    ['freedom', 'free', 'Freedom for everyone'],
    ['freedom in a hashtag', 'free', '#freedom'],
    ['another accent', 'schon', 'Das ist schön'],
    ['a plural with an accent', 'café', 'deux cafés'],
    ['words of a phrase far apart', 'no risk', 'no it is a risk'],
    ['a number without its sign', '100%', 'works 100 of the time'],
    ['another language', 'дешево', 'недешевой'],
    ['two letters of a sentence', 'is', 'i s'],
  ])('%s', (_, term, text) => {
    expect(found(text, term)).toEqual([]);
  });

  it('finds nothing for a term without anything visible', () => {
    expect(found('any text', '\u200b', ' ')).toEqual([]);
  });
});

describe('hits', () => {
  it('names every term at every place, in order', () => {
    expect(findBannedTerms('Cheap, free, cheap', ['free', 'cheap'])).toEqual([
      { term: 'cheap', start: 0, end: 5 },
      { term: 'free', start: 7, end: 11 },
      { term: 'cheap', start: 13, end: 18 },
    ]);
  });

  it('are found at once, also for five hundred terms in a long text', () => {
    const terms = Array.from({ length: 500 }, (_, index) => `offer ${index} of the year`);
    const text = `${'Was duftet heute so gut? Frischer Kaffee, überall! '.repeat(44)} offer 499 of the year`;
    const startedAt = performance.now();
    expect(findBannedTerms(text, terms)).toHaveLength(1);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });

  it('counts offsets in UTF-16 units of the original', () => {
    const text = '👨‍👩‍👧‍👦 ﬁne — 𝐟𝐫𝐞𝐞!';
    const [hit] = findBannedTerms(text, ['free']);
    expect(hit).toEqual({ term: 'free', start: text.indexOf('𝐟'), end: text.length - 1 });
  });
});

const letters = fc.array(fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz'.split('')), { minLength: 3, maxLength: 10 });
const hidden = fc.constantFrom('', '\u200b', '\u00ad', '\u2060', '\u200d');

describe('for every word', () => {
  it('invisible characters and case do not hide it, and the offsets cover it', () => {
    fc.assert(
      fc.property(letters, fc.array(hidden, { minLength: 9, maxLength: 9 }), fc.nat(1_023), (word, between, upper) => {
        const dressed = word
          .map((letter, index) => ((upper >> index) & 1 ? letter.toUpperCase() : letter) + (between[index] ?? ''))
          .join('')
          .replace(/[^a-zA-Z]+$/, '');
        const text = `¡ ${dressed} !`;
        expect(found(text, word.join(''))).toEqual([dressed]);
      }),
    );
  });

  it('is not found inside a longer word', () => {
    fc.assert(
      fc.property(letters, letters, letters, (before, word, after) => {
        const longer = [...before, ...word, ...after].join('');
        expect(found(`so ${longer} it`, word.join(''))).toEqual([]);
      }),
    );
  });

  it('spelled out with anything between its letters it is found', () => {
    const separator = fc.constantFrom(' ', '.', '-', '_', '*', ' - ', '🔥');
    fc.assert(
      fc.property(letters, separator, (word, between) => {
        expect(found(`so ${word.join(between)}!`, word.join(''))).toEqual([word.join(between)]);
      }),
    );
  });

  it('never fails, and every hit lies within the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.array(fc.string({ unit: 'binary' }), { maxLength: 4 }),
        (text, terms) => {
          for (const { start, end } of findBannedTerms(text, terms)) {
            expect(start).toBeGreaterThanOrEqual(0);
            expect(end).toBeGreaterThan(start);
            expect(end).toBeLessThanOrEqual(text.length);
          }
        },
      ),
    );
  });

  it('is found when the text is the term', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\p{L}\p{N}]+( [\p{L}\p{N}]+)*$/u, { maxLength: 30 }), (term) => {
        expect(findBannedTerms(term, [term])).not.toEqual([]);
      }),
    );
  });
});
