import { accounts, type ScenarioAccount } from './scenario.ts';

/** The access tokens of all accounts, as the networks know them. */
export class Tokens {
  readonly #offences: string[];
  /** The good token of each account, and the one the app was given last. */
  readonly #good = new Map<string, string>();
  readonly #given = new Map<string, string>();
  #made = 0;

  /** @param offences takes down that somebody else's token was used */
  constructor(offences: string[]) {
    this.#offences = offences;
    for (const account of accounts) this.renew(account);
  }

  /** The token the app has. */
  of(account: ScenarioAccount): string {
    return this.#given.get(account.remoteId) ?? '';
  }

  renew({ remoteId }: ScenarioAccount): void {
    const token = `${remoteId}/token-${++this.#made}`;
    this.#good.set(remoteId, token);
    this.#given.set(remoteId, token);
  }

  revokeAll(): void {
    this.#good.clear();
  }

  /** True when the token is this account's and good. */
  accepts(account: ScenarioAccount, token: string): boolean {
    if (!token.startsWith(`${account.remoteId}/`)) {
      this.#offences.push(`I7 ${account.remoteId} was given the token ${token}`);
    }
    return token === this.#good.get(account.remoteId);
  }
}
