import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catchUpCode, causeOf, planMissed, punctualMs, type Verdict, type Waiting } from './missed.ts';

const minute = 60_000;
const now = Date.UTC(2026, 10, 24, 12);

/** A post that was due that many minutes ago. */
function due(minutesAgo: number, change: Partial<Waiting> = {}): Waiting {
  const wantedAt = now - minutesAgo * minute;
  const targetId = `target-${minutesAgo}`;
  return { targetId, wantedAt, dueAt: wantedAt, code: null, graceMs: 30 * minute, isAskedFor: false, ...change };
}

function verdicts(waiting: readonly Waiting[], lastAt: number | null = null): (string | number | undefined)[] {
  const plan = planMissed(waiting, lastAt, now);
  return waiting.map(({ targetId }) => short(plan.get(targetId)));
}

/** `go`, the code it is held with, or in how many minutes its turn is. */
function short(verdict: Verdict | undefined): string | number | undefined {
  if (verdict?.kind === 'wait') return (verdict.until - now) / minute;
  return verdict?.kind === 'hold' ? verdict.code : verdict?.kind;
}

describe('one post', () => {
  it.each<[number, number, string]>([
    [0, 30, 'go'],
    [1, 0, 'go'],
    [1.01, 0, 'late'],
    [1.01, 30, 'go'],
    [30, 30, 'go'],
    [30.01, 30, 'late'],
    [600, 1_440, 'go'],
  ])('%s minutes late with %s minutes of grace: %s', (late, grace, verdict) => {
    expect(verdicts([due(late, { graceMs: grace * minute })])).toEqual([verdict]);
  });

  it('that a person asked for has an hour', () => {
    expect(verdicts([due(59, { graceMs: 0, isAskedFor: true })])).toEqual(['go']);
    expect(verdicts([due(61, { graceMs: 0, isAskedFor: true })])).toEqual(['late']);
  });

  it('that was kept by its account has an hour, when it was looked at in time', () => {
    const kept = { code: 'rate', dueAt: now, graceMs: 0 };
    expect(verdicts([due(59, kept)])).toEqual(['go']);
    expect(verdicts([due(61, kept)])).toEqual(['late']);
    expect(verdicts([due(59, { ...kept, dueAt: now - 5 * minute })])).toEqual(['late']);
  });

  it.each(['stopped', 'stop_file', 'client_paused', 'clock', 'restored', 'copied', 'damaged'])(
    'that waited under %s is held, however short that was',
    (code) => {
      expect(verdicts([due(0, { code })])).toEqual(['after_stop']);
    },
  );

  it.each(['disk', 'lease', 'interrupted', 'closed'])('that waited under %s is only as late as it is', (code) => {
    expect(verdicts([due(1, { code })])).toEqual(['go']);
    expect(verdicts([due(20, { code })])).toEqual(['go']);
    expect(verdicts([due(31, { code })])).toEqual(['late']);
  });

  it('whose own next try has come is punctual, however late it is', () => {
    const again = due(20, { code: 'not_found_twice', dueAt: now - 1_000 });
    expect(causeOf(again, now)).toBe('punctual');
    expect(causeOf({ ...again, dueAt: now - 61_000 }, now)).toBe('missed');
  });
});

describe('several posts of an account', () => {
  it('go out in their order, five minutes apart, three of them', () => {
    expect(verdicts([due(5), due(4), due(3), due(2), due(25)])).toEqual([5, 10, 'crowded', 'crowded', 'go']);
  });

  it('that were planned close together and are on time go out on time', () => {
    expect(verdicts([due(1), due(0.5), due(0)])).toEqual(['go', 'go', 'go']);
  });

  it('keep away from the post before, whatever it was', () => {
    expect(verdicts([due(5), due(4)], now - 3 * minute)).toEqual([2, 7]);
    expect(verdicts([due(5)], now - 5 * minute)).toEqual(['go']);
  });

  it('whose turn would come after the grace are held at once', () => {
    expect(verdicts([due(29), due(28), due(27)])).toEqual(['go', 'crowded', 'crowded']);
  });

  it('that are held take nobody’s turn', () => {
    expect(verdicts([due(90), due(40), due(3), due(2, { code: 'stopped' }), due(1.5)])).toEqual([
      'late',
      'late',
      'go',
      'after_stop',
      5,
    ]);
  });

  it('that the network asked to wait go out one after the other, all of them', () => {
    const kept = { code: 'rate', dueAt: now };
    expect(verdicts([due(25, kept), due(24, kept), due(23, kept), due(22, kept)])).toEqual(['go', 5, 10, 15]);
  });
});

/** What becomes of the posts of one account, when the app looks as it does: at due times, after downtimes and stops. */
interface Life {
  /** Minutes after {@link now}. */
  posts: number[];
  graceMinutes: number;
  downtimes: { from: number; length: number }[];
  stop: { from: number; length: number };
}

interface Past {
  wantedAt: number;
  sentAt: number | null;
  code: string | null;
  /** The app was down for more than a minute when it was due. */
  isMissed: boolean;
  isStopped: boolean;
}

/** Minutes, in steps of a second. */
const minutes = (min: number, max: number): fc.Arbitrary<number> =>
  fc.integer({ min: min * 60, max: max * 60 }).map((seconds) => seconds / 60);

