import { describe, expect, it } from 'vitest';
import type { Target } from '../../shared/contract/pipeline.ts';
import { platforms } from '../../shared/domain/platform.ts';
import { targetStatuses } from '../../shared/domain/post.ts';
import { speak } from '../i18n/i18n.ts';
import { english } from '../i18n/english.ts';
import { lateness, needsPerson, troubleOf, worstTroubleOf } from './trouble.ts';

const now = Date.parse('2026-11-24T10:00:00Z');
const post = { scheduledFor: '2026-11-24T09:13:00Z', timezone: 'UTC', clientName: 'Café Uno' };

function target(change: Partial<Target>): Target {
  return {
    id: 't1',
    accountId: 'a1',
    accountName: 'Café Uno',
    platform: 'facebook',
    status: 'pending',
    caption: null,
    options: {},
    consent: null,
    remoteId: null,
    permalink: null,
    publishedAt: null,
    tries: 0,
    nextAttemptAt: null,
    risk: null,
    error: null,
    ...change,
  };
}

function held(code: string, message = 'The server says why.'): Target {
  return target({ status: 'held', error: { code, message, class: null } });
}

describe('troubleOf', () => {
  it('has none for what is simply waiting, on its way, there or left out', () => {
    for (const status of ['pending', 'publishing', 'published', 'delivered', 'dropped'] as const) {
      expect(troubleOf(post, target({ status }), now)).toBeNull();
    }
    const early = target({ error: { code: 'early', message: 'Not due yet.', class: null } });
    expect(troubleOf(post, early, now)).toBeNull();
  });

  it.each([
    ['disk', /late by itself/],
    ['lease', /late by itself/],
    ['waking', /late by itself/],
    ['stopped', /is held, and you decide/],
    ['stop_file', /is held, and you decide/],
    ['clock', /is held, and you decide/],
    ['client_paused', /is held, and you decide/],
    ['catch_up', /Its turn is now/],
  ])('says what becomes of it when what stops it ends: %s', (code, words) => {
    const waiting = target({ error: { code, message: 'Publishing is paused.', class: null } });
    expect(troubleOf(post, waiting, now)?.did).toMatch(words);
  });

  it('says which try failed and when the next one is', () => {
    const trouble = troubleOf(
      post,
      target({
        tries: 2,
        nextAttemptAt: '2026-11-24T10:04:00Z',
        error: { code: 'http/503', message: 'Facebook had an internal problem.', class: 'transient' },
      }),
      now,
    );
    expect(trouble).toMatchObject({ kind: 'retrying', happened: 'Facebook had an internal problem.' });
    expect(trouble?.did).toMatch(
      /^Try 2 of 5 did not work, and nothing was published\. The next one is .*in 4 minutes/,
    );
  });

  it('says that it asks, when it asks next, and that nothing is sent again', () => {
    const trouble = troubleOf(post, target({ status: 'confirming', nextAttemptAt: '2026-11-24T10:02:00Z' }), now);
    expect(trouble?.did).toMatch(
      /^We asked Facebook whether it is live\. The next look is .*in 2 minutes.*Nothing is sent/,
    );
    expect(trouble && needsPerson(trouble)).toBe(false);
  });

  it.each([
    ['unclear', 'unclear', 'answer'],
    ['restored', 'unclear', 'answer'],
    ['late', 'missed', 'publish_now'],
    ['crowded', 'missed', 'publish_now'],
    ['after_stop', 'missed', 'publish_now'],
    ['reconnect', 'account', 'reconnect'],
    ['disconnected', 'account', 'reconnect'],
    ['account_changed', 'account', 'retry'],
    ['changed', 'content', 'approve'],
    ['not_approved', 'content', 'approve'],
    ['banned', 'content', 'edit'],
  ])('held as %s it waits for a person as %s, to %s first', (code, kind, remedy) => {
    const trouble = troubleOf(post, held(code), now);
    expect(trouble).toMatchObject({ kind });
    expect(trouble?.remedies[0]).toBe(remedy);
  });

  it('says how late it is', () => {
    expect(troubleOf(post, held('late'), now)?.happened).toMatch(/09:13.* and is 47 min late by now\.$/);
  });

  it.each([
    ['token', 'account', 'reconnect'],
    ['permission', 'account', 'reconnect'],
    ['config', 'account', 'settings'],
    ['account', 'account', 'retry'],
  ] as const)('knows what a network means by class %s', (errorClass, kind, remedy) => {
    const trouble = troubleOf(
      post,
      target({ ...held('190/463'), error: { code: '190/463', message: 'x', class: errorClass } }),
      now,
    );
    expect(trouble).toMatchObject({ kind });
    expect(trouble?.remedies[0]).toBe(remedy);
  });

  it('shows the instants of the server on this computer’s clock', () => {
    const trouble = troubleOf(
      post,
      held('of_tomorrow', 'This was due at 2026-03-01T09:00:00.000Z. It was not sent.'),
      now,
    );
    expect(trouble?.happened).toMatch(/^This was due (Sat|Sun) [12] (Feb|Mar), \d\d:\d\d\. It was not sent\.$/);
  });

  it('falls back to the message of the server for what it does not know', () => {
    const unknown = troubleOf(post, held('of_tomorrow', 'The moon is full.'), now);
    expect(unknown).toMatchObject({ happened: 'The moon is full.', kind: 'content' });
    expect(unknown?.remedies.length).toBeGreaterThan(0);
  });

  it('tells what is refused from what was given up', () => {
    const failed = (errorClass: 'content' | 'transient') =>
      troubleOf(
        post,
        target({ status: 'failed', tries: 5, error: { code: 'x', message: 'x', class: errorClass } }),
        now,
      );
    expect(failed('content')).toMatchObject({ label: 'Refused', remedies: ['edit', 'retry', 'drop'] });
    expect(failed('transient')).toMatchObject({ label: 'Gave up', remedies: ['retry', 'reschedule', 'drop'] });
  });

  it('has words and a way out for everything that waits for a person, on every network', () => {
    for (const platform of platforms) {
      for (const status of targetStatuses) {
        for (const error of [null, { code: 'anything', message: 'Anything.', class: null }]) {
          const trouble = troubleOf(post, target({ platform, status, error }), now);
          if (trouble === null) continue;
          expect(trouble.happened, `${platform} ${status}`).not.toBe('');
          if (needsPerson(trouble)) expect(trouble.remedies.length, `${platform} ${status}`).toBeGreaterThan(0);
        }
      }
    }
  });
});

