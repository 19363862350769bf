import { expect, it } from 'vitest';
import { type Agency, minute, noon, startAgency } from '../../../test/agency.ts';

async function agencyWithLog(): Promise<{ agency: Agency; find: (filter: object) => Promise<string[]> }> {
  const agency = await startAgency();
  const entries = [
    { actor: 'Ada', kind: 'post.approved', message: 'Approved “Crème brûlée”' },
    { actor: 'job:publish-due', kind: 'post.failed', message: 'Café Uno: 100% refused', accountId: 'page' },
    { actor: 'job:publish-due', kind: 'posts.written', message: 'Wrote 3 posts for Café Due' },
  ];
  for (const [index, entry] of entries.entries()) {
    await agency.store.activity.insert({
      id: String(index),
      at: noon + index * minute,
      level: 'info',
      clientId: null,
      postId: null,
      accountId: null,
      detail: null,
      ...entry,
    });
  }
  const find = async (filter: object) => (await agency.api.logs(filter)).items.map(({ id }) => id);
  return { agency, find };
}

it('is searched for words anywhere, whatever their case and accents', async () => {
  const { find } = await agencyWithLog();
  expect(await find({ search: 'creme BRULEE' })).toEqual(['0']);
  expect(await find({ search: 'café' })).toEqual(['2', '1']);
  expect(await find({ search: 'cafe due' })).toEqual(['2']);
  expect(await find({ search: '100%' })).toEqual(['1']);
  expect(await find({ search: '%' })).toEqual(['1']);
  expect(await find({ search: '_' })).toEqual([]);
  expect(await find({ search: '  ' })).toEqual(['2', '1', '0']);
});

it('is filtered by who, what, which account and when', async () => {
  const { agency, find } = await agencyWithLog();
  expect(await find({ actor: 'Ada' })).toEqual(['0']);
  expect(await find({ topics: 'post' })).toEqual(['1', '0']);
  expect(await find({ topics: 'posts,account' })).toEqual(['2']);
  expect(await find({ topics: 'post,posts' })).toEqual(['2', '1', '0']);
  expect(await find({ accountId: 'page' })).toEqual(['1']);
  const at = (minutes: number) => new Date(noon + minutes * minute).toISOString();
  expect(await find({ from: at(1) })).toEqual(['2', '1']);
  expect(await find({ to: at(1) })).toEqual(['0']);
  expect(await find({ from: at(1), to: at(2) })).toEqual(['1']);
  expect(await agency.api.logActors()).toEqual({ items: ['Ada', 'job:publish-due'], nextCursor: null });
});
