import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Draft as SavedDraft } from '../../../../shared/contract/drafts.ts';
import { Autosave, type AutosaveDeps, type Shelved } from './autosave.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const content = (caption: string) => ({
  caption,
  hashtags: [],
  firstComment: null,
  altText: null,
  media: [],
  scheduledFor: null,
  targets: [],
});
const typed = (caption: string) => ({ clientId: 'c', content: content(caption) });

function start(answers: Partial<AutosaveDeps> = {}) {
  const puts: string[] = [];
  const shelf = new Map<string, Shelved>();
  let revision = 0;
  const autosave = new Autosave(
    {
      put: async ({ content: { caption } }) => {
        puts.push(caption);
        revision += 1;
        return { revision, updatedAt: '2026-11-24T10:41:00.000Z' } as SavedDraft;
      },
      get: async () => null,
      refusal: (error) => (error instanceof Error && error.message === 'changed' ? 'changed' : null),
      shelf: { keep: (id, entry) => void shelf.set(id, entry), drop: (id) => void shelf.delete(id) },
      ...answers,
    },
    { id: 'd', basedOn: null, revision: 0, writer: 'w', at: null },
  );
  return { autosave, puts, shelf };
}

describe('what is typed', () => {
  it('is kept at a pause, and is on the shelf until then', async () => {
    const { autosave, puts, shelf } = start();
    autosave.change(typed('F'));
    autosave.change(typed('Fr'));
    expect(autosave.state.kind).toBe('saving');
    expect(shelf.get('d')?.content.caption).toBe('Fr');
    await vi.advanceTimersByTimeAsync(600);
    expect(puts).toEqual(['Fr']);
    expect(autosave.state).toEqual({ kind: 'saved', at: '2026-11-24T10:41:00.000Z' });
    expect(shelf.size).toBe(0);
  });

  it('without any pause is kept all the same: at most a second and a half is open', async () => {
    const { autosave, puts } = start();
    for (let letters = 1; letters <= 40; letters += 1) {
      autosave.change(typed('x'.repeat(letters)));
      await vi.advanceTimersByTimeAsync(100);
      expect(letters - (puts.at(-1)?.length ?? 0)).toBeLessThanOrEqual(15);
    }
  });

  it('is sent one at a time, the last one in the end', async () => {
    let release = (): void => undefined;
    const sent: string[] = [];
    const { autosave } = start({
      put: async ({ content: { caption } }) => {
        sent.push(caption);
        await new Promise<void>((resolve) => {
          release = resolve;
        });
        return { revision: sent.length, updatedAt: 'now' } as SavedDraft;
      },
    });
    autosave.change(typed('a'));
    await vi.advanceTimersByTimeAsync(600);
    autosave.change(typed('ab'));
    autosave.change(typed('abc'));
    await vi.advanceTimersByTimeAsync(600);
    expect(sent).toEqual(['a']);
    release();
    await vi.advanceTimersByTimeAsync(600);
    release();
    await vi.advanceTimersByTimeAsync(10);
    expect(sent).toEqual(['a', 'abc']);
    expect(autosave.state.kind).toBe('saved');
  });
});

describe('when the app cannot be reached', () => {
  it('says so, stays on the shelf, and is tried again by itself', async () => {
    let isDown = true;
    const { autosave, shelf } = start({
      put: async () => {
        if (isDown) throw new Error('Not connected.');
        return { revision: 1, updatedAt: 'now' } as SavedDraft;
      },
    });
    autosave.change(typed('a'));
    await vi.advanceTimersByTimeAsync(600);
    expect(autosave.state.kind).toBe('failed');
    autosave.change(typed('ab'));
    expect(shelf.get('d')?.content.caption).toBe('ab');
    isDown = false;
    await vi.advanceTimersByTimeAsync(1_100);
    expect(autosave.state.kind).toBe('saved');
    expect(shelf.size).toBe(0);
  });

  it('an answer that never comes counts as none', async () => {
    const { autosave } = start({ put: () => new Promise(() => undefined) });
    autosave.change(typed('a'));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(autosave.state.kind).toBe('failed');
  });
});

describe('when another window wrote', () => {
  it('nothing is sent before a person decides, and then over what they left', async () => {
    const theirs = { revision: 7 } as SavedDraft;
    const revisions: number[] = [];
    const { autosave, shelf } = start({
      put: async ({ revision }) => {
        revisions.push(revision);
        if (revision < 7) throw new Error('changed');
        return { revision: 8, updatedAt: 'now' } as SavedDraft;
      },
      get: async () => theirs,
    });
    autosave.change(typed('mine'));
    await vi.advanceTimersByTimeAsync(600);
    expect(autosave.state).toEqual({ kind: 'conflict', theirs });
    autosave.change(typed('mine too'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(revisions).toEqual([0]);
    expect(shelf.get('d')?.content.caption).toBe('mine too');
    expect(await autosave.flush()).toBe(false);
    await autosave.keepMine();
    expect(revisions).toEqual([0, 7]);
    expect(autosave.state.kind).toBe('saved');
  });
});

it('a draft that has ended is not kept again', async () => {
  const { autosave, puts, shelf } = start();
  autosave.change(typed('a'));
  autosave.end();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(puts).toEqual([]);
  expect(shelf.size).toBe(0);
});