describe('worstTroubleOf', () => {
  it('takes what may be live twice before everything else', () => {
    const targets = [held('late'), target({ status: 'confirming' }), held('unclear')];
    expect(worstTroubleOf({ ...post, targets, status: 'held', heldReason: null }, now)).toMatchObject({
      kind: 'unclear',
    });
  });

  it('speaks of a post that is held before any account is', () => {
    const whole = { ...post, targets: [target({})], status: 'held' as const, heldReason: 'It says “cheap”.' };
    expect(worstTroubleOf(whole, now)).toMatchObject({ happened: 'It says “cheap”.', kind: 'content' });
  });
});

describe('lateness', () => {
  it.each([
    ['2026-11-24T09:14:30Z', null],
    ['2026-11-24T09:31:00Z', '18 min late'],
    ['2026-11-24T14:13:00Z', '5 hours late'],
    ['2026-11-27T09:13:00Z', '3 days late'],
    ['2026-11-24T09:00:00Z', null],
  ])('of what went live at %s is %s', (publishedAt, words) => {
    expect(lateness(post.scheduledFor, publishedAt)).toBe(words);
  });
});

describe('a post at risk', () => {
  const risk = { message: 'Not connected.', remedy: 'Connect it again.', since: '2026-11-24T08:00:00.000Z' };

  it.each([
    ['account', 'reconnect'],
    ['quota', 'reschedule'],
    ['media', 'edit'],
    ['content', 'edit'],
    ['config', 'settings'],
  ] as const)('for its %s says why, what to do, and offers %s first', (code, remedy) => {
    const trouble = troubleOf(post, target({ risk: { ...risk, code } }), now);
    expect(trouble).toMatchObject({ kind: 'risk', label: 'At risk', happened: risk.message });
    expect(trouble?.did).toContain(risk.remedy);
    expect(trouble?.remedies[0]).toBe(remedy);
    expect(trouble !== null && needsPerson(trouble)).toBe(true);
  });

  it('that met with something already tells of that', () => {
    const error = { code: 'stopped', message: 'Stopped.', class: null };
    expect(troubleOf(post, target({ risk: { ...risk, code: 'account' }, error }), now)?.kind).toBe('waiting');
  });
});

describe('in another language', () => {
  it('says it all in its words, with its numbers and times', async () => {
    const late = { ...english.common.late, minutes_other: '{{count, number}} Min. zu spät' };
    const happened = { ...english.common.trouble.happened, missed: 'Fällig war es {{when}}, nun {{late}}.' };
    const label = { ...english.common.trouble.label, late: 'Zeit verpasst' };
    const trouble = { ...english.common.trouble, happened, label };
    await speak('de', { common: { ...english.common, late, trouble } }, 'de-AT');
    try {
      const told = troubleOf(post, held('late'), now);
      expect(told?.label).toBe('Zeit verpasst');
      expect(told?.happened).toMatch(/^Fällig war es Di\.?, 24\. Nov.*09:13.*, nun 47 Min\. zu spät\.$/);
    } finally {
      await speak('en', english, 'en-GB');
    }
  });
});
