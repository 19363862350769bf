import { describe, expect, it } from 'vitest';
import { noticesFor, nothingTold as nothing } from './notices.ts';

const entry = (id: string, kind: string, more: object = {}) => ({
  id,
  at: 1_000,
  kind,
  message: `About ${id}`,
  clientId: 'c1',
  postId: `p${id}`,
  accountId: null,
  ...more,
});

describe('what a person is told', () => {
  it('is what failed, waits or ends, and leads to its page', () => {
    const entries = [
      entry('1', 'post.failed'),
      entry('2', 'account.expiring', { postId: null, accountId: 'a1' }),
      entry('3', 'post.published'),
      entry('4', 'settings.changed', { postId: null }),
    ];
    expect(noticesFor(entries, nothing).notices).toEqual([
      { title: 'A post failed', body: 'About 1', path: '/posts/p1' },
      { title: 'A connection ends soon', body: 'About 2', path: '/clients/c1?tab=accounts' },
    ]);
  });

  it('is told once, however often the log is read', () => {
    const first = noticesFor([entry('1', 'post.held')], nothing);
    expect(first.notices).toHaveLength(1);
    expect(noticesFor([entry('1', 'post.held'), entry('2', 'post.held')], first.told).notices).toHaveLength(1);
  });

  it('is one incident for a post with several accounts, and a new one later', () => {
    const both = noticesFor(
      [entry('1', 'post.held', { postId: 'p' }), entry('2', 'post.failed', { postId: 'p', at: 2_000 })],
      nothing,
    );
    expect(both.notices).toHaveLength(1);
    const later = entry('3', 'post.failed', { postId: 'p', at: 2_000 + 10 * 60_000 });
    expect(noticesFor([later], both.told).notices).toHaveLength(1);
  });

  it('is one sentence when there are many', () => {
    const many = Array.from({ length: 40 }, (_, number) => entry(String(number), 'post.held'));
    expect(noticesFor(many, nothing).notices).toEqual([
      { title: '40 things need you', body: 'A post waits for you', path: '/pipeline?show=attention' },
    ]);
  });

  it('is short, and text', () => {
    const [notice] = noticesFor([entry('1', 'post.failed', { message: 'x'.repeat(5_000) })], nothing).notices;
    expect(notice?.body.length).toBeLessThanOrEqual(220);
  });
});
