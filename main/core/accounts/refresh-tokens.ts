import type { AccountRecord } from '../ports/index.ts';
import { setAccountStatus } from './account-status.ts';
import {
  createRenewals,
  endingReason,
  expiringBeforeMs,
  type Renewal,
  renewalActor,
  type RenewalDeps,
} from './renewals.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/**
 * TikTok's access tokens live for a day, Meta's user tokens for about sixty. The job looks every six
 * hours: what would end before it looks again is renewed now.
 */
const renewBeforeMs = { tiktok: 7 * hourMs, facebook: 15 * dayMs, instagram: 15 * dayMs };

/** Keeps the connections to the networks alive. */
export interface Tokens {
  /** Renews what is near its end. One account's trouble does not keep others from being renewed. */
  refreshDue(): Promise<void>;
  /** Renews one account's tokens now. */
  renewNow(accountId: string): Promise<Renewal>;
}

export function createTokens(deps: RenewalDeps): Tokens {
  const { renew } = createRenewals(deps);

  return {
    async refreshDue() {
      if (deps.locked() !== null) return;
      for (const account of await deps.store.accounts.listAll()) {
        try {
          if (needsRenewal(account, deps.clock.now())) await renew(account.id);
          else await noteExpiry(deps, account);
        } catch (error) {
          deps.log.error('renewing an account failed in an unforeseen way', {
            account: account.id,
            error: String(error),
          });
        }
      }
    },

    renewNow: renew,
  };
}

/** Whether an account's token ends so soon that it is renewed now (UTC ms). */
export function needsRenewal(
  account: Pick<AccountRecord, 'platform' | 'status' | 'expiresAt' | 'refreshExpiresAt' | 'disconnectedAt'>,
  now: number,
): boolean {
  if (account.disconnectedAt !== null || account.status === 'reconnect') return false;
  // A Page token may live for ever, the user token it is renewed from does not.
  const endsAt = account.platform === 'tiktok' ? account.expiresAt : (account.expiresAt ?? account.refreshExpiresAt);
  return endsAt !== null && endsAt - now < renewBeforeMs[account.platform];
}

/** A connection that cannot be renewed by us is announced before it ends. */
async function noteExpiry(deps: RenewalDeps, account: AccountRecord): Promise<void> {
  const { refreshExpiresAt: ends } = account;
  if (account.status !== 'connected' || ends === null || ends - deps.clock.now() >= expiringBeforeMs) return;
  await setAccountStatus(deps, account.id, 'expiring', endingReason, renewalActor);
}
