import type { DueTarget } from '../ports/index.ts';
import type { Closed } from './gate.ts';
import { Shut } from './send.ts';

interface One {
  clientId: string;
  accountId: string;
  controller: AbortController;
}

/** The targets that were handed out and are not done. What a stop aborts is not taken up by itself when it ends. */
export class UnderWay {
  readonly #stopNow: (clientId: string, accountId: string) => Closed | null;
  readonly #targets = new Map<string, One>();

  /** @param stopNow what stops an account at this moment, or null */
  constructor(stopNow: (clientId: string, accountId: string) => Closed | null) {
    this.#stopNow = stopNow;
  }

  /** @returns a signal that is aborted with a {@link Shut} as soon as something stops the account */
  add({ target, post }: DueTarget): AbortSignal {
    const one = { clientId: post.clientId, accountId: target.accountId, controller: new AbortController() };
    this.#targets.set(target.id, one);
    this.#abortIfStopped(one);
    return one.controller.signal;
  }

  delete(targetId: string): void {
    this.#targets.delete(targetId);
  }

  has(targetId: string): boolean {
    return this.#targets.has(targetId);
  }

  /** Something of this account is being sent, or about to be. */
  isBusy(accountId: string): boolean {
    return [...this.#targets.values()].some((one) => one.accountId === accountId);
  }

  abortStopped(): void {
    for (const one of this.#targets.values()) this.#abortIfStopped(one);
  }

  abortAll(closed: Closed): void {
    for (const { controller } of this.#targets.values()) controller.abort(new Shut(closed));
  }

  #abortIfStopped({ clientId, accountId, controller }: One): void {
    const stop = this.#stopNow(clientId, accountId);
    if (stop !== null) controller.abort(new Shut(stop));
  }
}
