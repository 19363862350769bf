import { expect, it } from 'vitest';
import { defaultRules } from '../../shared/contract/rules.ts';
import { emptyBrand } from '../../shared/contract/brand.ts';
import { account, client, noon, post, target, temporaryStore } from './sample.ts';

const day = 86_400_000;

it('counts each client’s posts by what they wait for, and nobody else’s', async () => {
  const store = await temporaryStore();
  await store.clients.insert(client({ id: 'a', name: 'Äpfel' }));
  await store.clients.insert(client({ id: 'b', name: 'Birnen' }));
  await store.clients.insert(client({ id: 'gone', name: 'Gone', deletedAt: noon }));
  await store.clients.putBrand('a', { ...emptyBrand, colors: ['#112233'] }, noon);
  await store.clients.putRules('a', defaultRules, noon);
  const posts = [
    ['in_review', noon + day],
    ['in_review', noon - day],
    ['held', noon - day],
    ['failed', noon + 2 * day],
    ['partly_published', noon - 40 * day],
    ['approved', noon + 3 * day],
    ['approved', noon + 2 * day],
    ['approved', noon - day],
    ['rejected', noon + day],
    ['draft', noon + 7 * day],
    ['published', noon - day],
  ] as const;
  for (const [index, [status, scheduledFor]] of posts.entries()) {
    await store.posts.insert(post({ id: `p${index}`, clientId: 'a', status, scheduledFor }));
  }
  await store.posts.insert(post({ id: 'deleted', clientId: 'a', status: 'held', deletedAt: noon }));
  await store.posts.insert(post({ id: 'theirs', clientId: 'b', status: 'held', scheduledFor: noon - day }));

  const [a, b, ...others] = await store.clients.glance(noon, noon + 7 * day);
  expect(a).toMatchObject({
    client: { id: 'a', name: 'Äpfel' },
    brand: { colors: ['#112233'] },
    rules: defaultRules,
    toReview: 2,
    needsYou: 3,
    planned: 3,
    nextPostAt: noon + 2 * day,
  });
  expect(a?.client).not.toHaveProperty('sortName');
  expect(b).toMatchObject({ brand: null, rules: null, toReview: 0, needsYou: 1, planned: 0, nextPostAt: null });
  expect(others).toEqual([]);
});

it('counts a post at risk once, and only while it is approved and waits', async () => {
  const store = await temporaryStore();
  await store.clients.insert(client());
  await store.accounts.insert(account());
  await store.accounts.insert(account({ id: 'account-2', remoteId: 'page-2' }));
  const risk = { code: 'account' as const, message: 'It must be connected again.', remedy: 'Connect it.', since: noon };
  await store.posts.insert(post({ id: 'twice', status: 'approved', approvedHash: 'hash' }));
  await store.posts.insert(post({ id: 'unapproved', status: 'in_review', approvedHash: null }));
  await store.posts.insert(post({ id: 'live', status: 'published', approvedHash: 'hash' }));
  await store.targets.insert(target({ id: 't1', postId: 'twice' }));
  await store.targets.insert(target({ id: 't2', postId: 'twice', accountId: 'account-2' }));
  await store.targets.insert(target({ id: 't3', postId: 'unapproved' }));
  await store.targets.insert(target({ id: 't4', postId: 'live', status: 'published' }));
  for (const targetId of ['t1', 't2', 't3', 't4']) await store.preflights.put({ targetId, checkedAt: noon, risk });
  expect(await store.clients.glance(noon, noon + day)).toMatchObject([{ atRisk: 1 }]);
});
