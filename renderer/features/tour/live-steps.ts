/** What the checklist for going live is made from. */
export interface LiveFacts {
  profile: 'sandbox' | 'live';
  credentials: readonly { provider: string; configured: boolean; source: string; hint: string | null }[];
  clients: number;
  accounts: number;
  approved: boolean;
  /** Everything was stopped once, so a person knows how. */
  stopped: boolean;
  backups: { taken: number; isDrillGood: boolean | null };
}

export type LiveStepName =
  | 'approve'
  | 'stop'
  | 'start'
  | 'groq'
  | 'replicate'
  | 'meta'
  | 'tiktok'
  | 'client'
  | 'accounts'
  | 'backups';

/** `later`: it can be done only in the live app. */
export type LiveStepState = 'done' | 'open' | 'later';

export interface LiveStep {
  name: LiveStepName;
  group: 'try' | 'start' | 'setUp';
  state: LiveStepState;
}

/** Every step from the sandbox to the first real post, in order, with how it stands. */
export function liveStepsOf(facts: LiveFacts): LiveStep[] {
  const isLive = facts.profile === 'live';
  const tried = (name: LiveStepName, isDone: boolean): LiveStep => ({
    name,
    group: 'try',
    state: isDone ? 'done' : 'open',
  });
  const setUp = (name: LiveStepName, isDone: boolean): LiveStep => ({
    name,
    group: 'setUp',
    state: !isLive ? 'later' : isDone ? 'done' : 'open',
  });
  const key = (provider: 'groq' | 'replicate' | 'meta' | 'tiktok') =>
    setUp(
      provider,
      facts.credentials.some((each) => each.provider === provider && each.configured),
    );
  const { taken, isDrillGood } = facts.backups;
  return [
    tried('stop', facts.stopped),
    tried('approve', facts.approved),
    { name: 'start', group: 'start', state: isLive ? 'done' : 'open' },
    key('groq'),
    key('replicate'),
    key('meta'),
    key('tiktok'),
    setUp('client', facts.clients > 0),
    setUp('accounts', facts.accounts > 0),
    setUp('backups', taken > 0 && isDrillGood !== false),
  ];
}
