import { expect, it } from 'vitest';
import { figureNames } from '../../shared/domain/metrics.ts';
import { writeMonthly } from './monthly.ts';
import { readPdf, sampleReport } from './sample.ts';
import { languages, wordsIn } from './words/index.ts';

const read = async (change: Parameters<typeof sampleReport>[0] = {}) =>
  readPdf(await writeMonthly(await sampleReport(change)));

it('tells the month in words and numbers, on numbered pages, in typefaces of its own', async () => {
  const { text, pages, fonts, boxes } = await read();
  expect(pages).toBeGreaterThanOrEqual(2);
  for (const said of [
    'Lighthouse Social',
    'Juniper Lane Coffee & Bakes',
    'November 2026',
    'What we posted was seen 12,345 times, 37% more than in October 2026.',
    'not given by TikTok',
    '2.4× usual',
    'A winter loaf with rye.',
    `Page ${pages} of ${pages}`,
  ]) {
    expect(text).toContain(said);
  }
  expect(fonts).toHaveLength(3);
  for (const font of fonts) expect(font).toMatch(/^[A-Z]{6}\+IBMPlexSansArabic/);
  expect(boxes).toBe(0);
});

it('leaves out emoji without a trace, and names by its time what it has no letters for', async () => {
  const { text, boxes } = await read();
  expect(text).toContain('eighty croissants. Seven');
  expect(text).toContain('Post of Thu 5 Nov');
  expect(boxes).toBe(0);
});

it.each(languages.map(({ language }) => language))('is written in %s without a box', async (language) => {
  const { boxes, pages, text } = await read({ language });
  expect(boxes).toBe(0);
  expect(pages).toBeLessThanOrEqual(4);
  // Arabic is drawn letter by letter from the right, in the forms they have beside each other.
  if (language !== 'ar') expect(text).toContain(wordsIn(language).summary.title);
  else expect(Array.from(text).filter((letter) => /\p{Script=Arabic}/u.test(letter)).length).toBeGreaterThan(300);
});

it('is whole without figures, posts, plan and colour', async () => {
  const whole = await sampleReport();
  const nothing = { ...whole.overview.now, posts: 0, followersGained: null };
  const unknown = Object.fromEntries([...figureNames, 'interactions', 'followers'].map((name) => [name, null]));
  const now = { ...nothing, ...unknown } as typeof nothing;
  const series = whole.overview.series.map((day) => ({ ...day, views: null, interactions: null, followers: null }));
  const { text, boxes } = await read({
    agency: { name: '', color: null, logo: null },
    overview: { ...whole.overview, now, before: now, networks: [], series },
    best: [],
    calendar: [],
    plan: [],
    times: { ...whole.times, posts: 0, best: [] },
  });
  expect(text).toContain('No post went live this month.');
  expect(text).toContain('The networks have not told any figures of this month yet.');
  expect(text).toContain('Nothing is planned yet.');
  expect(text).toContain('Your agency');
  expect(boxes).toBe(0);
});

it('goes on on further pages where much is planned', async () => {
  const { plan } = await sampleReport();
  const [first] = plan;
  const many = Array.from({ length: 40 }, () => first).filter((post) => post !== undefined);
  const { pages, text } = await read({ plan: many, planLeftOut: 7 });
  expect(pages).toBeGreaterThanOrEqual(4);
  expect(text).toContain('More posts in the plan: 7');
});

it('says everything in every language, with what it is given', () => {
  const [english, ...others] = languages.map((words) => new Map(texts(words)));
  for (const own of others) {
    expect([...own.keys()]).toEqual([...(english?.keys() ?? [])]);
    for (const [path, said] of own) {
      expect(said.trim(), path).not.toBe('');
      expect(marksIn(said), `${own.get('.language')}${path}`).toEqual(marksIn(english?.get(path) ?? ''));
    }
  }
});

function texts(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'function') return [[path, String((value as (...marks: string[]) => unknown)('«1»', '«2»'))]];
  if (typeof value !== 'object' || value === null) return [[path, String(value)]];
  return Object.entries(value).flatMap(([key, inner]) => texts(inner, `${path}.${key}`));
}

function marksIn(text: string): string[] {
  return (text.match(/«\d»/g) ?? []).sort();
}

it.each([
  ['a word without an end', 'خبز'.repeat(21_000)],
  ['signs that take no room', `a${'\u064E'.repeat(60_000)}`],
])(
  'is laid out soon, even with a caption of %s',
  async (_, caption) => {
    const report = await sampleReport();
    const { best, plan } = report;
    const started = performance.now();
    await writeMonthly({
      ...report,
      best: best.map((post) => ({ ...post, caption })),
      plan: plan.map((post) => ({ ...post, caption })),
    });
    expect(performance.now() - started).toBeLessThan(5_000);
  },
  300_000,
);
