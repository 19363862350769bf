import type { KillSwitchRecord } from '../../main/core/ports/index.ts';
import type { App } from './app.ts';
import type { ScenarioAccount } from './scenario.ts';
import type { WorldTime } from './world-time.ts';

type Scope = Pick<KillSwitchRecord, 'scope' | 'scopeId'>;

/** How soon somebody tries again who saw no confirmation. */
const againAfterMs = 5_000;

/** Somebody who stops publishing and lets it go on later, and who tries again until the app confirms it. */
export class Person {
  readonly #time: WorldTime;
  /** The app that takes orders right now, or null. */
  readonly #app: () => App | null;
  readonly #trace: (line: string) => void;
  #busy = false;
  /** The switch that is durably engaged: nothing may pass a gate any more. */
  #stopped: Scope | null = null;

  constructor(time: WorldTime, app: () => App | null, trace: (line: string) => void) {
    this.#time = time;
    this.#app = app;
    this.#trace = trace;
  }

  /** True from the first press until the release is confirmed. */
  get isBusy(): boolean {
    return this.#busy;
  }

  isStopped(account: Pick<ScenarioAccount, 'id' | 'clientId'>): boolean {
    return this.#stopped !== null && ['', account.clientId, account.id].includes(this.#stopped.scopeId);
  }

  /** Does nothing while an earlier stop is not released. */
  stopFor(scope: Scope, forMs: number): void {
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
