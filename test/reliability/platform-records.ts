import { accounts, type ScenarioAccount } from './scenario.ts';

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
  /** A container does not tell its id. */
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

/** A request to publish or to comment, read as the network reads it. @param at when it arrived, UTC ms */
export function arrivalOf(request: Request, at: number): Arrival {
  const { searchParams, pathname } = new URL(request.url);
  return {
    account: accountOf({ remoteId: pathname.split('/')[1] ?? '' }),
    handle: searchParams.get('handle'),
    text: searchParams.get('text') ?? '',
    under: searchParams.get('under'),
    at,
  };
}

export function accountOf({ remoteId }: { remoteId: string }): ScenarioAccount {
  const account = accounts.find((candidate) => candidate.remoteId === remoteId);
  if (account === undefined) throw new Error(`There is no account ${remoteId}.`);
  return account;
}

/** The answer as it comes over the wire. */
export function responseOf(answer: Exclude<Answer, { kind: 'unreachable' | 'silent' }>): Response {
  switch (answer.kind) {
    case 'done':
      return new Response(null, { status: 200, headers: { 'x-id': answer.id } });
    case 'taken':
      return new Response(null, { status: 202 });
    case 'cut':
      return new Response(null, { status: 200 });
    case 'error':
      return new Response(null, {
        status: answer.status,
        headers: {
          'x-code': answer.code,
          ...(answer.retryAt === undefined ? {} : { 'x-retry-at': String(answer.retryAt) }),
          ...(answer.isAppWide === true ? { 'x-app-wide': 'yes' } : {}),
        },
      });
  }
}
