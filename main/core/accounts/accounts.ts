import type { Account, RecentPost } from '../../../shared/contract/accounts.ts';
import { platformNames } from '../../../shared/domain/platform.ts';
import { phrase } from '../../../shared/domain/phrase.ts';
import { clientOf } from '../clients/clients.ts';
import type { CoreDeps } from '../deps.ts';
import { Conflict, Locked, NotFound } from '../errors.ts';
import { isoOf, isoOrNull } from '../instants.ts';
import {
  type AccountAccess,
  type AccountRecord,
  type CreatorInfo,
  type Repositories,
  SecretUnreadable,
} from '../ports/index.ts';
import { erasedTokens, openAccess, openTokens } from './access.ts';
import { setAccountStatus, unreadableReason } from './account-status.ts';
import { holdPosts } from './waiting-posts.ts';

/** The social accounts that clients have connected. */
export interface Accounts {
  /** Connected ones only. @throws {NotFound} */
  list(clientId: string): Promise<Account[]>;
  /** Says whether TikTok has audited the app for this account's direct posts. @throws {NotFound} @throws {Conflict} */
  setAudited(clientId: string, accountId: string, audited: boolean, actor: string): Promise<Account>;
  /** What {@link disconnect} would do at the network. @throws {NotFound} */
  disconnectEffect(clientId: string, accountId: string): Promise<DisconnectEffect>;
  /**
   * Erases the tokens, and holds what was still to be posted there. When no other account lives on the same login, the
   * network is told to end it as well, where that works. @throws {NotFound} @throws {Locked}
   */
  disconnect(clientId: string, accountId: string, actor: string): Promise<void>;
  /**
   * What the network shows on this account, newest first, at most a month old.
   * @throws {NotFound} @throws {Conflict} when the network does not let us see it @throws {NetworkFailure}
   */
  recentPosts(clientId: string, accountId: string): Promise<RecentPost[]>;
  /** What TikTok lets this creator choose now. @throws {NotFound} @throws {Conflict} @throws {NetworkFailure} */
  creatorInfo(clientId: string, accountId: string): Promise<CreatorInfo>;
}

export interface DisconnectEffect {
  /** The network is told to take back what the person who logged in allowed. */
  revokesLogin: boolean;
  /** Accounts, of any client, that live on the same login and go on. */
  others: number;
}

type Deps = Pick<CoreDeps, 'store' | 'clock' | 'log' | 'secrets' | 'networks' | 'activity' | 'changes' | 'locked'>;

export function createAccounts(deps: Deps): Accounts {
  const { store, clock, activity, changes } = deps;

  return {
    async list(clientId) {
      await clientOf(store, clientId);
      return (await store.accounts.listOfClient(clientId)).map(accountView);
    },

    async setAudited(clientId, accountId, audited, actor) {
      const account = await store.transaction(async (repositories) => {
        const before = await accountOf(repositories, clientId, accountId);
        assertTikTok(before);
        await repositories.accounts.update(accountId, { audited, updatedAt: clock.now() });
        await activity.record(
          {
            actor,
            kind: 'account.audited',
            message: audited
              ? phrase`${before.displayName}: direct posts to TikTok were allowed`
              : phrase`${before.displayName}: direct posts to TikTok were turned off`,
            clientId,
            accountId,
          },
          repositories,
        );
        return { ...before, audited };
      });
      changes.tell('account.changed', accountId, clientId);
      return accountView(account);
    },

    async disconnectEffect(clientId, accountId) {
      return effectOf(await accountOf(store, clientId, accountId), await store.accounts.listAll());
    },

    async disconnect(clientId, accountId, actor) {
      const account = await accountOf(store, clientId, accountId);
      const reason = deps.locked();
      if (reason !== null) throw new Locked(reason);
      const { revokesLogin } = effectOf(account, await store.accounts.listAll());
      if (revokesLogin) await revoke(deps, account, loginOf(account) ?? '');
      const heldPosts = await store.transaction(async (repositories) => {
        const now = clock.now();
        const gone = { ...erasedTokens, disconnectedAt: now, updatedAt: now };
        await repositories.accounts.update(accountId, gone);
        await activity.record(
          {
            actor,
            kind: 'account.disconnected',
            level: 'warning',
            message: `Disconnected ${account.displayName} (${platformNames[account.platform]})`,
            clientId,
            accountId,
          },
          repositories,
        );
        return holdPosts(repositories, account, now);
      });
      changes.tell('account.changed', accountId, clientId);
      for (const postId of heldPosts) changes.tell('post.changed', postId, clientId);
    },

    async creatorInfo(clientId, accountId) {
      const account = await accountOf(store, clientId, accountId);
      assertTikTok(account);
      return deps.networks.creatorInfo(await accessTo(deps, account));
    },

    async recentPosts(clientId, accountId) {
      const account = await accountOf(store, clientId, accountId);
      const access = await accessTo(deps, account);
      const posts = await deps.networks[account.platform].recentPosts(access, clock.now() - shownMs);
      if (posts === null) throw new Conflict('not_shown', notShown(account));
      const ours = await store.attempts.boundPosts(
        account.remoteId,
        posts.map(({ remoteId }) => remoteId),
      );
      return posts.map(({ remoteId, text, at, permalink }) => ({
        remoteId,
        text,
        at: isoOf(at),
        permalink,
        postId: ours.get(remoteId) ?? null,
      }));
    },
  };
}

