import type { ScenarioAccount } from './scenario.ts';

/** Something that became public: the judge's own record. */
export interface LedgerEntry {
  id: string;
  account: ScenarioAccount;
  text: string;
  /** UTC ms. */
  at: number;
  visibleAt: number;
  /** From here on a single look-up may still miss it, UTC ms: its request's deadline and F are over. */
  settledAt: number;
  /** End of the one time after that in which it was missed; null before. */
  missedUntil: number | null;
  /** The post it stands under; null for posts. */
  under: string | null;
}

/** Something invisible that can be made public by its id. */
export interface Staged {
  account: ScenarioAccount;
  text: string;
  madeAt: number;
  expiresAt: number;
  /** UTC ms at which it was taken to be made public. */
  receivedAt: number | null;
  /** When an upload is through its checks. */
  checkedAt: number;
  isRefused: boolean;
  live: LedgerEntry | null;
}

/** One irrevocable request as it arrived. */
export interface Arrival {
  account: ScenarioAccount;
  handle: string | null;
  text: string;
  /** Set for comments: the post's id. */
  under: string | null;
  /** UTC ms. */
  at: number;
}

/** The network's word for an irrevocable request; `silent` never answers. */
export type Answer =
  | { kind: 'done'; id: string }
  | { kind: 'taken' }
  | { kind: 'error'; status: number; code: string; retryAt?: number; isAppWide?: boolean }
  | { kind: 'cut' }
  | { kind: 'silent' }
  | { kind: 'unreachable' };

export type Status =
  | { kind: 'live'; id: string | null }
  | { kind: 'processing' }
  | { kind: 'ready' }
  | { kind: 'expired' }
  | { kind: 'refused' };

export function uploadStatus(staged: Staged, now: number): Status {
  if (staged.receivedAt === null) return { kind: 'ready' };
  if (now < staged.checkedAt) return { kind: 'processing' };
  if (staged.isRefused) return { kind: 'refused' };
  return staged.live === null ? { kind: 'processing' } : { kind: 'live', id: staged.live.id };
}
