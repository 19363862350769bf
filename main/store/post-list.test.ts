import { describe, expect, it } from 'vitest';
import type { PostFilter } from '../core/ports/store.ts';
import { account, client, noon, post, target, temporaryStore } from './sample.ts';

const minute = 60_000;

/** Three posts of each of two clients; the second of each is for Instagram. */
async function storeWithPosts() {
  const store = await temporaryStore();
  for (const [clientId, name] of [
    ['z', 'Émile’s Bar'],
    ['a', 'Zoo 100%'],
  ] as const) {
    await store.clients.insert(client({ id: clientId, name }));
    for (const platform of ['facebook', 'instagram'] as const) {
      const id = `${platform}-${clientId}`;
      await store.accounts.insert(account({ id, clientId, platform, remoteId: id }));
    }
    for (const [index, status] of (['approved', 'held', 'in_review'] as const).entries()) {
      const id = `${clientId}${index}`;
      const scheduledFor = noon + (index + (clientId === 'z' ? 0 : 10)) * minute;
      await store.posts.insert(post({ id, clientId, status, scheduledFor, caption: `Number ${index}`, slot: null }));
      const platform = index === 1 ? 'instagram' : 'facebook';
      await store.targets.insert(target({ id: `t-${id}`, postId: id, accountId: `${platform}-${clientId}`, platform }));
    }
  }
  const ids = async (filter: Partial<PostFilter>) =>
    (await store.posts.list({ limit: 50, ...filter })).items.map(({ id }) => id).join(' ');
  return { store, ids };
}

describe('posts', () => {
  it('are found by clients, networks and words of caption, hashtags and client, whatever case and accents', async () => {
    const { store, ids } = await storeWithPosts();
    await store.posts.update('z0', { hashtags: ['#Frühstück'] });
    expect(await ids({ clientIds: ['z', 'a'], platforms: ['instagram'] })).toBe('z1 a1');
    expect(await ids({ platforms: ['tiktok'] })).toBe('');
    expect(await ids({ search: 'EMILE number' })).toBe('z0 z1 z2');
    expect(await ids({ search: 'fruhstuck' })).toBe('z0');
    expect(await ids({ search: '100%' })).toBe('a0 a1 a2');
    expect(await ids({ search: '1_0%' })).toBe('');
    await store.posts.update('z0', { caption: 'Brunch', hashtags: [] });
    expect(await ids({ search: 'brunch' })).toBe('z0');
    expect(await ids({ search: 'fruhstuck' })).toBe('');
  });

  it('are no longer found by a network they were taken off', async () => {
    const { store, ids } = await storeWithPosts();
    await store.targets.remove('t-z1');
    expect(await ids({ platforms: ['instagram'] })).toBe('a1');
  });

  it('come in each order, on pages of any length, each post once', async () => {
    const { store, ids } = await storeWithPosts();
    const orders = {
      time: 'z0 z1 z2 a0 a1 a2',
      latest: 'a2 a1 a0 z2 z1 z0',
      client: 'z0 z1 z2 a0 a1 a2',
      status: 'z1 a1 z2 a2 z0 a0',
    } as const;
    for (const [order, expected] of Object.entries(orders) as [keyof typeof orders, string][]) {
      expect(await ids({ order }), order).toBe(expected);
      for (const limit of [1, 2, 4]) {
        const seen: string[] = [];
        let cursor: string | undefined;
        do {
          const page = await store.posts.list({ order, limit, cursor });
          seen.push(...page.items.map(({ id }) => id));
          cursor = page.nextCursor ?? undefined;
        } while (cursor !== undefined);
        expect(seen.join(' '), `${order} by ${limit}`).toBe(expected);
      }
    }
  });

  it('go on where a page ended when posts before it were added, moved and deleted meanwhile', async () => {
    const { store } = await storeWithPosts();
    for (const order of ['client', 'status'] as const) {
      const first = await store.posts.list({ order, limit: 3 });
      await store.posts.insert(
        post({ id: `new-${order}`, clientId: 'z', status: 'held', scheduledFor: 0, slot: null }),
      );
      await store.posts.update(first.items[0]?.id ?? '', { deletedAt: noon });
      const second = await store.posts.list({ order, limit: 3, cursor: first.nextCursor ?? '' });
      const both = [...first.items, ...second.items].map(({ id }) => id);
      expect(new Set(both).size, order).toBe(6);
      expect(both, order).not.toContain(`new-${order}`);
      await store.posts.restore(first.items[0]?.id ?? '', noon);
      await store.posts.update(`new-${order}`, { deletedAt: noon });
    }
  });

  it('refuse a cursor of another order', async () => {
    const { store } = await storeWithPosts();
    const { nextCursor } = await store.posts.list({ order: 'client', limit: 1 });
    for (const order of ['time', 'status'] as const) {
      const asking = store.posts.list({ order, limit: 1, cursor: nextCursor ?? '' });
      await expect(asking).rejects.toMatchObject({ name: 'BadCursor' });
    }
  });

  it('are counted by status for the same conditions', async () => {
    const { store } = await storeWithPosts();
    expect(await store.posts.countByStatus()).toEqual({ approved: 2, held: 2, in_review: 2 });
    expect(await store.posts.countByStatus({ clientIds: ['z'], platforms: ['facebook'], search: 'number' })).toEqual({
      approved: 1,
      in_review: 1,
    });
    expect(await store.posts.countByStatus({ from: noon + 1, to: noon + 2 * minute })).toEqual({ held: 1 });
  });

  it('come back from being deleted, without their slot when another post took it', async () => {
    const { store } = await storeWithPosts();
    const slot = 'z/2026-11-24T09:00';
    await store.posts.insert(post({ id: 'first', clientId: 'z', slot }));
    await store.posts.update('first', { deletedAt: noon });
    await store.posts.insert(post({ id: 'second', clientId: 'z', slot }));
    expect(await store.posts.restore('first', noon)).toBe(true);
    expect(await store.posts.get('first')).toMatchObject({ slot: null, deletedAt: null });
    expect(await store.posts.restore('first', noon)).toBe(false);
    expect(await store.posts.restore('nobody', noon)).toBe(false);
  });
});
