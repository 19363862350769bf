import { describe, expect, it } from 'vitest';
import { type LiveFacts, liveStepsOf } from './live-steps.ts';

const fresh: LiveFacts = {
  profile: 'live',
  credentials: ['groq', 'replicate', 'meta', 'instagram', 'tiktok'].map((provider) => ({
    provider,
    configured: false,
    source: 'none',
    hint: null,
  })),
  clients: 0,
  accounts: 0,
  approved: false,
  stopped: false,
  backups: { taken: 0, isDrillGood: null },
};
const statesOf = (facts: LiveFacts) => new Map(liveStepsOf(facts).map(({ name, state }) => [name, state]));

describe('the steps to live', () => {
  it('are all open on a fresh live start but the start itself', () => {
    const open = liveStepsOf(fresh).filter(({ state }) => state === 'open');
    expect(open.map(({ name }) => name)).not.toContain('start');
    expect(open.length).toBe(liveStepsOf(fresh).length - 1);
  });

  it('end when everything real is there', () => {
    const whole: LiveFacts = {
      ...fresh,
      credentials: fresh.credentials.map((each) => ({ ...each, configured: each.provider !== 'instagram' })),
      clients: 1,
      accounts: 2,
      approved: true,
      stopped: true,
      backups: { taken: 3, isDrillGood: true },
    };
    expect(liveStepsOf(whole).every(({ state }) => state === 'done')).toBe(true);
    expect(statesOf({ ...whole, backups: { taken: 3, isDrillGood: false } }).get('backups')).toBe('open');
    expect(statesOf({ ...whole, backups: { taken: 0, isDrillGood: null } }).get('backups')).toBe('open');
  });

  it('are not done by the sample agency and the made-up keys of the sandbox', () => {
    const sandbox: LiveFacts = {
      ...fresh,
      profile: 'sandbox',
      credentials: fresh.credentials.map((each) => ({ ...each, configured: true, source: 'sandbox' })),
      clients: 3,
      accounts: 9,
      approved: true,
      backups: { taken: 3, isDrillGood: true },
    };
    const states = statesOf(sandbox);
    expect(states.get('approve')).toBe('done');
    expect(states.get('stop')).toBe('open');
    expect(states.get('start')).toBe('open');
    for (const name of ['groq', 'replicate', 'meta', 'tiktok', 'client', 'accounts', 'backups'] as const) {
      expect(states.get(name)).toBe('later');
    }
  });
});
