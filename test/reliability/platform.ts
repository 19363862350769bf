import type { Chance } from './chance.ts';
import { Limits } from './limits.ts';
import {
  type Answer,
  type Arrival,
  type LedgerEntry,
  type Staged,
  type Status,
  uploadStatus,
} from './platform-records.ts';
import { Tokens } from './tokens.ts';
import { isContainer, type Kind, minute, type Mishap, type Scenario, type ScenarioAccount } from './scenario.ts';
import type { WorldTime } from './world-time.ts';

/** How long after the app's deadline a network of this kind may still apply a request, ms: the bound F of the promise. */
export const finalityMs: Record<Kind, number> = {
  two_phase: 300_000,
  container: 60_000,
  story: 60_000,
  upload: 300_000,
  text_only: 300_000,
};
/** Uploads that may be begun for an account within a minute: fewer than a real network's, so that small worlds come to it. */
export const uploadsPerMinute = 2;
/** How long the app waits for an answer. */
const deadlineMs = 60_000;
/** What became public shows in look-ups at most this much later. */
const longestLagMs = 30_000;
/** A look-up that reads from a copy left behind does so for this long, and not again for ten minutes. */
const staleMs = 45_000;

const mishaps: readonly [Mishap, ...Mishap[]] = [
  'applied-5xx',
  'applied-silent',
  'applied-cut',
  'late',
  'late',
  'late-stale',
  'dropped',
  'failed',
  'rate',
  'unreachable',
  'slow',
];

/**
 * The networks' side of the world. It keeps its own ledger, which alone decides what was published,
 * and it misbehaves within the bound F: it applies requests late, loses answers, answers 5xx after
 * applying, lets look-ups lag, and lets containers expire.
 */
export class Platform {
  readonly ledger: LedgerEntry[] = [];
  /** What should never be asked of a network, in words. */
  readonly offences: string[] = [];
  readonly tokens = new Tokens(this.offences);
  readonly limits: Limits;
  faultRate: number;
  readonly #script: (Mishap | null)[];
  readonly #time: WorldTime;
  readonly #chance: Chance;
  readonly #staged = new Map<string, Staged>();
  readonly #staleUntil = new Map<string, number>();
  #made = 0;
  /** Requests that are still to take effect. */
  #pending = 0;

  constructor(time: WorldTime, chance: Chance, scenario: Pick<Scenario, 'faultRate' | 'script' | 'isLimited'>) {
    this.#time = time;
    this.#chance = chance;
    this.faultRate = scenario.faultRate;
    this.limits = new Limits(chance, scenario.isLimited, this.offences, uploadsPerMinute);
    this.#script = [...scenario.script];
  }

  get isQuiet(): boolean {
    return this.#pending === 0;
  }

