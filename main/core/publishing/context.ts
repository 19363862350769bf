import type { Activity } from '../activity/activity.ts';
import type { Changes } from '../activity/changes.ts';
import type { KillSwitch } from '../control/kill-switch.ts';
import type { AccountAccess, AccountRecord, Ports } from '../ports/index.ts';

/** What publishing is given from outside. */
export interface PublishingDeps
  extends Pick<Ports, 'clock' | 'timers' | 'random' | 'digest' | 'log' | 'files' | 'store' | 'networks'> {
  activity: Activity;
  changes: Changes;
  killSwitch: KillSwitch;
  /** Names this run of the app; attempts of another run are never continued. */
  bootId: string;
  /** Why the clock cannot be trusted, or null. */
  clockDoubt(): string | null;
  /** Why the app is locked, or null. */
  locked(): string | null;
  /** Opens an account's token. @throws {SecretUnreadable} */
  openAccess(account: AccountRecord): AccountAccess;
  /** Renews an account's token once; false when it must be connected again. */
  renewAccess(accountId: string): Promise<boolean>;
  /** Sends one request with a deadline, following no redirect. */
  http(request: Request, limits: { timeoutMs: number }): Promise<Response>;
}
