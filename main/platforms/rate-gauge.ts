import { z } from 'zod';
import { type Failure, NetworkFailure } from '../core/ports/networks.ts';
import { parseObject } from './http.ts';

/** How much of a limit is used, in percent, and for how long the network wants silence. */
interface Usage {
  percent: number;
  /** Minutes; 0 means no wait is asked for. */
  regainMinutes: number;
}

const counters = z.object({
  call_count: z.number().catch(0),
  total_time: z.number().catch(0),
  total_cputime: z.number().catch(0),
  estimated_time_to_regain_access: z.number().catch(0),
});

/**
 * Reads Meta's `X-App-Usage`, `X-Page-Usage` and `X-Business-Use-Case-Usage` headers, as its rate
 * limiting guide describes them. Answers the worst of all counters; null when there are none.
 */
export function usageIn(headers: Headers): Usage | null {
  const found: z.infer<typeof counters>[] = [];
  for (const name of ['x-app-usage', 'x-page-usage']) {
    const parsed = counters.safeParse(parseObject(headers.get(name)));
    if (parsed.success) found.push(parsed.data);
  }
  for (const entries of Object.values(parseObject(headers.get('x-business-use-case-usage')) ?? {})) {
    const parsed = z.array(counters).safeParse(entries);
    if (parsed.success) found.push(...parsed.data);
  }
  if (found.length === 0) return null;
  return {
    percent: Math.max(...found.flatMap((entry) => [entry.call_count, entry.total_time, entry.total_cputime])),
    regainMinutes: Math.max(...found.map((entry) => entry.estimated_time_to_regain_access)),
  };
}

const busyPercent = 95;
/** Counters are of a rolling hour; a reading older than this says little. */
const readingLivesMs = 10 * 60_000;

/** Remembers what the networks said about their limits, per account and for the app as a whole. */
export class RateGauge {
  readonly #blocked = new Map<string, number>();
  readonly #readings = new Map<string, { percent: number; at: number }>();

  /** Takes in the headers of an answer that was made for `account`. */
  note(account: string, headers: Headers, now: number): void {
    const usage = usageIn(headers);
    if (usage === null) return;
    this.#readings.set(account, { percent: usage.percent, at: now });
    if (usage.regainMinutes > 0) this.#block(account, now + usage.regainMinutes * 60_000);
  }

  /** Takes in a rate failure: nothing is sent before its `retryAt`, because calls prolong the limit. */
  obey(account: string, failure: Failure): void {
    if (failure.class !== 'rate' || failure.retryAt === undefined) return;
    this.#block(failure.appWide ? everyAccount : account, failure.retryAt);
  }

  /** UTC ms before which nothing may be sent for this account; null when it may be now. */
  blockedUntil(account: string, now: number): number | null {
    const until = Math.max(this.#blocked.get(account) ?? 0, this.#blocked.get(everyAccount) ?? 0);
    return until > now ? until : null;
  }

  /** True when what is left of the limit must be kept for publishing: reads that are only nice to have wait. */
  busy(account: string, now: number): boolean {
    const reading = this.#readings.get(account);
    return reading !== undefined && now - reading.at < readingLivesMs && reading.percent >= busyPercent;
  }

  /** @throws {NetworkFailure} of class `rate` while the account must wait. */
  check(account: string, now: number): void {
    const failure = this.waiting(account, now);
    if (failure !== null) throw new NetworkFailure(failure);
  }

  /** The failure that stands for "wait", null when nothing has to wait. */
  waiting(account: string, now: number): Failure | null {
    const retryAt = this.blockedUntil(account, now);
    if (retryAt === null) return null;
    return {
      class: 'rate',
      code: 'usage',
      message: 'The network asked for a pause because of its rate limit.',
      retryAt,
    };
  }

  #block(key: string, until: number): void {
    this.#blocked.set(key, Math.max(until, this.#blocked.get(key) ?? 0));
  }
}

const everyAccount = '*';
