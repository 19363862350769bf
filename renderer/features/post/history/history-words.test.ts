import { describe, expect, it } from 'vitest';
import { type HistoryEntry, historyKinds } from '../../../../shared/contract/review.ts';
import '../../../i18n/english.ts';
import { historyActor, stepWords, titleOf } from './history-words.ts';

const entry = (change: Partial<HistoryEntry>): HistoryEntry => ({
  id: 'e',
  at: '2026-11-24T12:00:00.000Z',
  kind: 'approved',
  level: 'info',
  actor: 'mia',
  platform: null,
  accountName: null,
  words: null,
  changed: [],
  from: null,
  to: null,
  link: null,
  attempt: null,
  ...change,
});
const attempt = (change: Partial<NonNullable<HistoryEntry['attempt']>>) =>
  entry({
    kind: 'attempt',
    platform: 'instagram',
    attempt: { kind: 'post', number: 1, outcome: 'live', steps: [], ...change },
  });

describe('the words of a history', () => {
  it('there are for everything that can happen, and none is a state’s name', () => {
    for (const kind of historyKinds) {
      const title = titleOf(entry({ kind, platform: 'facebook', words: 'Something happened.' }));
      expect(title).toMatch(/^[A-Z]/);
      expect(title).not.toMatch(/_|\{\{|:history/);
    }
  });

  it('say what was changed, and where it went', () => {
    expect(titleOf(entry({ kind: 'edited', changed: ['caption', 'media', 'time'] }))).toBe(
      'Changed: caption, pictures or videos and time',
    );
    expect(titleOf(attempt({}))).toBe('Live on Instagram');
    expect(titleOf(attempt({ outcome: 'not_sent' }))).toBe('Not sent to Instagram');
    expect(titleOf(attempt({ kind: 'first_comment' }))).toBe('First comment live on Instagram');
  });

  it('name whoever did it', () => {
    expect([historyActor('ai'), historyActor('rules'), historyActor('owner'), historyActor('mia')]).toEqual([
      'AI',
      'Posting rules',
      'You',
      'mia',
    ]);
  });

  it('tell each step plainly, with the reason where there is one, and what is new as it came', () => {
    const step = (kind: string, words = 'x') => stepWords({ at: '2026-11-24T12:00:00.000Z', kind, words }, 'Instagram');
    expect(step('sending', 'About to send')).toBe('Sent the request that makes it public');
    expect(step('handle')).toBe('Instagram took the first parts; nothing is visible yet');
    expect(step('failed', 'The picture is too wide.')).toBe('Failed: The picture is too wide.');
    expect(step('failed', '')).toBe('Failed');
    expect(step('brand_new', 'Something else.')).toBe('Something else.');
  });
});
