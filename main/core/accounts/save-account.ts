import { platformNames } from '../../../shared/domain/platform.ts';
import { phrase } from '../../../shared/domain/phrase.ts';
import { clientOf } from '../clients/clients.ts';
import type { CoreDeps } from '../deps.ts';
import type { AccountRecord, FoundAccount, Repositories } from '../ports/index.ts';
import { erasedTokens, sealTokens } from './access.ts';
import { rowsOf } from './same-account.ts';
import { resumePosts } from './waiting-posts.ts';

type Deps = Pick<CoreDeps, 'store' | 'clock' | 'random' | 'secrets' | 'activity' | 'changes' | 'locked'>;

/**
 * Connects a found account to a client. One that the client had before keeps its row, by whichever login it is found
 * now, and a token that the same login did not give this time keeps its stored one. The first account makes a new client active.
 * What was held because the account had to be connected again is looked at anew.
 * @throws {NotFound} @throws {Locked}
 */
export async function saveAccount(
  deps: Deps,
  clientId: string,
  found: FoundAccount,
  actor: string,
): Promise<AccountRecord> {
  const saved = await deps.store.transaction(async (repositories) => {
    const client = await clientOf(repositories, clientId);
    const known = await rowsOf(repositories, found);
    const account = await putAccount(
      deps,
      repositories,
      clientId,
      found,
      known.find((other) => other.clientId === clientId),
    );
    const resumed = await resumePosts(repositories, account, deps.clock.now());
    const name = `${account.displayName} (${platformNames[account.platform]})`;
    const about = { actor, clientId, accountId: account.id };
    await deps.activity.record(
      { ...about, kind: 'account.connected', message: `Connected ${name} to ${client.name}` },
      repositories,
    );
    if (known.some((other) => other.clientId !== clientId && other.disconnectedAt === null)) {
      const message = `${name} is connected to another client as well. Both can post on it.`;
      await deps.activity.record({ ...about, kind: 'account.shared', level: 'warning', message }, repositories);
    }
    if (client.status === 'onboarding') {
      await repositories.clients.update(clientId, { status: 'active', updatedAt: deps.clock.now() });
      const message = phrase`${client.name} is active now`;
      await deps.activity.record({ actor, kind: 'client.changed', message, clientId }, repositories);
    }
    return { account, resumed };
  });
  deps.changes.tell('account.changed', saved.account.id, clientId);
  for (const postId of saved.resumed) deps.changes.tell('post.changed', postId, clientId);
  deps.changes.tell('client.changed', clientId, clientId);
  return saved.account;
}

async function putAccount(
  deps: Deps,
  repositories: Repositories,
  clientId: string,
  found: FoundAccount,
  existing: AccountRecord | undefined,
): Promise<AccountRecord> {
  const now = deps.clock.now();
  const id = existing?.id ?? deps.random.id();
  const isSameLogin = existing?.via === found.via && existing.remoteId === found.remoteId;
  const change = {
    via: found.via,
    remoteId: found.remoteId,
    displayName: found.displayName,
    username: found.username,
    pageId: found.pageId,
    loginId: found.loginId,
    status: 'connected' as const,
    statusReason: null,
    ...(isSameLogin ? {} : erasedTokens),
    ...sealTokens(deps, { id, remoteId: found.remoteId }, found),
    expiresAt: found.expiresAt,
    refreshExpiresAt: found.refreshExpiresAt,
    scopes: found.scopes,
    connectedAt: now,
    updatedAt: now,
    disconnectedAt: null,
  };
  if (existing !== undefined) {
    await repositories.accounts.update(id, change);
    return { ...existing, ...change };
  }
  const account: AccountRecord = {
    id,
    clientId,
    platform: found.platform,
    audited: false,
    pausedUntil: null,
    ...erasedTokens,
    ...change,
  };
  await repositories.accounts.insert(account);
  return account;
}
