import type { Chance } from './chance.ts';
import type { Arrival } from './platform-records.ts';
import { accounts, beginning, minute, type ScenarioAccount } from './scenario.ts';

/** A post may be tried this often within an hour. */
const mostTriesAnHour = 8;
const hour = 60 * minute;

interface Refusal {
  retryAt?: number;
  isAppWide?: boolean;
}

/** The networks' rate limits: whom they sent away until when, and who comes back too early or too often. */
export class Limits {
  readonly #chance: Chance;
  /** Refusals are the rule rather than the exception, and nobody crashes before they have read one. */
  readonly #isStrict: boolean;
  readonly #offences: string[];
  /** When the app read it and until when it may not come back, UTC ms. */
  readonly #sentAway = new Map<ScenarioAccount, { from: number; until: number }[]>();
  readonly #tries = new Map<string, number[]>();

  readonly #uploadsPerMinute: number;
  readonly #uploads = new Map<ScenarioAccount, number[]>();

  /** @param offences takes down what should not have been asked */
  constructor(chance: Chance, isStrict: boolean, offences: string[], uploadsPerMinute: number) {
    this.#uploadsPerMinute = uploadsPerMinute;
    this.#chance = chance;
    this.#isStrict = isStrict;
    this.#offences = offences;
  }

  /** Whether a request or a preparation is refused for its rate. */
  isDrawn(faultRate: number): boolean {
    return this.#isStrict && faultRate > 0 && this.#chance.happens(0.6);
  }

  /**
   * Sends an account away.
   * @param answeredAt UTC ms, from which the network counts
   * @param readAt UTC ms; later where the computer slept
   * @returns what stands in the answer; `retryAt` (UTC ms) is missing where the network does not say
   */
  refuse(account: ScenarioAccount, answeredAt: number, readAt = answeredAt): Refusal {
    const wait = this.#chance.pick(this.#isStrict ? strictWaits : mildWaits);
    const isAppWide = this.#isStrict && this.#chance.happens(0.2);
    if (wait === null) return {};
    const retryAt = answeredAt + wait;
    const sentAway = isAppWide ? accounts.filter(({ platform }) => platform === account.platform) : [account];
    for (const one of this.#isStrict ? sentAway : []) {
      // A request of another account may leave in the same instant, before this answer is known everywhere.
      const from = one === account ? readAt : readAt + 1;
      this.#sentAway.set(one, [...(this.#sentAway.get(one) ?? []), { from, until: retryAt }]);
    }
    return { retryAt, ...(isAppWide ? { isAppWide } : {}) };
  }

  /** @param now UTC ms at which a request or a preparation of this account left the app */
  asked(account: ScenarioAccount, now: number): void {
    const tooEarly = this.#sentAway.get(account)?.find(({ from, until }) => from <= now && now < until);
    if (tooEarly === undefined) return;
    this.#offences.push(
      `I11 ${account.id} asked ${tooEarly.until - now} ms before it was told to, at ${now - beginning}`,
    );
  }

  /** @param now UTC ms at which an upload was begun */
  began(account: ScenarioAccount, now: number): void {
    const uploads = [...(this.#uploads.get(account) ?? []), now].filter((time) => time > now - minute);
    this.#uploads.set(account, uploads);
    if (uploads.length <= this.#uploadsPerMinute) return;
    this.#offences.push(`I11 ${account.id} began ${uploads.length} uploads in a minute, at ${now - beginning}`);
  }

  tried({ account, text, under, at }: Arrival): void {
    this.asked(account, at);
    const key = `${account.id}/${under}/${text}`;
    const tries = [...(this.#tries.get(key) ?? []), at].filter((time) => time > at - hour);
    this.#tries.set(key, tries);
    if (tries.length > mostTriesAnHour) this.#offences.push(`I11 “${text}” was tried ${tries.length} times in an hour`);
  }
}

const mildWaits = [1 * minute, 2 * minute, 3 * minute, 4 * minute, 5 * minute] as const;
/** Some networks name a time that has passed, and some none at all. */
const strictWaits = [-5 * minute, null, 30_000, 2 * minute, 7 * minute, 25 * minute, 70 * minute] as const;
