import { platformNames } from '../../../shared/domain/platform.ts';
import type { CoreDeps } from '../deps.ts';
import {
  type AccountRecord,
  type Failure,
  NetworkFailure,
  type RenewedTokens,
  type RenewableTokens,
  SecretUnreadable,
} from '../ports/index.ts';
import { openTokens, sealTokens } from './access.ts';
import { setAccountStatus, unreadableReason } from './account-status.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/**
 * TikTok's access tokens live for a day, Meta's user tokens for about sixty. The job looks every six
 * hours: what would end before it looks again is renewed now.
 */
const renewBeforeMs = { tiktok: 7 * hourMs, facebook: 15 * dayMs, instagram: 15 * dayMs };
/** A connection that ends within this is shown as expiring. */
const expiringBeforeMs = 7 * dayMs;

const actor = 'job:refresh-tokens';

type Deps = Pick<CoreDeps, 'store' | 'clock' | 'log' | 'secrets' | 'networks' | 'activity' | 'changes' | 'locked'>;

/** How a renewal ended: `later` says nothing about the connection, `reconnect` that only a person can mend it. */
type Renewal = 'renewed' | 'later' | 'reconnect';

/** Keeps the connections to the networks alive. */
export interface Tokens {
  /** Renews what is near its end. One account's trouble does not keep others from being renewed. */
  refreshDue(): Promise<void>;
  /** Renews one account's tokens now; false when it must be connected again. */
  renewNow(accountId: string): Promise<boolean>;
}

export function createTokens(deps: Deps): Tokens {
  const underWay = new Map<string, Promise<Renewal>>();

  /** A renewal uses up the refresh token, so there is never more than one per account at a time. */
  function renewOnce(accountId: string): Promise<Renewal> {
    const running = underWay.get(accountId);
    if (running !== undefined) return running;
    const renewal = renew(deps, accountId).finally(() => underWay.delete(accountId));
    underWay.set(accountId, renewal);
    return renewal;
  }

  return {
    async refreshDue() {
      if (deps.locked() !== null) return;
      for (const account of await deps.store.accounts.listAll()) {
        try {
          if (needsRenewal(account, deps.clock.now())) await renewOnce(account.id);
          else await noteExpiry(deps, account);
        } catch (error) {
          deps.log.error('renewing an account failed in an unforeseen way', {
            account: account.id,
            error: String(error),
          });
        }
      }
    },

    async renewNow(accountId) {
      return (await renewOnce(accountId)) !== 'reconnect';
    },
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

async function renew(deps: Deps, accountId: string): Promise<Renewal> {
  const account = await deps.store.accounts.get(accountId);
  if (account === undefined || account.disconnectedAt !== null) return 'reconnect';
  let tokens: RenewableTokens;
  try {
    tokens = openTokens(deps, account);
  } catch (error) {
    if (!(error instanceof SecretUnreadable)) throw error;
    await setAccountStatus(deps, account.id, 'reconnect', unreadableReason, actor);
    return 'reconnect';
  }
  try {
    await keep(deps, account, await deps.networks[account.platform].renew(tokens));
    return 'renewed';
  } catch (error) {
    if (!(error instanceof NetworkFailure)) throw error;
    return failed(deps, account, error.failure);
  }
}

/** Writes the new tokens down, all in one step, before anything uses them. */
async function keep(deps: Deps, account: AccountRecord, renewed: RenewedTokens): Promise<void> {
  const now = deps.clock.now();
  const ends = renewed.refreshExpiresAt ?? account.refreshExpiresAt ?? renewed.expiresAt;
  const isExpiring = ends !== null && ends - now < expiringBeforeMs;
  await deps.store.transaction(async (repositories) => {
    const current = await repositories.accounts.get(account.id);
    if (current === undefined || current.disconnectedAt !== null || isConnectedAnew(current, account)) return;
    await repositories.accounts.update(account.id, {
      ...sealTokens(deps, account, renewed),
      expiresAt: renewed.expiresAt,
      refreshExpiresAt: renewed.refreshExpiresAt ?? account.refreshExpiresAt,
      ...(isExpiring ? {} : { status: 'connected' as const, statusReason: null }),
      updatedAt: now,
    });
  });
  deps.log.info('account renewed', { account: account.id, platform: account.platform });
  deps.changes.tell('account.changed', account.id, account.clientId);
  if (isExpiring) await setAccountStatus(deps, account.id, 'expiring', endingReason, actor);
}

/** A person connected the account while its renewal ran: theirs are the tokens that count. */
function isConnectedAnew(current: AccountRecord, before: AccountRecord): boolean {
  return current.sealedAccessToken !== before.sealedAccessToken;
}

async function failed(deps: Deps, account: AccountRecord, failure: Failure): Promise<Renewal> {
  deps.log.warn('account not renewed', { account: account.id, class: failure.class, code: failure.code });
  const current = await deps.store.accounts.get(account.id);
  if (current !== undefined && isConnectedAnew(current, account)) return 'renewed';
  if (failure.class === 'token' || failure.class === 'permission') {
    await setAccountStatus(deps, account.id, 'reconnect', failure.message, actor);
    return 'reconnect';
  }
  const why = `${platformNames[account.platform]} did not renew the connection yet: ${failure.message}`;
  await setAccountStatus(deps, account.id, 'expiring', why, actor);
  return 'later';
}

const endingReason = 'The connection ends within a week. Connect the account again.';

/** A connection that cannot be renewed by us is announced before it ends. */
async function noteExpiry(deps: Deps, account: AccountRecord): Promise<void> {
  const { refreshExpiresAt: ends } = account;
  if (account.status !== 'connected' || ends === null || ends - deps.clock.now() >= expiringBeforeMs) return;
  await setAccountStatus(deps, account.id, 'expiring', endingReason, actor);
}