const life: fc.Arbitrary<Life> = fc.record({
  posts: fc.array(fc.oneof(minutes(0, 120), minutes(30, 50)), { minLength: 1, maxLength: 12 }),
  graceMinutes: fc.constantFrom(0, 5, 15, 30, 60),
  downtimes: fc.array(fc.record({ from: minutes(-5, 120), length: minutes(0, 90) }), { minLength: 1, maxLength: 3 }),
  stop: fc.record({ from: minutes(0, 120), length: fc.oneof(fc.constant(0), minutes(0, 60)) }),
});

function live({ posts, graceMinutes, downtimes, stop }: Life): Past[] {
  const at = (minutes: number): number => now + Math.round(minutes * minute);
  const isDown = (time: number): boolean =>
    downtimes.some(({ from, length }) => time >= at(from) && time < at(from + length));
  const isStopped = (time: number): boolean => time >= at(stop.from) && time < at(stop.from + stop.length);
  const waiting = posts.map((minutes, index): Waiting & Past => {
    const wantedAt = at(minutes);
    const graceMs = graceMinutes * minute;
    return {
      targetId: `target-${index}`,
      wantedAt,
      dueAt: wantedAt,
      code: null,
      graceMs,
      isAskedFor: false,
      sentAt: null,
      isMissed: false,
      isStopped: false,
    };
  });
  let pending = [...waiting];
  let lastAt: number | null = null;
  let time = now - 10 * minute;

  while (pending.length > 0) {
    const later = [
      ...pending.map(({ dueAt }) => dueAt),
      ...downtimes.map(({ from, length }) => at(from + length)),
      at(stop.from + stop.length),
    ].filter((moment) => moment > time);
    // At least every half a minute while anything is due.
    time = Math.min(time + 30_000 * (pending.some(({ dueAt }) => dueAt <= time) ? 1 : 1_000), ...later);
    if (isDown(time)) continue;
    const looked = pending.filter(({ dueAt }) => dueAt <= time);
    if (isStopped(time)) {
      for (const post of looked) Object.assign(post, { code: 'stopped', isStopped: true });
      continue;
    }
    const inLine = pending.filter((post) => post.code === catchUpCode && !looked.includes(post));
    const isPunctual = (post: Waiting): boolean => causeOf(post, time) === 'punctual';
    for (const post of looked.filter(isPunctual)) Object.assign(post, { sentAt: (lastAt = time) });
    const overdue = [...looked.filter((post) => !isPunctual(post)), ...inLine];
    const plan = planMissed(overdue, lastAt, time);
    for (const post of overdue) {
      const verdict = plan.get(post.targetId);
      if (causeOf(post, time) === 'missed') post.isMissed = true;
      if (verdict?.kind === 'go') Object.assign(post, { sentAt: (lastAt = time) });
      if (verdict?.kind === 'wait') Object.assign(post, { dueAt: verdict.until, code: catchUpCode });
      if (verdict?.kind === 'hold') Object.assign(post, { code: verdict.code, dueAt: Number.POSITIVE_INFINITY });
    }
    pending = pending.filter(({ sentAt, dueAt }) => sentAt === null && dueAt !== Number.POSITIVE_INFINITY);
  }
  return waiting;
}

describe('10,000 lives with downtimes and a stop', () => {
  const everyLife = (check: (past: Past[], life: Life) => void): void => {
    fc.assert(
      fc.property(life, (one) => check(live(one), one)),
      { numRuns: 10_000 },
    );
  };

  it('follow the table, and there is never a burst', { timeout: 120_000 }, () => {
    everyLife((past, { graceMinutes, downtimes }) => {
      const sent = past.filter(({ sentAt }) => sentAt !== null).map((post) => ({ ...post, sentAt: post.sentAt ?? 0 }));
      for (const { wantedAt, sentAt, isStopped } of sent) {
        expect(sentAt).toBeGreaterThanOrEqual(wantedAt);
        expect(sentAt - wantedAt).toBeLessThanOrEqual(Math.max(graceMinutes * minute, punctualMs));
        expect(isStopped).toBe(false);
      }
      const late = sent.filter((post) => post.isMissed);
      for (const one of late) {
        const before = sent.filter(
          (other) => other.sentAt < one.sentAt || (other !== one && other.sentAt === one.sentAt),
        );
        for (const { sentAt } of before) expect(one.sentAt - sentAt).toBeGreaterThanOrEqual(5 * minute);
      }
      for (const { from, length } of downtimes) {
        const [start, end] = [now + Math.round(from * minute), now + Math.round((from + length) * minute)];
        const ofDowntime = late.filter(({ wantedAt }) => wantedAt >= start && wantedAt < end);
        expect(ofDowntime.length).toBeLessThanOrEqual(3);
      }
      for (const post of past.filter(({ sentAt }) => sentAt === null)) {
        expect(post.code).toBe(post.isStopped ? 'after_stop' : post.code === 'crowded' ? 'crowded' : 'late');
      }
      for (const { isMissed, isStopped, sentAt, wantedAt } of past) {
        if (!isMissed && !isStopped)
          expect((sentAt ?? Number.POSITIVE_INFINITY) - wantedAt).toBeLessThanOrEqual(punctualMs);
      }
    });
  });
});
