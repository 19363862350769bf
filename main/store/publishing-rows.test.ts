import { describe, expect, it } from 'vitest';
import { AttemptOpen, RowGone, SlotTaken } from '../core/ports/store.ts';
import { account, attempt, noon, post, storeWithPost, target } from './sample.ts';

const minute = 60_000;

describe('posts', () => {
  it('come back as they were written', async () => {
    const store = await storeWithPost();
    expect(await store.posts.get('post-1')).toEqual(post());
    expect(await store.posts.get('nobody')).toBeUndefined();
  });

  it('change only in the named fields', async () => {
    const store = await storeWithPost();
    await store.posts.update('post-1', { caption: "It's", hashtags: [], heldReason: undefined });
    expect(await store.posts.get('post-1')).toEqual(post({ caption: "It's", hashtags: [] }));
    await expect(store.posts.update('nobody', { caption: '' })).rejects.toThrow(RowGone);
  });

  it('are gone for readers once deleted', async () => {
    const store = await storeWithPost();
    await store.posts.update('post-1', { deletedAt: noon });
    expect(await store.posts.get('post-1')).toBeUndefined();
    expect(await store.posts.list({ limit: 10 })).toEqual({ items: [], nextCursor: null });
    expect(await store.posts.recentOfClient('client-1', 5)).toEqual([]);
    expect(await store.posts.countByStatus()).toEqual({});
    expect(await store.targets.due(noon, 10)).toEqual([]);
    expect(await store.targets.nextDueAfter(0)).toBeNull();
    expect(await store.posts.countDueBetween(0, noon + 1)).toBe(0);
  });

  it('fill a slot once; a deleted one frees it', async () => {
    const store = await storeWithPost();
    const slot = 'client-1/2026-11-24T09:00';
    await store.posts.insert(post({ id: 'post-2', slot }));
    await expect(store.posts.insert(post({ id: 'post-3', slot }))).rejects.toThrow(SlotTaken);
    expect(await store.posts.get('post-3')).toBeUndefined();
    expect(await store.posts.slotsTaken('client-1', [slot, 'client-1/other'])).toEqual([slot]);
    await store.posts.update('post-2', { deletedAt: noon });
    expect(await store.posts.slotsTaken('client-1', [slot])).toEqual([]);
    await store.posts.insert(post({ id: 'post-3', slot }));
  });

  it('are listed by time, filtered and in pages that a new row does not shift', async () => {
    const store = await storeWithPost();
    for (let index = 2; index <= 6; index++) {
      await store.posts.insert(post({ id: `post-${index}`, scheduledFor: noon + (index % 3) * minute }));
    }
    const first = await store.posts.list({ limit: 3 });
    expect(first.items.map(({ id }) => id)).toEqual(['post-1', 'post-3', 'post-6']);
    await store.posts.insert(post({ id: 'post-0', scheduledFor: noon - minute }));
    const second = await store.posts.list({ limit: 3, cursor: first.nextCursor ?? '' });
    expect(second.items.map(({ id }) => id)).toEqual(['post-4', 'post-2', 'post-5']);
    expect(second.nextCursor).toBeNull();
    const narrowed = await store.posts.list({ limit: 9, from: noon, to: noon + 2 * minute, statuses: ['approved'] });
    expect(narrowed.items.map(({ id }) => id)).toEqual(['post-1', 'post-3', 'post-6', 'post-4']);
    expect((await store.posts.list({ limit: 9, statuses: [] })).items).toEqual([]);
    expect((await store.posts.list({ limit: 9, clientIds: ['nobody'] })).items).toEqual([]);
  });

  it('refuse a cursor that is not one of theirs', async () => {
    const store = await storeWithPost();
    const cursors = ['', 'garbage', 'bnVsbA', Buffer.from('["a","b"]').toString('base64url')];
    for (const cursor of cursors) {
      await expect(store.posts.list({ limit: 3, cursor })).rejects.toMatchObject({ name: 'BadCursor' });
    }
  });

  it('are counted while something of them is due', async () => {
    const store = await storeWithPost();
    await store.accounts.insert(account({ id: 'account-2', remoteId: 'page-2' }));
    await store.targets.insert(target({ id: 'target-2', accountId: 'account-2' }));
    expect(await store.posts.countDueBetween(noon, noon + 1)).toBe(1);
    expect(await store.posts.countDueBetween(noon + 1, noon + minute)).toBe(0);
  });
});

