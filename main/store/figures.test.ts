import fc from 'fast-check';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { figureNames } from '../../shared/domain/metrics.ts';
import { gainsOf } from './figures.ts';
import { figures } from './migrations/110-figures.ts';
import { account, post, storeWithPost, target, temporaryFile, noon } from './sample.ts';

const day = fc.integer({ min: 10, max: 16 }).map((date) => `2026-11-${date}`);
const metrics = fc.record(
  {
    views: fc.integer({ min: 0, max: 500 }),
    likes: fc.integer({ min: 0, max: 50 }),
    saves: fc.double({ min: 0, max: 9, noNaN: true }),
  },
  { requiredKeys: [] },
);
const put = fc.record({ targetId: fc.constantFrom('target-1', 'target-2', 'target-3'), day, metrics });
const whole = { from: '2026-01-01', to: '2026-12-31' };

async function agencyStore(file = temporaryFile()) {
  const store = await storeWithPost(file);
  await store.accounts.insert(account({ id: 'account-2', platform: 'instagram', remoteId: 'ig-1' }));
  await store.targets.insert(target({ id: 'target-2', accountId: 'account-2', platform: 'instagram' }));
  await store.posts.insert(post({ id: 'post-2' }));
  await store.targets.insert(target({ id: 'target-3', postId: 'post-2' }));
  return store;
}

describe('what posts gained', () => {
  it('is each figure less the one told before it, and unknown where nothing was told', () => {
    const gains = gainsOf([
      { day: '2026-11-12', metrics: { views: 30 } },
      { day: '2026-11-10', metrics: { views: 10, likes: 2 } },
      { day: '2026-11-13', metrics: { likes: 1 } },
    ]);
    expect(gains.get('2026-11-10')).toMatchObject({ views: 10, likes: 2, saves: null });
    expect(gains.get('2026-11-12')).toMatchObject({ views: 20, likes: null });
    expect(gains.get('2026-11-13')).toMatchObject({ views: null, likes: -1 });
  });

  it('adds up to the same, in whatever order snapshots come, as counting everything anew does', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(put, { minLength: 1, maxLength: 12 }), async (puts) => {
        const file = temporaryFile();
        const store = await agencyStore(file);
        for (const one of puts) await store.metrics.putOfTarget({ ...one, takenAt: noon });
        const kept = {
          gains: await store.metrics.gainsByDay(whole),
          byAccount: await store.metrics.gainsByAccount(whole),
        };
        await store.close();
        const anew = new Database(file);
        const rows = (table: string) => anew.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all().map(withoutNull);
        const before = { gains: rows('metric_gains'), figures: rows('post_figures') };
        anew.exec('DROP TABLE metric_gains; DROP TABLE post_figures');
        figures.up(anew);
        const after = {
          gains: rows('metric_gains').filter(hasFigures),
          figures: rows('post_figures').filter(hasFigures),
        };
        anew.close();
        expect(before.gains.filter(hasFigures)).toEqual(after.gains);
        expect(before.figures.filter(hasFigures)).toEqual(after.figures);
        expect(sum(kept.gains)).toEqual(sum(kept.byAccount));
      }),
      { numRuns: 12 },
    );
  });

  it('is told by day, by account, and for what was asked', async () => {
    const store = await agencyStore();
    const at = { day: '2026-11-24', takenAt: noon };
    await store.metrics.putOfTarget({ ...at, targetId: 'target-1', metrics: { views: 5, likes: 1 } });
    await store.metrics.putOfTarget({ ...at, targetId: 'target-2', metrics: { views: 7, saves: 2 } });
    await store.metrics.putOfTarget({
      ...at,
      targetId: 'target-1',
      day: '2026-11-25',
      metrics: { views: 9, likes: 1 },
    });
    expect(await store.metrics.gainsByDay(whole)).toMatchObject([
      { day: '2026-11-24', views: 12, likes: 1, saves: 2, viewers: null },
      { day: '2026-11-25', views: 4, likes: 0, saves: null },
    ]);
    expect(await store.metrics.gainsByDay({ ...whole, from: '2026-11-25' })).toHaveLength(1);
    expect(await store.metrics.gainsByAccount({ ...whole, platform: 'instagram' })).toMatchObject([
      { accountId: 'account-2', views: 7 },
    ]);
    expect(await store.metrics.gainsByAccount({ ...whole, clientId: 'nobody' })).toEqual([]);
  });

  it('tells followers by day and what is live with what it has', async () => {
    const store = await agencyStore();
    for (const date of ['2026-11-23', '2026-11-24']) {
      await store.metrics.putOfAccount({
        accountId: 'account-1',
        day: date,
        metrics: { followers: 100 },
        takenAt: noon,
      });
    }
    await store.metrics.putOfAccount({
      accountId: 'account-2',
      day: '2026-11-24',
      metrics: { posts: 4 },
      takenAt: noon,
    });
    expect(await store.metrics.followers({ from: '2026-11-24', to: '2026-11-24' })).toEqual([
      { accountId: 'account-1', day: '2026-11-24', followers: 100 },
    ]);
    expect(await store.metrics.livePosts(whole)).toEqual([]);
    for (const id of ['target-1', 'target-2'])
      await store.targets.update(id, { status: 'published', publishedAt: noon });
    await store.metrics.putOfTarget({ targetId: 'target-1', day: '2026-11-24', metrics: { views: 3 }, takenAt: noon });
    const [first, second] = await store.metrics.livePosts(whole);
    expect(first).toMatchObject({ targetId: 'target-1', accountId: 'account-1', figures: { views: 3, likes: null } });
    expect(second).toMatchObject({ targetId: 'target-2', platform: 'instagram', figures: { views: null } });
    await store.posts.update('post-1', { deletedAt: noon });
    expect(await store.metrics.livePosts(whole)).toEqual([]);
  });
});

const names = figureNames as readonly string[];

/** A figure of 0 and one that nobody told are the same sum. */
function withoutNull(row: unknown): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row as object).filter(([name, value]) => !names.includes(name) || (value !== null && value !== 0)),
  );
}

function hasFigures(row: Record<string, unknown>): boolean {
  return Object.keys(row).some((name) => names.includes(name));
}

function sum(rows: readonly object[]): Record<string, number> {
  return Object.fromEntries(
    names.map((name) => [
      name,
      rows.reduce((total, row) => total + Number((row as Record<string, unknown>)[name] ?? 0), 0),
    ]),
  );
}

it('are read anew when another run of the app has written', async () => {
  const file = temporaryFile();
  const store = await agencyStore(file);
  await store.targets.update('target-1', { status: 'published', publishedAt: noon });
  const known = await store.metrics.outcomes(whole);
  expect(await store.metrics.outcomes(whole)).toBe(known);
  const other = new Database(file);
  other.prepare("UPDATE post_targets SET status = 'pending' WHERE id = 'target-1'").run();
  other.close();
  expect(await store.metrics.outcomes(whole)).toEqual([]);
});
