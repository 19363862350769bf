const minute = 60_000;

/** Late by this much is still on time. */
export const punctualMs = minute;
/** Posts that go out late by themselves keep this far from the one before on their account. */
export const spacingMs = 5 * minute;
/** More posts than these that were missed at once on an account do not go out by themselves. */
export const mostAtOnce = 3;
/**
 * What began in time, or a person asked for, may go on for this long whatever the client's grace: it was
 * kept by the network or by other posts of its account, not missed.
 */
export const begunWindowMs = 60 * minute;

/** Until when a post that was kept by its network or by others goes out by itself. Times are UTC ms. */
export function keptUntil(wantedAt: number, graceMinutes: number): number {
  return wantedAt + Math.max(graceMinutes * minute, begunWindowMs);
}

/** The code under which a post waits for its turn after it was missed. */
export const catchUpCode = 'catch_up';
/** The code under which a post waits because the network asked its account to. */
export const rateCode = 'rate';
/**
 * Codes under which posts wait while nothing may be sent, and after which nothing overdue goes out by
 * itself: a person stopped it, or what the app believes could not be trusted.
 */
export const stopCodes: ReadonlySet<string> = new Set([
  'stopped',
  'stop_file',
  'client_paused',
  'clock',
  'restored',
  'copied',
  'damaged',
]);

/** Codes under which posts are held because their time has passed; a person releases them, or names another time. */
export const missedCodes: ReadonlySet<string | null> = new Set(['late', 'crowded', 'after_stop']);

/** A post on one account that could be sent now but for the time. Times are UTC ms. */
export interface Waiting {
  targetId: string;
  /** When it was to go out: as planned, or when a person asked for it. */
  wantedAt: number;
  /** When it was to be looked at: its next try or its turn; `wantedAt` when there is none. */
  dueAt: number;
  /** The code under which it waited; null when it waited for nothing but its time. */
  code: string | null;
  /** How late the client lets posts go out by themselves. */
  graceMs: number;
  /** A person asked for it to go out at once. */
  isAskedFor: boolean;
}

/**
 * Why a post is looked at now.
 * - `punctual`: its time has just come, or its own next try
 * - `kept`: its account had to wait
 * - `missed`: nobody looked when its time came, or it waits for its turn since
 * - `stopped`: nothing was allowed to be sent when its time came
 */
export type Cause = 'punctual' | 'kept' | 'missed' | 'stopped';

/** Why a post is only looked at now. @param now UTC ms, like all instants here */
export function causeOf({ wantedAt, dueAt, code }: Omit<Waiting, 'graceMs' | 'isAskedFor'>, now: number): Cause {
  if (code !== null && stopCodes.has(code)) return 'stopped';
  if (code === catchUpCode || now - dueAt > punctualMs) return 'missed';
  if (code === rateCode && now - wantedAt > punctualMs) return 'kept';
  return 'punctual';
}

/** What becomes of a post whose time has passed. `wait` names its turn, UTC ms. */
export type Verdict =
  | { kind: 'go' }
  | { kind: 'wait'; until: number }
  | { kind: 'hold'; code: 'late' | 'crowded' | 'after_stop' };

/**
 * The policy for missed posts, for all that wait on one account: at most a minute late is on time; up
 * to the client's grace a post goes out late; later it is held. Of several that were missed at once three
 * go out, five minutes apart, the others are held. What became due while everything was stopped is held.
 * @param lastAt when the last other post of this account began to be sent, UTC ms; null for never
 * @param now UTC ms
 * @returns one verdict a post, by its target's id
 */
export function planMissed(waiting: readonly Waiting[], lastAt: number | null, now: number): Map<string, Verdict> {
  const verdicts = new Map<string, Verdict>();
  let turn = Math.max(now, (lastAt ?? Number.NEGATIVE_INFINITY) + spacingMs);
  let missed = 0;
  for (const post of waiting.toSorted(byTime)) {
    const cause = causeOf(post, now);
    const verdict = verdictFor(post, cause, { now, turn, missed });
    verdicts.set(post.targetId, verdict);
    if (verdict.kind === 'hold') continue;
    turn += spacingMs;
    if (cause === 'missed') missed += 1;
  }
  return verdicts;
}

function verdictFor(
  post: Waiting,
  cause: Cause,
  { now, turn, missed }: { now: number; turn: number; missed: number },
): Verdict {
  if (cause === 'stopped') return { kind: 'hold', code: 'after_stop' };
  if (cause === 'punctual') return { kind: 'go' };
  const lastMoment = post.wantedAt + allowedMs(post, cause);
  if (now > lastMoment) return { kind: 'hold', code: 'late' };
  if (turn > lastMoment || (cause === 'missed' && missed >= mostAtOnce)) return { kind: 'hold', code: 'crowded' };
  return turn <= now ? { kind: 'go' } : { kind: 'wait', until: turn };
}

/** How late a post may go out by itself. */
function allowedMs({ graceMs, isAskedFor }: Waiting, cause: Cause): number {
  const begunMs = cause === 'kept' || isAskedFor ? begunWindowMs : 0;
  return Math.max(graceMs, punctualMs, begunMs);
}

function byTime(a: Waiting, b: Waiting): number {
  return a.wantedAt - b.wantedAt || (a.targetId < b.targetId ? -1 : 1);
}