describe('what is due', () => {
  it('is a pending target of an approved post whose time has come', async () => {
    const store = await storeWithPost();
    expect(await store.targets.due(noon - 1, 10)).toEqual([]);
    expect(await store.targets.nextDueAfter(noon - 1)).toBe(noon);
    expect(await store.targets.due(noon, 10)).toEqual([{ target: target(), post: post() }]);
    expect(await store.targets.nextDueAfter(noon)).toBeNull();
  });

  it.each(['draft', 'generating', 'in_review', 'published', 'rejected'] as const)(
    'is nothing of a post that is %s',
    async (status) => {
      const store = await storeWithPost();
      await store.posts.update('post-1', { status });
      expect(await store.targets.due(noon, 10)).toEqual([]);
      await store.posts.update('post-1', { status: 'publishing' });
      expect(await store.targets.due(noon, 10)).toHaveLength(1);
    },
  );

  it.each(['held', 'failed'] as const)(
    'is still what waits in a post that is %s for another target',
    async (status) => {
      const store = await storeWithPost();
      await store.posts.update('post-1', { status });
      expect(await store.targets.due(noon, 10)).toHaveLength(1);
      await store.posts.update('post-1', { approvedHash: null });
      expect(await store.targets.due(noon, 10)).toEqual([]);
    },
  );

  it.each(['publishing', 'confirming', 'published', 'delivered', 'held', 'failed', 'dropped'] as const)(
    'is no target that is %s',
    async (status) => {
      const store = await storeWithPost();
      await store.targets.update('target-1', { status });
      expect(await store.targets.due(noon, 10)).toEqual([]);
      await store.targets.update('target-1', { status: 'pending' });
      expect(await store.targets.due(noon, 10)).toHaveLength(1);
    },
  );

  it('follows a new time, a next try and "publish now"', async () => {
    const store = await storeWithPost();
    await store.posts.update('post-1', { scheduledFor: noon + minute });
    expect(await store.targets.nextDueAfter(0)).toBe(noon + minute);
    await store.targets.update('target-1', { nextAttemptAt: noon + 5 * minute });
    expect(await store.targets.nextDueAfter(0)).toBe(noon + 5 * minute);
    await store.posts.update('post-1', { publishNowAt: noon - minute });
    expect(await store.targets.nextDueAfter(0)).toBe(noon - minute);
    await store.targets.update('target-1', { nextAttemptAt: noon + 2 * minute });
    expect(await store.targets.nextDueAfter(0)).toBe(noon + 2 * minute);
    expect(await store.targets.due(noon, 10)).toEqual([]);
  });

  it('comes earliest first and no more than asked for', async () => {
    const store = await storeWithPost();
    await store.posts.insert(post({ id: 'post-2', scheduledFor: noon - minute }));
    await store.targets.insert(target({ id: 'target-2', postId: 'post-2' }));
    expect((await store.targets.due(noon, 10)).map(({ target: { id } }) => id)).toEqual(['target-2', 'target-1']);
    expect((await store.targets.due(noon, 1)).map(({ post: { id } }) => id)).toEqual(['post-2']);
  });
});

