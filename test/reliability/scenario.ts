import type { Platform } from '../../shared/domain/platform.ts';
import { Chance } from './chance.ts';

export const minute = 60_000;
/** When every scenario begins, UTC ms. */
export const beginning = Date.UTC(2026, 10, 24, 9);

/** How a network publishes, which decides what can be asked after a lost answer. */
export type Kind = 'two_phase' | 'container' | 'story' | 'upload' | 'text_only';

export interface ScenarioAccount {
  id: string;
  clientId: string;
  platform: Platform;
  kind: Kind;
  remoteId: string;
}

/** One account of each kind, and a second client. */
export const accounts: readonly [ScenarioAccount, ...ScenarioAccount[]] = [
  { id: 'account-1', clientId: 'client-1', platform: 'facebook', kind: 'two_phase', remoteId: 'page-1' },
  { id: 'account-2', clientId: 'client-1', platform: 'instagram', kind: 'container', remoteId: 'gram-1' },
  { id: 'account-3', clientId: 'client-1', platform: 'tiktok', kind: 'upload', remoteId: 'tok-1' },
  { id: 'account-5', clientId: 'client-1', platform: 'instagram', kind: 'story', remoteId: 'gram-2' },
  { id: 'account-4', clientId: 'client-2', platform: 'facebook', kind: 'text_only', remoteId: 'page-2' },
];

/** Instagram's posts and stories alike are containers before they are public. */
export function isContainer({ kind }: Pick<ScenarioAccount, 'kind'>): boolean {
  return kind === 'container' || kind === 'story';
}

/** TikTok and stories have none. */
export function takesComments({ platform, kind }: ScenarioAccount): boolean {
  return platform !== 'tiktok' && kind !== 'story';
}

export interface ScenarioPost {
  id: string;
  clientId: string;
  text: string;
  /** UTC ms. */
  dueAt: number;
  firstComment: string | null;
  targets: { id: string; account: ScenarioAccount }[];
}

/** What is to be published, and how the world behaves meanwhile. */
export interface Scenario {
  seed: number;
  posts: ScenarioPost[];
  /** Share of the networks' answers that go wrong. */
  faultRate: number;
  /** Revoked tokens can be renewed without a person. */
  isRenewable: boolean;
  /** What goes wrong with the irrevocable requests, in order; what comes after is left to chance. */
  script: readonly (Mishap | null)[];
  /** Refusals for the rate are the rule, and judged strictly. */
  isLimited: boolean;
  /** The job that completes what networks tell late runs too, and removes what was left over there. */
  isFollowedUp: boolean;
  /** People work on the posts meanwhile. */
  isMeddled: boolean;
  /** The lease with its times; it costs as much as all the rest. */
  hasLease: boolean;
  /** UTC ms; from here on the networks behave. */
  faultsEndAt: number;
}

/**
 * How an irrevocable request goes wrong. `late` takes effect as late as F allows; with `late-stale`
 * the first look-up after that reads from a copy that does not show it.
 */
export type Mishap =
  | 'applied-5xx'
  | 'applied-silent'
  | 'applied-cut'
  | 'late'
  | 'late-stale'
  | 'dropped'
  | 'failed'
  | 'rate'
  | 'unreachable'
  | 'slow';

/** What a random world is about. */
export const profiles = ['default', 'meddling', 'limits'] as const;
export type Profile = (typeof profiles)[number];

/** Several posts, drawn from the seed. */
export function randomScenario(seed: number, faultRate: number, profile: Profile = 'default'): Scenario {
  const chance = new Chance(seed * 2_654_435_761 + 17);
  const posts = Array.from({ length: chance.between(2, 4) }, (_, index) => randomPost(chance, profile, seed, index));
  const lastDueAt = Math.max(...posts.map((post) => post.dueAt));
  return {
    seed,
    posts,
    faultRate,
    isRenewable: chance.happens(0.7),
    isLimited: profile === 'limits',
    isFollowedUp: true,
    isMeddled: profile === 'meddling',
    hasLease: seed % 10 === 0,
    script: [],
    faultsEndAt: lastDueAt + 15 * minute,
  };
}

/** Posts spread over a day, each on one account, while everything goes well. */
export function calmScenario(seed: number, count: number): Scenario {
  const chance = new Chance(seed);
  const day = 24 * 60 * minute;
  const posts = Array.from({ length: count }, (_, index): ScenarioPost => {
    const account = chance.pick(accounts);
    return {
      id: `post-${index + 1}`,
      clientId: account.clientId,
      text: `Offer ${seed}.${index}`,
      dueAt: beginning + chance.between(10_000, day),
      firstComment: null,
      targets: [{ id: `target-${index + 1}-1`, account }],
    };
  });
  return {
    seed,
    posts,
    faultRate: 0,
    isRenewable: true,
    script: [],
    isLimited: false,
    isFollowedUp: false,
    isMeddled: false,
    hasLease: true,
    faultsEndAt: beginning + day + 15 * minute,
  };
}

/** One post, with a first comment, on one account, whose first requests end as told. */
export function smallScenario(seed: number, kind: Kind, ...script: (Mishap | null)[]): Scenario {
  const account = accounts.find((candidate) => candidate.kind === kind);
  if (account === undefined) throw new Error(`No account publishes by ${kind}.`);
  const post: ScenarioPost = {
    id: 'post-1',
    clientId: account.clientId,
    text: `Offer ${seed}`,
    dueAt: beginning + 20_000,
    firstComment: takesComments(account) ? `Order here ${seed}` : null,
    targets: [{ id: 'target-1-1', account }],
  };
  return {
    seed,
    posts: [post],
    faultRate: 0,
    isRenewable: seed % 2 === 0,
    isLimited: false,
    isFollowedUp: false,
    isMeddled: false,
    hasLease: false,
    script,
    faultsEndAt: post.dueAt + 15 * minute,
  };
}

/** More posts for one account at once than its network takes within a minute. */
export function crowdedScenario(seed: number, kind: Kind, count: number): Scenario {
  const small = smallScenario(seed, kind);
  const posts = small.posts.flatMap((post) =>
    Array.from({ length: count }, (_, index) => ({
      ...post,
      id: `post-${index + 1}`,
      text: `${post.text}.${index}`,
      targets: post.targets.map((target) => ({ ...target, id: `target-${index + 1}-1` })),
    })),
  );
  return { ...small, posts };
}

function randomPost(chance: Chance, profile: Profile, seed: number, index: number): ScenarioPost {
  const id = `post-${index + 1}`;
  const clientId = chance.happens(0.7) ? 'client-1' : 'client-2';
  // People change captions, which a story does not show.
  const possible = accounts.filter(
    (account) => account.clientId === clientId && (profile !== 'meddling' || account.kind !== 'story'),
  );
  // Sometimes the same words as the post before, which look-ups by text must not mix up. People would.
  const isTwin = index > 0 && chance.happens(0.1) && profile !== 'meddling';
  const wanted = possible.filter(() => chance.happens(0.6));
  const chosen = wanted.length > 0 ? wanted : possible.slice(0, 1);
  return {
    id,
    clientId,
    text: `Offer ${seed}.${isTwin ? index - 1 : index}`,
    dueAt: beginning + chance.between(10, 240) * 1_000,
    firstComment: chance.happens(0.4) ? `Order here ${seed}.${index}` : null,
    targets: chosen.map((account, place) => ({ id: `target-${index + 1}-${place + 1}`, account })),
  };
}