/** How far back an account's posts are shown. */
const shownMs = 30 * 24 * 3_600_000;

function notShown({ platform, displayName }: AccountRecord): string {
  return `${platformNames[platform]} does not let this app see the posts of ${displayName}: the permission was not given. Connect the account again and allow it, or look at the account itself.`;
}

/** What a call is made with; an account whose token does not open must be connected again. @throws {Conflict} @throws {Locked} */
async function accessTo(deps: Deps, account: AccountRecord): Promise<AccountAccess> {
  try {
    return openAccess(deps, account);
  } catch (error) {
    if (!(error instanceof SecretUnreadable)) throw error;
    await setAccountStatus(deps, account.id, 'reconnect', unreadableReason, 'app');
    throw new Conflict('reconnect', unreadableReason);
  }
}

/** An account as the contract shows it. */
export function accountView(account: AccountRecord): Account {
  return {
    id: account.id,
    clientId: account.clientId,
    platform: account.platform,
    via: account.via,
    displayName: account.displayName,
    remoteId: account.remoteId,
    status: account.status,
    statusReason: account.statusReason,
    expiresAt: isoOrNull(account.refreshExpiresAt ?? account.expiresAt),
    scopes: account.scopes,
    audited: account.audited,
    connectedAt: isoOf(account.connectedAt),
  };
}

/** A connected account of this client. @throws {NotFound} */
async function accountOf(
  repositories: Pick<Repositories, 'accounts' | 'clients'>,
  clientId: string,
  accountId: string,
): Promise<AccountRecord> {
  await clientOf(repositories, clientId);
  const account = await repositories.accounts.get(accountId);
  if (account === undefined || account.clientId !== clientId || account.disconnectedAt !== null) {
    throw new NotFound('account', accountId);
  }
  return account;
}

function assertTikTok(account: AccountRecord): void {
  if (account.platform !== 'tiktok') throw new Conflict('not_tiktok', 'Only TikTok accounts have this.');
}

/** Whoever logged in at TikTok, or at Instagram itself, is the account. */
function loginOf({ via, remoteId, loginId }: AccountRecord): string | null {
  return via === 'facebook' ? loginId : remoteId;
}

/**
 * Ending a login ends every account on it, so it is ended with the last one only. Facebook and Instagram share logins.
 * Of accounts from before logins were kept nobody knows whose they are: they might be on any. Instagram's own login has
 * no call that ends it.
 */
function effectOf(account: AccountRecord, connected: readonly AccountRecord[]): DisconnectEffect {
  const own = loginOf(account);
  const others = connected.filter((other) => {
    if (other.id === account.id || other.via !== account.via) return false;
    const login = loginOf(other);
    return own === null || login === null || login === own;
  });
  const isEndable = own !== null && account.via !== 'instagram';
  return { revokesLogin: isEndable && others.length === 0, others: others.length };
}

/** The tokens are erased whether or not the network could be told. */
async function revoke(deps: Deps, account: AccountRecord, loginId: string): Promise<void> {
  try {
    await deps.networks[account.platform].revoke(openTokens(deps, account), loginId);
  } catch (error) {
    if (error instanceof Locked) throw error;
    deps.log.warn('the network could not be told of a disconnected account', {
      account: account.id,
      error: error instanceof Error ? error.name : 'unknown',
    });
  }
}