describe('targets', () => {
  it('are one a post and account, and can be taken off', async () => {
    const store = await storeWithPost();
    await expect(store.targets.insert(target({ id: 'target-2' }))).rejects.toThrow(/UNIQUE/);
    await store.targets.remove('target-1');
    expect(await store.targets.get('target-1')).toBeUndefined();
    expect(await store.targets.listOfPost('post-1')).toEqual([]);
    expect(await store.targets.due(noon, 10)).toEqual([]);
    await store.targets.insert(target({ id: 'target-2' }));
    await expect(store.targets.remove('target-1')).rejects.toThrow(RowGone);
    await expect(store.targets.update('target-1', { tries: 1 })).rejects.toThrow(RowGone);
  });

  it('cannot be taken off while something is being sent', async () => {
    const store = await storeWithPost();
    await store.attempts.insert(attempt());
    await expect(store.targets.remove('target-1')).rejects.toThrow(AttemptOpen);
    await store.attempts.update('attempt-1', { state: 'not_sent', endedAt: noon });
    await store.targets.remove('target-1');
    expect(await store.attempts.listOfPost('post-1')).toHaveLength(1);
  });

  it('are read for many posts at once', async () => {
    const store = await storeWithPost();
    const ids = Array.from({ length: 40_000 }, (_, index) => `post-${index}`);
    expect(await store.targets.listOfPosts(ids)).toEqual([target()]);
    expect(await store.targets.listOfPosts([])).toEqual([]);
  });

  it('that failed are counted', async () => {
    const store = await storeWithPost();
    await store.targets.update('target-1', { status: 'failed' });
    expect(await store.targets.countFailed()).toBe(1);
  });

  it('wait for their first comment until it is live or given up', async () => {
    const store = await storeWithPost();
    await store.targets.update('target-1', { status: 'published', publishedAt: noon, remoteId: 'r1' });
    expect(await store.targets.awaitingComment(noon)).toEqual([]);
    await store.posts.update('post-1', { firstComment: 'Link in bio' });
    expect((await store.targets.awaitingComment(noon)).map(({ id }) => id)).toEqual(['target-1']);
    expect(await store.targets.awaitingComment(noon + 1)).toEqual([]);
    await store.attempts.insert(attempt({ kind: 'first_comment', state: 'not_sent' }));
    expect(await store.targets.awaitingComment(noon)).toHaveLength(1);
    await store.attempts.insert(attempt({ id: 'attempt-2', kind: 'first_comment', state: 'rejected' }));
    expect(await store.targets.awaitingComment(noon)).toEqual([]);
  });
});

describe('attempts', () => {
  it('come back as they were written', async () => {
    const store = await storeWithPost();
    const written = attempt({ handle: { containerIds: ['1', '2'], step: { done: true } }, sentAt: noon });
    await store.attempts.insert(written);
    expect(await store.attempts.get('attempt-1')).toEqual(written);
    expect(await store.attempts.listOfTarget('target-1')).toEqual([written]);
    expect(await store.attempts.listOfPost('post-1')).toEqual([written]);
  });

  it.each(['intent', 'prepared', 'sending', 'accepted', 'unknown', 'needs_human'] as const)(
    'are one open at a time of a kind: %s',
    async (state) => {
      const store = await storeWithPost();
      await store.attempts.insert(attempt({ state }));
      await expect(store.attempts.insert(attempt({ id: 'attempt-2', number: 2 }))).rejects.toThrow(AttemptOpen);
      await store.attempts.insert(attempt({ id: 'attempt-3', kind: 'first_comment' }));
      expect((await store.attempts.openOf('target-1', 'post'))?.id).toBe('attempt-1');
      expect((await store.attempts.listOpen()).map(({ id }) => id)).toEqual(['attempt-1', 'attempt-3']);
    },
  );

  it.each(['published', 'not_sent', 'rejected'] as const)('that ended make room: %s', async (state) => {
    const store = await storeWithPost();
    await store.attempts.insert(attempt({ state }));
    expect(await store.attempts.openOf('target-1', 'post')).toBeUndefined();
    await store.attempts.insert(attempt({ id: 'attempt-2' }));
  });

  it('bind a post on the network once', async () => {
    const store = await storeWithPost();
    await store.attempts.insert(attempt({ state: 'published', remoteId: 'r1' }));
    await store.attempts.insert(attempt({ id: 'attempt-2' }));
    expect(await store.attempts.isBound('page-1', 'r1')).toBe(true);
    expect(await store.attempts.isBound('page-2', 'r1')).toBe(false);
    await expect(store.attempts.update('attempt-2', { remoteId: 'r1' })).rejects.toThrow(/UNIQUE/);
  });

  it('tells which posts of a profile are ours, by attempt or by what a person said', async () => {
    const store = await storeWithPost();
    await store.attempts.insert(attempt({ state: 'published', remoteId: 'r1' }));
    await store.attempts.insert(attempt({ id: 'attempt-2', kind: 'first_comment', remoteId: 'r2' }));
    await store.targets.update('target-1', { remoteId: 'r3' });
    expect(await store.attempts.boundPosts('page-1', ['r1', 'r2', 'r3', 'r4'])).toEqual(
      new Map([
        ['r1', 'post-1'],
        ['r3', 'post-1'],
      ]),
    );
    expect(await store.attempts.boundPosts('page-2', ['r1', 'r3'])).toEqual(new Map());
    expect(await store.attempts.boundPosts('page-1', [])).toEqual(new Map());
  });
});
