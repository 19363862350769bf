import { platformNames } from '../../../shared/domain/platform.ts';
import { phrase } from '../../../shared/domain/phrase.ts';
import type { DataAge } from '../control/data-age.ts';
import type { Epoch } from '../control/lease.ts';
import { LeaseLost } from '../control/runner.ts';
import type { CoreDeps } from '../deps.ts';
import {
  type AccountRecord,
  type Failure,
  NetworkFailure,
  type RenewableTokens,
  type RenewalRecord,
  type RenewedTokens,
  SecretUnreadable,
} from '../ports/index.ts';
import { openTokens, sealTokens } from './access.ts';
import { setAccountStatus, unreadableReason } from './account-status.ts';

/** How a renewal ended: `renewed` that the login is good, `later` says nothing about the connection, `reconnect` that only a person can mend it. */
export type Renewal = 'renewed' | 'later' | 'reconnect';

export const renewalActor = 'job:refresh-tokens';
/** A connection that ends within this is shown as expiring. */
export const expiringBeforeMs = 7 * 24 * 3_600_000;
export const endingReason = 'The connection ends within a week. Connect the account again.';
/** A new login that could not be stored is tried again this often: until then it exists in memory only. */
const storeAgainMs = 5_000;

export interface RenewalDeps
  extends Pick<
    CoreDeps,
    'store' | 'clock' | 'timers' | 'random' | 'log' | 'secrets' | 'networks' | 'activity' | 'changes' | 'locked'
  > {
  dataAge: Pick<DataAge, 'isCopy' | 'isDoubtful'>;
  /** Names this run of the app. */
  bootId: string;
  /** Whoever publishes renews: two would use up each other's login. */
  lease: Epoch;
}

/** A new login that the network gave and that is not stored yet. */
interface Given {
  account: AccountRecord;
  renewal: RenewalRecord;
  tokens: RenewedTokens;
}

/**
 * Renewing uses the old login up, so it is a call that must not simply be repeated: it is written down before
 * it is made, never made twice at a time, and the new login is stored before anything uses it. When the app ended in
 * between, the old login is tried once more; only when the network says that it is no longer good must a person log in.
 */
export function createRenewals(deps: RenewalDeps): { renew(accountId: string): Promise<Renewal> } {
  const underWay = new Map<string, Promise<Renewal>>();
  const unstored = new Map<string, Given>();

  function renew(accountId: string): Promise<Renewal> {
    const running = underWay.get(accountId);
    if (running !== undefined) return running;
    const renewal = renewNow(accountId).finally(() => underWay.delete(accountId));
    underWay.set(accountId, renewal);
    return renewal;
  }

  async function renewNow(accountId: string): Promise<Renewal> {
    const given = unstored.get(accountId);
    if (given !== undefined) return keep(given);
    // A copy would take the login away from the one that it was copied from.
    if (deps.dataAge.isCopy() || !deps.lease.isHeld()) return 'later';
    const account = await deps.store.accounts.get(accountId);
    if (account === undefined || account.disconnectedAt !== null) return 'reconnect';
    let tokens: RenewableTokens;
    try {
      const renewedAt = await deps.store.renewals.lastRenewedAt(account.id);
      tokens = openTokens(deps, account);
      tokens.issuedAt = Math.max(tokens.issuedAt, renewedAt ?? 0);
    } catch (error) {
      if (!(error instanceof SecretUnreadable)) throw error;
      await setAccountStatus(deps, account.id, 'reconnect', unreadableReason, renewalActor);
      return 'reconnect';
    }
    const begun = await begin(deps, account);
    return begun === null ? 'later' : ask(account, tokens, begun);
  }

  async function ask(account: AccountRecord, tokens: RenewableTokens, { renewal, wasCutOff }: Begun): Promise<Renewal> {
    try {
      const renewed = await deps.networks[account.platform].renew(tokens);
      if (renewed === null) return await stays(deps, renewal);
      const given = { account, renewal, tokens: renewed };
      unstored.set(account.id, given);
      return await keep(given);
    } catch (error) {
      if (!(error instanceof NetworkFailure)) throw error;
      return failed(deps, account, renewal, error.failure, wasCutOff);
    }
  }

  async function keep(given: Given): Promise<Renewal> {
    const { account } = given;
    try {
      await store(deps, given);
    } catch (error) {
      deps.log.error('a new login could not be stored; trying again', { account: account.id, error: String(error) });
      deps.timers.after(storeAgainMs, () => {
        if (unstored.has(account.id)) renew(account.id).catch(() => undefined);
      });
      throw error;
    }
    unstored.delete(account.id);
    return 'renewed';
  }

  return { renew };
}

interface Begun {
  renewal: RenewalRecord;
  /** Nobody read the answer to the renewal before: the old login may be used up. */
  wasCutOff: boolean;
}

