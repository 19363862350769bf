import type { KillSwitchRecord } from '../../main/core/ports/index.ts';
import type { App } from './app.ts';
import type { Chance } from './chance.ts';
import { accounts, minute, type ScenarioAccount } from './scenario.ts';
import type { WorldTime } from './world-time.ts';

type Scope = Pick<KillSwitchRecord, 'scope' | 'scopeId'>;

/** How soon somebody tries again who saw no confirmation. */
const againAfterMs = 5_000;

/** Somebody who stops publishing and lets it go on later, and who tries again until the app confirms it. */
export class Person {
  readonly #time: WorldTime;
  readonly #chance: Chance;
  /** The app that takes orders right now, or null. */
  readonly #app: () => App | null;
  readonly #isAlone: boolean;
  readonly #trace: (line: string) => void;
  #busy = false;
  /** The switch that is durably engaged: nothing may pass a gate any more. */
  #stopped: Scope | null = null;

  /** @param parts.isAlone there is one post only: what stops it is the global switch */
  constructor(parts: {
    time: WorldTime;
    chance: Chance;
    app: () => App | null;
    isAlone: boolean;
    trace: (line: string) => void;
  }) {
    this.#time = parts.time;
    this.#chance = parts.chance;
    this.#app = parts.app;
    this.#isAlone = parts.isAlone;
    this.#trace = parts.trace;
  }

  /** True from the first press until the release is confirmed. */
  get isBusy(): boolean {
    return this.#busy;
  }

  isStopped(account: Pick<ScenarioAccount, 'id' | 'clientId'>): boolean {
    return this.#stopped !== null && ['', account.clientId, account.id].includes(this.#stopped.scopeId);
  }

  /** Stops everything, a client or an account, and lets it go on some minutes later. */
  stopSomething(): void {
    if (this.#isAlone) {
      this.#stopFor({ scope: 'global', scopeId: '' }, 5 * minute);
      return;
    }
    const account = this.#chance.pick(accounts);
    const scope = this.#chance.pick(['global', 'global', 'client', 'account'] as const);
    const scopeId = scope === 'global' ? '' : scope === 'client' ? account.clientId : account.id;
    this.#stopFor({ scope, scopeId }, this.#chance.between(2, 12) * minute);
  }

  /** Does nothing while an earlier stop is not released. */
  #stopFor(scope: Scope, forMs: number): void {
    if (this.#busy) return;
    this.#busy = true;
    this.#insist({ ...scope, engaged: true }, null, () => {
      this.#stopped = scope;
      this.#trace('the kill switch is durable');
      this.#time.after(forMs, () => this.#release(scope));
    });
  }

  #release(scope: Scope): void {
    this.#insist({ ...scope, engaged: false }, null, () => {
      this.#busy = false;
      this.#trace('the kill switch is released');
    });
  }

  #insist(wanted: Scope & { engaged: boolean }, asked: App | null, confirmed: () => void): void {
    const app = this.#app();
    let underWay = asked;
    let isConfirmed = false;
    if (app !== null && app !== asked) {
      underWay = app;
      // A release takes effect before it is confirmed.
      if (!wanted.engaged) this.#stopped = null;
      app.killSwitch.set({ ...wanted, reason: null, actor: 'owner' }).then(
        () => {
          isConfirmed = true;
          confirmed();
        },
        () => {
          underWay = null;
        },
      );
    }
    this.#time.after(againAfterMs, () => {
      if (!isConfirmed) this.#insist(wanted, underWay, confirmed);
    });
  }
}
