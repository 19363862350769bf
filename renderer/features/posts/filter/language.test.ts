import { describe, expect, it } from 'vitest';
import { parseFilter, printFilter } from './language.ts';
import { filterOf, type PostFilter, postSearch, searchOf } from './post-filter.ts';
import { readSpan, spanNames, spanOf } from './spans.ts';
import { suggestionsFor } from './suggestions.ts';

/** A Tuesday. */
const context = {
  today: '2026-11-24',
  clients: [
    { id: 'c1', name: 'Blue Door' },
    { id: 'c2', name: 'Café Uno' },
    { id: 'c3', name: 'Café Due, Bar' },
    { id: 'c4', name: 'The "Best" Gym' },
  ],
};
const parsed = (typed: string) => parseFilter(typed, context);
const all: PostFilter = { groups: [], clients: [], networks: [], text: '' };

describe('a typed filter', () => {
  it('names client, network, status, date and text in any order', () => {
    const { filter, hints } = parsed('coffee client:"Blue Door" network:instagram date:this-week status:review bar');
    expect(filter).toEqual({
      groups: ['review'],
      clients: ['c1'],
      networks: ['instagram'],
      from: '2026-11-23',
      to: '2026-11-29',
      text: 'coffee bar',
    });
    expect(hints).toEqual([]);
  });

  it('takes several values, beginnings, any case, and names without accents', () => {
    const { filter } = parsed('CLIENT:blue,"cafe uno" Network:Fa,tik status:sched,drafts needs:miss');
    expect(filter).toMatchObject({
      clients: ['c1', 'c2'],
      networks: ['facebook', 'tiktok'],
      groups: ['scheduled', 'drafts'],
      need: 'missed',
    });
  });

  it.each([
    ['client:nobody', [{ key: 'client', value: 'nobody' }]],
    ['client:caf', [{ key: 'client', value: 'caf' }]],
    [
      'network:myspace status:lost',
      [
        { key: 'network', value: 'myspace' },
        { key: 'status', value: 'lost' },
      ],
    ],
    ['date:2026-02-31', [{ key: 'date', value: '2026-02-31' }]],
    ['date:2026-11-30..2026-11-24', [{ key: 'date', value: '2026-11-30..2026-11-24' }]],
    ['needs:__proto__', [{ key: 'needs', value: '__proto__' }]],
  ])('gives a hint for what means nothing: %s', (typed, hints) => {
    expect(parsed(typed)).toEqual({ filter: all, hints });
  });

  it.each([
    ['client:', ''],
    ['client:""', ''],
    ['client:"Blue', ''],
    ['http://x.example at 10:30', 'http://x.example at 10:30'],
    ['constructor:x __proto__:y', 'constructor:x __proto__:y'],
    ['null\u0000 byte\u001b \ud800', 'null byte \ufffd'],
    ['x'.repeat(5_000), 'x'.repeat(200)],
    ['"quoted words', '"quoted words'],
  ])('never fails: %j', (typed, text) => {
    const { filter } = parsed(typed);
    expect(filter.text).toBe(text);
  });

  it('is printed so that it reads the same', () => {
    const filters: PostFilter[] = [
      all,
      { ...all, text: 'coffee bar' },
      { ...all, clients: ['c3', 'c4'], networks: ['tiktok', 'facebook'], groups: ['attention'], need: 'account' },
      { ...all, from: '2026-11-24', to: '2026-11-24' },
      { ...all, from: '2026-11-24', to: '2026-12-24' },
      { ...all, from: '2026-11-25' },
      { ...all, to: '2026-11-25', text: '50% off' },
    ];
    for (const filter of filters) {
      const typed = printFilter(filter, context);
      expect(parsed(typed), typed).toEqual({ filter, hints: [] });
    }
    expect(printFilter({ ...all, from: '2026-11-30', to: '2026-12-06' }, context)).toBe('date:next-week');
  });
});

describe('the address', () => {
  it('holds the same filter', () => {
    const { filter } = parsed('client:blue,"cafe uno" network:tik status:review needs:failed date:..2026-11-30 coffee');
    expect(filterOf(searchOf(filter))).toEqual(filter);
    expect(searchOf(filter)).toEqual({
      show: 'review',
      need: 'failed',
      client: 'c1,c2',
      network: 'tiktok',
      to: '2026-11-30',
      q: 'coffee',
    });
  });

  it('may say anything, and is read for what it is', () => {
    expect(
      postSearch({
        show: 'review,lost,__proto__',
        need: 7,
        client: `${'x'.repeat(65)},c1`,
        network: ['instagram'],
        from: '2026-02-30',
        to: 'DROP TABLE',
        q: { $gt: '' },
        view: 'board',
        sort: 'random',
        surprise: 1,
      }),
    ).toEqual({ show: 'review', client: 'c1', view: 'board' });
    expect(filterOf({ from: '2026-11-30', to: '2026-11-24', q: 2026 })).toMatchObject({
      from: '2026-11-30',
      to: '2026-11-30',
      text: '2026',
    });
  });
});

describe('names of days', () => {
  it('mean whole weeks and months', () => {
    const spans = Object.fromEntries(
      spanNames.map((name) => [name, Object.values(spanOf(name, '2026-01-31')).join(' ')]),
    );
    expect(spans).toEqual({
      today: '2026-01-31 2026-01-31',
      tomorrow: '2026-02-01 2026-02-01',
      yesterday: '2026-01-30 2026-01-30',
      'this-week': '2026-01-26 2026-02-01',
      'next-week': '2026-02-02 2026-02-08',
      'last-week': '2026-01-19 2026-01-25',
      'this-month': '2026-01-01 2026-01-31',
      'next-month': '2026-02-01 2026-02-28',
      'last-month': '2025-12-01 2025-12-31',
    });
    expect(spanOf('this-week', '2026-02-01')).toEqual({ from: '2026-01-26', to: '2026-02-01' });
    expect(readSpan('..', '2026-01-31')).toBeNull();
    expect(readSpan('2026-01-01..2026-01-02..', '2026-01-31')).toBeNull();
  });
});

describe('suggestions', () => {
  const terms = (typed: string) => suggestionsFor(typed, context).map(({ term }) => term);

  it('offer keys first, then their values, and complete what is begun', () => {
    expect(terms('')).toEqual(['client:', 'network:', 'status:', 'needs:', 'date:']);
    expect(terms('coffee n')).toEqual(['network:', 'needs:']);
    expect(terms('coffee x')).toEqual([]);
    expect(terms('network:')).toEqual(['network:facebook', 'network:instagram', 'network:tiktok']);
    expect(terms('client:do')).toEqual(['client:"Blue Door"']);
    expect(terms('client:"cafe d')).toEqual(['client:"Café Due, Bar"']);
    expect(suggestionsFor('coffee date:we', context)[0]?.text).toBe('coffee date:this-week ');
  });

  it('go on behind a comma without what is there already', () => {
    expect(terms('network:facebook,')).toEqual(['network:facebook,instagram', 'network:facebook,tiktok']);
    expect(terms('client:"Café Due, Bar",bl')).toEqual(['client:"Café Due, Bar","Blue Door"']);
  });
});