/** Writes down that the network is about to be asked. Null when another run of the app has taken over. */
async function begin(deps: RenewalDeps, account: AccountRecord): Promise<Begun | null> {
  const now = deps.clock.now();
  const renewal: RenewalRecord = {
    id: deps.random.id(),
    accountId: account.id,
    epoch: deps.lease.epoch(),
    bootId: deps.bootId,
    state: 'sent',
    startedAt: now,
    endedAt: null,
    errorCode: null,
    errorMessage: null,
  };
  try {
    return await deps.store.transaction(async (within) => {
      await deps.lease.assertHeld(within, renewal.epoch);
      const last = await within.renewals.last(account.id);
      if (last?.state === 'sent') await within.renewals.update(last.id, { state: 'unknown', endedAt: now });
      await within.renewals.insert(renewal);
      const isUnclear = last !== undefined && (last.state === 'sent' || last.state === 'unknown');
      return { renewal, wasCutOff: isUnclear && last.startedAt >= account.connectedAt };
    });
  } catch (error) {
    if (error instanceof LeaseLost) return null;
    throw error;
  }
}

/** Writes the new tokens down, all in one step, before anything uses them. */
async function store(deps: RenewalDeps, { account, renewal, tokens }: Given): Promise<void> {
  const now = deps.clock.now();
  const ends = tokens.refreshExpiresAt ?? account.refreshExpiresAt ?? tokens.expiresAt;
  const isExpiring = ends !== null && ends - now < expiringBeforeMs;
  await deps.store.transaction(async (within) => {
    await within.renewals.update(renewal.id, { state: 'renewed', endedAt: now });
    const current = await within.accounts.get(account.id);
    if (current === undefined || current.disconnectedAt !== null || isConnectedAnew(current, account)) return;
    await within.accounts.update(account.id, {
      ...sealTokens(deps, account, tokens),
      expiresAt: tokens.expiresAt,
      refreshExpiresAt: tokens.refreshExpiresAt ?? account.refreshExpiresAt,
      ...(isExpiring ? {} : { status: 'connected' as const, statusReason: null }),
      updatedAt: now,
    });
  });
  deps.log.info('account renewed', { account: account.id, platform: account.platform });
  deps.changes.tell('account.changed', account.id, account.clientId);
  if (isExpiring) await setAccountStatus(deps, account.id, 'expiring', endingReason, renewalActor);
}

/** The login is good, and the network would not renew it yet. */
async function stays(deps: RenewalDeps, { id }: RenewalRecord): Promise<Renewal> {
  const errorMessage = 'The login is good, and too young to be renewed.';
  await deps.store.renewals.update(id, {
    state: 'failed',
    endedAt: deps.clock.now(),
    errorCode: 'too_young',
    errorMessage,
  });
  return 'renewed';
}

/** A person connected the account while its renewal ran: theirs are the tokens that count. */
function isConnectedAnew(current: AccountRecord, before: AccountRecord): boolean {
  return current.sealedAccessToken !== before.sealedAccessToken;
}

async function failed(
  deps: RenewalDeps,
  account: AccountRecord,
  renewal: RenewalRecord,
  failure: Failure,
  wasCutOff: boolean,
): Promise<Renewal> {
  const isRefused = endsLogin(account, failure);
  // A network that stumbled may have renewed it all the same.
  const state = isRefused ? 'refused' : failure.class === 'transient' ? 'unknown' : 'failed';
  deps.log.warn('account not renewed', { account: account.id, class: failure.class, code: failure.code });
  await deps.store.renewals.update(renewal.id, {
    state,
    endedAt: deps.clock.now(),
    errorCode: failure.code,
    errorMessage: failure.message,
  });
  const current = await deps.store.accounts.get(account.id);
  if (current !== undefined && isConnectedAnew(current, account)) return 'renewed';
  const network = platformNames[account.platform];
  if (isRefused) {
    const isOlder = deps.dataAge.isDoubtful({ createdAt: account.updatedAt });
    const reason = isOlder ? olderReason : wasCutOff ? cutOffReason(network, failure) : failure.message;
    await setAccountStatus(deps, account.id, 'reconnect', reason, renewalActor);
    return 'reconnect';
  }
  const why = phrase`${network} did not renew the connection yet: ${failure.message}`;
  await setAccountStatus(deps, account.id, 'expiring', why, renewalActor);
  return 'later';
}

/** Meta's tokens end by its word on the token alone; TikTok's login is over also when a permission was taken back. */
function endsLogin({ platform }: AccountRecord, failure: Failure): boolean {
  return failure.class === 'token' || (failure.class === 'permission' && platform === 'tiktok');
}

const olderReason =
  'The data here is older than the login: it has been renewed since, and what is kept here is no longer good. Connect the account again.';

function cutOffReason(network: string, { message }: Failure): string {
  return phrase`The connection was being renewed when the app ended or ${network} gave no answer, and the old one is no longer taken. Connect the account again. ${network} said: “${message}”`;
}
