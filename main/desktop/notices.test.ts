import { describe, expect, it } from 'vitest';
import { noticeKinds } from '../../shared/contract/admin.ts';
import { speechIn } from './speech.ts';
import { isQuietAt, noticesFor as noticesWith, nothingTold as nothing, type Told } from './notices.ts';

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

const everything = { notices: noticeKinds, isQuiet: false };
const noticesFor = (entries: Parameters<typeof noticesWith>[0], told: Told) =>
  noticesWith(entries, told, everything, speechIn('en'));

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
      [entry('1', 'post.failed', { postId: 'p' }), entry('2', 'post.held', { postId: 'p', at: 2_000 })],
      nothing,
    );
    expect(both.notices).toHaveLength(1);
    const later = entry('3', 'post.failed', { postId: 'p', at: 1_000 + 10 * 60_000 });
    expect(noticesFor([later], both.told).notices).toHaveLength(1);
  });

  it('is that a post failed, also right after it was told that it is at risk', () => {
    const risk = noticesFor([entry('1', 'post.at_risk', { postId: 'p' })], nothing);
    const failed = entry('2', 'post.failed', { postId: 'p', at: 2_000 });
    expect(noticesFor([failed], risk.told).notices.map(({ title }) => title)).toEqual(['A post failed']);
  });

  it('is told again when it goes on failing, however close one follows the other', () => {
    const at = [0, 9, 18].map((minutes) => minutes * 60_000);
    const entries = at.map((time, index) => entry(String(index), 'post.failed', { postId: 'p', at: time }));
    expect(noticesFor(entries, nothing).notices).toHaveLength(2);
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

  it('is only what they want to be told', () => {
    const entries = [entry('1', 'post.failed'), entry('2', 'post.held')];
    const { notices } = noticesWith(entries, nothing, { notices: ['waiting'], isQuiet: false }, speechIn('en'));
    expect(notices.map(({ title }) => title)).toEqual(['A post waits for you']);
  });

  it('waits while they want silence, and is told together afterwards', () => {
    const quiet = { notices: noticeKinds, isQuiet: true };
    const night = noticesWith([entry('1', 'post.failed')], nothing, quiet, speechIn('en'));
    const later = noticesWith([entry('1', 'post.failed'), entry('2', 'post.held')], night.told, quiet, speechIn('en'));
    expect([night.notices, later.notices]).toEqual([[], []]);
    const morning = noticesFor([], later.told);
    expect(morning.notices.map(({ body }) => body)).toEqual(['About 1', 'About 2']);
    expect(noticesFor([], morning.told).notices).toEqual([]);
  });

  it('is in their language, with what the core says of it', () => {
    const entries = [entry('1', 'account.expiring', { message: 'The Facebook login has expired.' })];
    const spoken = (language: 'de' | 'ar') => noticesWith(entries, nothing, everything, speechIn(language)).notices[0];
    expect(spoken('de')).toMatchObject({
      title: 'Eine Verbindung endet bald',
      body: speechIn('de').said('The Facebook login has expired.'),
    });
    expect(spoken('de')?.body).not.toContain('login');
    expect(spoken('ar')?.title).toBe('اتصال ينتهي قريبًا');
  });

  it('tells when something is as people write it', () => {
    const message = 'This is due at 2026-11-26T09:00:00+01:00[Europe/Berlin].';
    const [notice] = noticesFor([entry('1', 'post.at_risk', { message })], nothing).notices;
    expect(notice?.body).toBe('This is due Thu 26 Nov, 09:00 CET.');
  });

  it('of a budget leads to what was spent', () => {
    const [notice] = noticesFor([entry('1', 'budget.near', { postId: null })], nothing).notices;
    expect(notice).toMatchObject({ title: 'An AI budget is nearly used up', path: '/activity?tab=usage' });
  });
});

it('is quiet between two times, also past midnight', () => {
  const night = { from: '22:00', to: '07:30' };
  expect(['22:00', '23:59', '00:00', '07:29'].map((time) => isQuietAt(time, night))).toEqual([true, true, true, true]);
  expect(['21:59', '07:30', '12:00'].map((time) => isQuietAt(time, night))).toEqual([false, false, false]);
  expect(isQuietAt('12:30', { from: '12:00', to: '13:00' })).toBe(true);
  expect(isQuietAt('13:00', { from: '12:00', to: '13:00' })).toBe(false);
  expect(isQuietAt('12:00', { from: '12:00', to: '12:00' })).toBe(false);
  expect(isQuietAt('12:00', null)).toBe(false);
});
