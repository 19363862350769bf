import { describe, expect, it, vi } from 'vitest';
import type { Shelved } from './autosave.ts';
import { type LeftoverDeps, sendLeftovers } from './leftovers.ts';

function entry(caption: string, change: Partial<Shelved> = {}): Shelved {
  return {
    clientId: 'client',
    content: { caption, hashtags: [], firstComment: null, altText: null, media: [], scheduledFor: null, targets: [] },
    basedOn: 'hash of the post',
    revision: 2,
    writer: 'a window that was closed',
    ...change,
  };
}

class Refused extends Error {}

function browser(entries: Record<string, Shelved>, change: Partial<LeftoverDeps> = {}) {
  const shelf = new Map(Object.entries(entries));
  const put = vi.fn<LeftoverDeps['put']>().mockResolvedValue({});
  const deps: LeftoverDeps = {
    shelf: () => new Map(shelf),
    drop: (id) => void shelf.delete(id),
    isOpenHere: () => false,
    put,
    isRefused: (error) => error instanceof Refused,
    ownersTurn: () => Promise.resolve(),
    ...change,
  };
  return { shelf, put, deps };
}

describe('what a closed window left', () => {
  it('is given to the app as that window would have, posts and new drafts, and changes to posts are told of', async () => {
    const { shelf, put, deps } = browser({ post: entry('Bread'), fresh: entry('Cake', { basedOn: null }) });
    expect(await sendLeftovers(deps)).toEqual([{ postId: 'post', isKept: true }]);
    expect(put.mock.calls.map(([input]) => input)).toEqual([
      { id: 'post', ...entry('Bread') },
      { id: 'fresh', ...entry('Cake', { basedOn: null }) },
    ]);
    expect(shelf.size).toBe(0);
  });

  it('stays here and is told of when somebody else went on meanwhile', async () => {
    const { shelf, deps } = browser({ post: entry('Bread') }, { put: () => Promise.reject(new Refused()) });
    expect(await sendLeftovers(deps)).toEqual([{ postId: 'post', isKept: false }]);
    expect([...shelf.keys()]).toEqual(['post']);
  });

  it('stays here without a word when the line was lost again', async () => {
    const { shelf, deps } = browser({ post: entry('Bread') }, { put: () => Promise.reject(new Error('lost')) });
    expect(await sendLeftovers(deps)).toEqual([]);
    expect(shelf.size).toBe(1);
  });

  it('is not touched while a window writes it: this one, or another that uses its turn', async () => {
    const here = browser({ post: entry('Bread') }, { isOpenHere: () => true });
    expect(await sendLeftovers(here.deps)).toEqual([]);
    const other = browser({ post: entry('Bread'), saved: entry('Cake') });
    other.deps.ownersTurn = () => {
      other.shelf.set('post', entry('Bread and butter'));
      other.shelf.delete('saved');
      return Promise.resolve();
    };
    expect(await sendLeftovers(other.deps)).toEqual([]);
    expect([here.put.mock.calls, other.put.mock.calls]).toEqual([[], []]);
    expect(other.shelf.get('post')).toEqual(entry('Bread and butter'));
  });

  it('is not dropped when more was written while it was on its way', async () => {
    const { shelf, deps } = browser({ post: entry('Bread') });
    deps.put = () => {
      shelf.set('post', entry('Bread and butter'));
      return Promise.resolve({});
    };
    await sendLeftovers(deps);
    expect(shelf.get('post')).toEqual(entry('Bread and butter'));
  });
});
