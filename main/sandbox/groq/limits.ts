import { TokenBucket } from '../token-bucket.ts';
import { Refusal } from './refusal.ts';

/** What an organisation may use of each model. */
export interface GroqLimits {
  requestsPerMinute: number;
  requestsPerDay: number;
  tokensPerMinute: number;
  tokensPerDay: number;
}

/** The free plan of September 2026 for the gpt-oss and qwen3.8 models. */
export const freePlan: GroqLimits = {
  requestsPerMinute: 30,
  requestsPerDay: 1_000,
  tokensPerMinute: 8_000,
  tokensPerDay: 200_000,
};

/** The developer plan for gpt-oss (per-minute figures of August 2026; the daily ones are ours, large enough to be out of the way). */
export const developerPlan: GroqLimits = {
  requestsPerMinute: 1_000,
  requestsPerDay: 500_000,
  tokensPerMinute: 250_000,
  tokensPerDay: 100_000_000,
};

const minute = 60_000;
const day = 86_400_000;

/** The counters of one model. */
export class ModelLimits {
  readonly #model: string;
  readonly #requestsPerMinute: TokenBucket;
  readonly #requestsPerDay: TokenBucket;
  readonly #tokensPerMinute: TokenBucket;
  readonly #tokensPerDay: TokenBucket;

  constructor(model: string, settings: { limits: GroqLimits }, now: () => number) {
    this.#model = model;
    this.#requestsPerMinute = new TokenBucket(() => settings.limits.requestsPerMinute, minute, now);
    this.#requestsPerDay = new TokenBucket(() => settings.limits.requestsPerDay, day, now);
    this.#tokensPerMinute = new TokenBucket(() => settings.limits.tokensPerMinute, minute, now);
    this.#tokensPerDay = new TokenBucket(() => settings.limits.tokensPerDay, day, now);
  }

  /**
   * Counts one request with its prompt tokens.
   * @throws Refusal 413 when the prompt alone exceeds a minute's tokens, 429 when a limit is used up.
   */
  admit(promptTokens: number): void {
    if (promptTokens > this.#tokensPerMinute.capacity) throw this.#tooLarge(promptTokens);
    this.#require('requests per minute (RPM)', 'requests', this.#requestsPerMinute, 1);
    this.#require('requests per day (RPD)', 'requests', this.#requestsPerDay, 1);
    this.#require('tokens per minute (TPM)', 'tokens', this.#tokensPerMinute, promptTokens);
    this.#require('tokens per day (TPD)', 'tokens', this.#tokensPerDay, promptTokens);
    this.#requestsPerMinute.take(1);
    this.#requestsPerDay.take(1);
    this.settle(promptTokens);
  }

  /** Counts tokens that were used besides the admitted ones. */
  settle(tokens: number): void {
    this.#tokensPerMinute.take(tokens);
    this.#tokensPerDay.take(tokens);
  }

  /** Requests are counted per day and tokens per minute: that is what these headers mean at Groq. */
  headers(): Record<string, string> {
    return {
      'x-ratelimit-limit-requests': String(this.#requestsPerDay.capacity),
      'x-ratelimit-remaining-requests': String(this.#requestsPerDay.remaining),
      'x-ratelimit-reset-requests': goDuration(this.#requestsPerDay.msUntilFull),
      'x-ratelimit-limit-tokens': String(this.#tokensPerMinute.capacity),
      'x-ratelimit-remaining-tokens': String(this.#tokensPerMinute.remaining),
      'x-ratelimit-reset-tokens': goDuration(this.#tokensPerMinute.msUntilFull),
    };
  }

  /** The daily-token refusal: only its text tells, the other headers stay healthy. */
  dailyTokens(waitMs: number): Refusal {
    const limit = this.#tokensPerDay.capacity;
    return this.#reached('tokens per day (TPD)', 'tokens', { limit, used: limit - 804, requested: 2_200 }, waitMs);
  }

  minuteTokens(waitMs: number): Refusal {
    const limit = this.#tokensPerMinute.capacity;
    return this.#reached('tokens per minute (TPM)', 'tokens', { limit, used: limit - 120, requested: 2_200 }, waitMs);
  }

  #require(name: string, type: string, bucket: TokenBucket, units: number): void {
    const waitMs = bucket.msUntil(units);
    if (waitMs === 0) return;
    const numbers = { limit: bucket.capacity, used: Math.round(bucket.used), requested: units };
    throw this.#reached(name, type, numbers, waitMs);
  }

  #reached(
    name: string,
    type: string,
    numbers: { limit: number; used: number; requested: number },
    waitMs: number,
  ): Refusal {
    const { limit, used, requested } = numbers;
    return new Refusal(
      429,
      {
        message:
          `Rate limit reached for model \`${this.#model}\` in organization \`org_sandbox\` service tier \`on_demand\` on ${name}: ` +
          `Limit ${limit}, Used ${used}, Requested ${requested}. Please try again in ${goDuration(waitMs)}. ` +
          'Need more tokens? Upgrade to Dev Tier today at https://console.groq.com/settings/billing',
        type,
        code: 'rate_limit_exceeded',
      },
      { 'retry-after': String(Math.ceil(waitMs / 1000)) },
    );
  }

  #tooLarge(requested: number): Refusal {
    return new Refusal(413, {
      message:
        `Request too large for model \`${this.#model}\` in organization \`org_sandbox\` service tier \`on_demand\` ` +
        `on tokens per minute (TPM): Limit ${this.#tokensPerMinute.capacity}, Requested ${requested}, ` +
        'please reduce your message size and try again.',
      type: 'tokens',
      code: 'rate_limit_exceeded',
    });
  }
}

/** Milliseconds in Go's notation: `547ms`, `7.66s`, `2m52.8s`, `1h2m3.4s`. */
export function goDuration(ms: number): string {
  const whole = Math.floor(ms);
  if (whole < 1000) return `${whole}ms`;
  const hours = Math.floor(whole / 3_600_000);
  const minutes = Math.floor((whole % 3_600_000) / minute);
  const seconds = (whole % minute) / 1000;
  if (hours > 0) return `${hours}h${minutes}m${seconds}s`;
  return minutes > 0 ? `${minutes}m${seconds}s` : `${seconds}s`;
}
