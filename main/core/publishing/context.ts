import type { Renewal } from '../accounts/renewals.ts';
import type { Activity } from '../activity/activity.ts';
import type { Changes } from '../activity/changes.ts';
import type { DataAge } from '../control/data-age.ts';
import type { Halt } from '../control/halts.ts';
import type { KillSwitch } from '../control/kill-switch.ts';
import type { Epoch } from '../control/lease.ts';
import type { AccountAccess, AccountRecord, Ports } from '../ports/index.ts';

/** What publishing is given from outside. */
export interface PublishingDeps
  extends Pick<Ports, 'clock' | 'timers' | 'random' | 'digest' | 'log' | 'files' | 'store' | 'networks'> {
  activity: Activity;
  changes: Changes;
  killSwitch: KillSwitch;
  /** Names this run of the app in the journal. */
  bootId: string;
  /** Attempts of another epoch are never continued; without the lease, everything is left alone. */
  lease: Epoch;
  /** Why nothing is sent at all now, or null. */
  halt(): Halt | null;
  /** How far what is stored can be believed. */
  dataAge: Pick<DataAge, 'halt' | 'unsettled' | 'isDoubtful' | 'sentSince' | 'settled'>;
  /** Why the app is locked, or null. */
  locked(): string | null;
  /** Opens an account's token. @throws {SecretUnreadable} */
  openAccess(account: AccountRecord): AccountAccess;
  /** Renews an account's token once. */
  renewAccess(accountId: string): Promise<Renewal>;
  /** Sends one request with a deadline, following no redirect. `signal` ends it, and the reading of its answer. */
  http(request: Request, limits: { timeoutMs: number; signal?: AbortSignal }): Promise<Response>;
}