  /** A step that can be repeated goes wrong. */
  stumbles(): 'error' | 'silent' | null {
    if (!this.#chance.happens(this.faultRate)) return null;
    return this.#chance.happens(0.7) ? 'error' : 'silent';
  }

  /** Makes something invisible that can be made public by its id. */
  stage(account: ScenarioAccount, text: string): string {
    const id = `${account.kind}-${++this.#made}`;
    const now = this.#time.now();
    if (account.kind === 'upload') this.limits.began(account, now);
    const expiresSoon = isContainer(account) && this.#chance.happens(this.faultRate / 4);
    this.#staged.set(id, {
      account,
      text,
      madeAt: now,
      expiresAt: now + (expiresSoon ? 5 * minute : 24 * 60 * minute),
      receivedAt: null,
      checkedAt: 0,
      isRefused: false,
      live: null,
    });
    return id;
  }

  /** Takes an irrevocable request. The answer comes after a while, or never. */
  receive(arrival: Arrival, token: string, reply: (answer: Answer) => void): void {
    if (!this.tokens.accepts(arrival.account, token)) {
      this.#time.outside(100, () => reply({ kind: 'error', status: 401, code: '190' }));
      return;
    }
    const mishap = this.#nextMishap();
    const soon = this.#chance.between(50, 900);
    const answer = (value: Answer, after = soon): void => {
      if (value.kind !== 'silent') this.#time.outside(after, () => reply(value));
    };
    switch (mishap) {
      case null:
        return answer(this.#apply(arrival));
      case 'slow': {
        const after = this.#chance.between(20_000, 58_000);
        return this.#applyLater(arrival, after, (value) => answer(value, 1));
      }
      case 'applied-5xx':
        this.#apply(arrival);
        return answer({ kind: 'error', status: 500, code: '2' });
      case 'applied-silent':
        this.#apply(arrival);
        return;
      case 'applied-cut':
        this.#apply(arrival);
        return answer({ kind: 'cut' });
      case 'late':
        this.#applyLater(arrival, this.#lateness(arrival.account.kind), () => undefined);
        return answer(this.#chance.happens(0.5) ? { kind: 'silent' } : { kind: 'error', status: 500, code: '2' });
      case 'late-stale':
        this.#applyLater(arrival, deadlineMs + finalityMs[arrival.account.kind] - 5_000, () => {
          this.#staleUntil.set(arrival.account.remoteId, this.#time.now() + staleMs);
        });
        return;
      case 'dropped':
        return;
      case 'failed':
        return answer({ kind: 'error', status: 503, code: '1' });
      case 'rate':
        this.#time.outside(soon, () => {
          const refusal = this.limits.refuse(arrival.account, this.#time.now(), this.#time.takenUpAt());
          reply({ kind: 'error', status: 429, code: 'rate', ...refusal });
        });
        return;
      case 'unreachable':
        return answer({ kind: 'unreachable' }, 5);
    }
  }

  #nextMishap(): Mishap | null {
    const told = this.#script.shift();
    if (told !== undefined) return told;
    if (this.limits.isDrawn(this.faultRate)) return 'rate';
    return this.#chance.happens(this.faultRate) ? this.#chance.pick(mishaps) : null;
  }

  /** Late, but so that look-ups show it by the app's deadline and F. */
  #lateness(kind: Kind): number {
    const latest = deadlineMs + finalityMs[kind] - longestLagMs;
    return this.faultRate === 0 || this.#chance.happens(0.3) ? latest : this.#chance.between(1_000, latest);
  }

  /** @param then is told what came of it */
  #applyLater(arrival: Arrival, afterMs: number, then: (answer: Answer) => void): void {
    this.#pending += 1;
    this.#time.outside(afterMs, () => {
      this.#pending -= 1;
      then(this.#apply(arrival));
    });
  }

  #apply(arrival: Arrival): Answer {
    const { account, handle } = arrival;
    if (arrival.under !== null || account.kind === 'text_only') {
      return { kind: 'done', id: this.#publish(arrival).id };
    }
    const staged = this.#staged.get(handle ?? '');
    if (staged === undefined || staged.account !== account) {
      this.offences.push(`I7 ${account.remoteId} was asked to publish ${handle}, which it does not have`);
      return { kind: 'error', status: 400, code: '100' };
    }
    if (account.kind === 'upload') return this.#takeUpload(arrival, staged);
    if (staged.live !== null) return { kind: 'error', status: 400, code: 'already' };
    if (this.#time.now() >= staged.expiresAt) return { kind: 'error', status: 400, code: 'expired' };
    staged.live = this.#publish({ ...arrival, text: staged.text });
    return { kind: 'done', id: staged.live.id };
  }

  #takeUpload(arrival: Arrival, staged: Staged): Answer {
    if (staged.receivedAt !== null) return { kind: 'taken' };
    const takes = this.#chance.between(2_000, 90_000);
    staged.receivedAt = this.#time.now();
    staged.checkedAt = staged.receivedAt + takes;
    staged.isRefused = this.#chance.happens(this.faultRate / 5);
    if (!staged.isRefused) {
      this.#pending += 1;
      this.#time.outside(takes, () => {
        this.#pending -= 1;
        staged.live = this.#publish({ ...arrival, text: staged.text });
      });
    }
    return { kind: 'taken' };
  }

  #publish({ account, text, under, at: receivedAt }: Arrival): LedgerEntry {
    const at = this.#time.now();
    const lag = this.#chance.happens(this.faultRate) ? this.#chance.between(0, longestLagMs) : 0;
    const settledAt = receivedAt + deadlineMs + finalityMs[account.kind];
    const entry: LedgerEntry = {
      id: `${account.remoteId}_${++this.#made}`,
      account,
      text,
      at,
      // By the end of F it shows, but for the one look-up that may miss it.
      visibleAt: at < settledAt ? Math.min(at + lag, settledAt) : at + lag,
      settledAt,
      missedUntil: null,
      under,
    };
    this.ledger.push(entry);
    return entry;
  }

  /** Takes away something invisible. */
  remove(id: string): void {
    if (this.#staged.get(id)?.live != null) this.offences.push(`I17 ${id} is live and was to be removed`);
    else this.#staged.delete(id);
  }

  /** What became of something staged. */
  status(id: string): Status {
    const staged = this.#staged.get(id);
    if (staged === undefined) return { kind: 'expired' };
    if (staged.account.kind === 'upload') return uploadStatus(staged, this.#time.now());
    if (staged.live !== null && this.#shows(staged.live)) {
      return { kind: 'live', id: isContainer(staged.account) ? null : staged.live.id };
    }
    if (staged.live === null && this.#time.now() >= staged.expiresAt) return { kind: 'expired' };
    return { kind: 'ready' };
  }

  /** Posts of an account, or comments under a post, with this text, since `since` (UTC ms). */
  withText(account: ScenarioAccount, under: string | null, text: string, since: number): LedgerEntry[] {
    return this.ledger.filter(
      (entry) =>
        entry.account === account &&
        entry.under === under &&
        entry.text === text &&
        entry.at >= since &&
        this.#shows(entry),
    );
  }

  /** What an account shows since `since` (UTC ms), newest first. */
  recent(account: ScenarioAccount, since: number): LedgerEntry[] {
    return this.ledger
      .filter((entry) => entry.account === account && entry.under === null && entry.at >= since && this.#shows(entry))
      .reverse();
  }

  /** Look-ups lag, and now and then read from a copy that was left behind. */
  #shows(entry: LedgerEntry): boolean {
    const now = this.#time.now();
    if (entry.visibleAt > now) return false;
    const stale = this.#staleUntil.get(entry.account.remoteId) ?? 0;
    if (now > stale + 10 * minute && this.#chance.happens(this.faultRate / 3)) {
      this.#staleUntil.set(entry.account.remoteId, now + staleMs);
    }
    return !this.#misses(entry, now);
  }

  /** Once the bound F is over, a copy left behind misses an entry one single time: that is part of the bound. */
  #misses(entry: LedgerEntry, now: number): boolean {
    const stale = this.#staleUntil.get(entry.account.remoteId) ?? 0;
    if (now >= stale) return false;
    if (now < entry.settledAt) return true;
    entry.missedUntil ??= stale;
    return now < entry.missedUntil;
  }
}
