import type { Account } from '../../../shared/contract/accounts.ts';
import { type Platform, platformNames } from '../../../shared/domain/platform.ts';
import { clientOf } from '../clients/clients.ts';
import type { CoreDeps } from '../deps.ts';
import { Conflict, Locked, Unprocessable } from '../errors.ts';
import type { Onboarding } from '../onboarding/onboarding.ts';
import { type FoundAccount, NetworkFailure } from '../ports/index.ts';
import { randomToken } from '../random-token.ts';
import { accountView } from './accounts.ts';
import { choiceHash, type Login, openFound, openLogin, sealFound, sealLogin, stateHash } from './login-state.ts';
import { saveAccount } from './save-account.ts';

/** A login is finished within this, or begun anew. */
const stateLifeMs = 10 * 60_000;

/** An account the login found, for the person to choose from. */
export interface Choice {
  remoteId: string;
  displayName: string;
  username: string | null;
  platform: Platform;
  /** Why it cannot be chosen, in words for a person; empty when it can. */
  missing: string[];
  /** Another client that it is connected to; never told to a client itself. */
  usedBy: string | null;
}

/** Where the person goes on afterwards; `home` when nobody knows whose login it was. */
export type Next = { kind: 'client'; clientId: string } | { kind: 'onboarding'; token: string } | { kind: 'home' };

export type Connected = { kind: 'connected'; accounts: Account[]; next: Next };
export type ConnectResult =
  | Connected
  | { kind: 'choose'; choiceToken: string; found: Choice[]; next: Next }
  /** The reason is for a person. */
  | { kind: 'refused'; reason: string; next: Next };

/** Connects social accounts by OAuth. */
export interface Connect {
  /**
   * The network's login page for one client, named by its id or by a token of its onboarding link. Good
   * for ten minutes and one login.
   * @throws {NotFound} @throws {Conflict} the onboarding link is not valid, or the client is archived
   * @throws {Locked} @throws {NetworkFailure} the agency's app at the network is not set up
   */
  start(
    input: { platform: Platform; redirectUri: string } & ({ clientId: string } | { onboardingToken: string }),
  ): Promise<string>;
  /** Takes what the network sent the person back with. @throws {Locked} */
  finish(input: {
    platform: Platform;
    state: string;
    code: string | null;
    error: string | null;
  }): Promise<ConnectResult>;
  /**
   * Connects the chosen ones of the accounts a login found. A choice is good for ten minutes and once.
   * @throws {Conflict} the choice is unknown, too old or used
   * @throws {Unprocessable} nothing, or something that cannot be chosen, was chosen
   * @throws {Locked}
   */
  choose(choiceToken: string, remoteIds: readonly string[]): Promise<Connected>;
}

type Deps = Pick<
  CoreDeps,
  'store' | 'clock' | 'random' | 'digest' | 'log' | 'secrets' | 'networks' | 'activity' | 'changes' | 'locked'
> & { onboarding: Pick<Onboarding, 'open'> };

const staleLogin = 'This login is unknown, was used before or took too long. Start again.';
const staleChoice = 'This choice is unknown, was used before or took too long. Connect again.';

export function createConnect(deps: Deps): Connect {
  const { store, clock, digest, secrets, networks } = deps;

  async function consume(hash: string): Promise<Login | undefined> {
    const isFresh = await store.connections.consumeState(hash, clock.now());
    const record = isFresh ? await store.connections.stateByHash(hash) : undefined;
    return record === undefined ? undefined : openLogin(secrets, record);
  }

  async function connect({ record, nextStep }: Login, found: readonly FoundAccount[]): Promise<Connected> {
    const actor = nextStep.kind === 'onboarding' ? 'onboarding link' : 'owner';
    const accounts: Account[] = [];
    for (const account of found) accounts.push(accountView(await saveAccount(deps, record.clientId, account, actor)));
    return { kind: 'connected', accounts, next: nextStep };
  }

  async function offer(login: Login, found: readonly FoundAccount[]): Promise<ConnectResult> {
    const { clientId } = login.record;
    const choiceToken = randomToken(deps.random);
    const hash = choiceHash(digest, choiceToken);
    const now = clock.now();
    await store.connections.insertState({
      ...login.record,
      stateHash: hash,
      sealedCodeVerifier: sealLogin(secrets, hash, clientId, login),
      createdAt: now,
      expiresAt: now + stateLifeMs,
      consumedAt: null,
      sealedFound: sealFound(secrets, hash, clientId, found),
    });
    const choices: Choice[] = [];
    for (const { platform, remoteId, displayName, username, missing } of found) {
      const usedBy = login.nextStep.kind === 'client' ? await otherClient(store, clientId, platform, remoteId) : null;
      choices.push({ platform, remoteId, displayName, username, missing, usedBy });
    }
    return { kind: 'choose', choiceToken, found: choices, next: login.nextStep };
  }

  return {
    async start({ platform, redirectUri, ...client }) {
      assertUnlocked(deps);
      await store.connections.removeExpired(clock.now() - stateLifeMs);
      const { clientId, linkId, nextStep } = await ownerOf(deps, client);
      const state = randomToken(deps.random);
      const codeVerifier = randomToken(deps.random) + randomToken(deps.random);
      const hash = stateHash(digest, state);
      const now = clock.now();
      const url = await networks[platform].authorizeUrl({ state, redirectUri, codeVerifier });
      await store.connections.insertState({
        stateHash: hash,
        clientId,
        platform,
        onboardingLinkId: linkId,
        redirectUri,
        sealedCodeVerifier: sealLogin(secrets, hash, clientId, { codeVerifier, nextStep }),
        createdAt: now,
        expiresAt: now + stateLifeMs,
        consumedAt: null,
        sealedFound: null,
      });
      return url;
    },

    async finish({ platform, state, code, error }) {
      assertUnlocked(deps);
      const login = await consume(stateHash(digest, state));
      if (login === undefined || login.record.platform !== platform) return refused(staleLogin, { kind: 'home' });
      if (error !== null || code === null) return refused(declined(platform, error), login.nextStep);
      if ((await store.clients.get(login.record.clientId)) === undefined) {
        return refused('This client was removed.', { kind: 'home' });
      }
      const { redirectUri } = login.record;
      let found: FoundAccount[];
      try {
        found = await networks[platform].exchangeCode({ code, redirectUri, codeVerifier: login.codeVerifier });
      } catch (failure) {
        return refused(whyNotExchanged(deps, platform, failure), login.nextStep);
      }
      const [only] = found;
      if (only === undefined || found.every(({ missing }) => missing.length > 0)) {
        return refused(nothingUsable(platform, found), login.nextStep);
      }
      return found.length === 1 ? connect(login, [only]) : offer(login, found);
    },

    async choose(choiceToken, remoteIds) {
      assertUnlocked(deps);
      const hash = choiceHash(digest, choiceToken);
      const waiting = await store.connections.stateByHash(hash);
      if (waiting === undefined || waiting.sealedFound === null || waiting.expiresAt <= clock.now()) {
        throw new Conflict('stale_choice', staleChoice);
      }
      const chosen = pick(openFound(secrets, hash, waiting.clientId, waiting.sealedFound), remoteIds);
      const login = await consume(hash);
      if (login === undefined) throw new Conflict('stale_choice', staleChoice);
      await store.connections.keepFound(hash, null);
      return connect(login, chosen);
    },
  };
}

function assertUnlocked(deps: Pick<Deps, 'locked'>): void {
  const reason = deps.locked();
  if (reason !== null) throw new Locked(reason);
}

async function ownerOf(
  deps: Deps,
  client: { clientId: string } | { onboardingToken: string },
): Promise<{ clientId: string; linkId: string | null; nextStep: Next }> {
  if ('onboardingToken' in client) {
    const token = client.onboardingToken;
    const link = await deps.onboarding.open(token);
    if (link.kind === 'refused') throw new Conflict(`link_${link.code}`, link.reason);
    return { clientId: link.client.id, linkId: link.linkId, nextStep: { kind: 'onboarding', token } };
  }
  const { id, name, status } = await clientOf(deps.store, client.clientId);
  if (status === 'archived') throw new Conflict('archived', `${name} is archived. Make it active first.`);
  return { clientId: id, linkId: null, nextStep: { kind: 'client', clientId: id } };
}

/** Name of another client that has this account connected. */
async function otherClient(
  store: Pick<Deps['store'], 'accounts' | 'clients'>,
  clientId: string,
  platform: Platform,
  remoteId: string,
): Promise<string | null> {
  const others = await store.accounts.findByRemote(platform, remoteId);
  const other = others.find((account) => account.clientId !== clientId && account.disconnectedAt === null);
  const client = other === undefined ? undefined : await store.clients.get(other.clientId);
  return client?.name ?? null;
}

function refused(reason: string, next: Next): ConnectResult {
  return { kind: 'refused', reason, next };
}

function declined(platform: Platform, error: string | null): string {
  const name = platformNames[platform];
  return error === 'access_denied'
    ? `The login at ${name} was cancelled. Nothing was connected.`
    : `${name} ended the login with an error. Nothing was connected; try again.`;
}

function whyNotExchanged(deps: Deps, platform: Platform, error: unknown): string {
  if (error instanceof NetworkFailure) {
    deps.log.warn('a login could not be finished', { platform, class: error.failure.class, code: error.failure.code });
    return `${platformNames[platform]} did not complete the login: ${error.failure.message}`;
  }
  throw error;
}

function nothingUsable(platform: Platform, found: readonly FoundAccount[]): string {
  if (found.length === 0) return `${nothingFound[platform]} Nothing was connected.`;
  const reasons = found.map(({ displayName, missing }) => `${displayName}: ${missing.join(' ')}`);
  return `Nothing was connected. ${reasons.join(' ')}`;
}

const nothingFound: Record<Platform, string> = {
  facebook: 'This login manages no Facebook Page, or gave no access to one.',
  instagram: 'No Instagram business account is linked to a Facebook Page of this login.',
  tiktok: 'This login gave no access to a TikTok account.',
};

function pick(found: readonly FoundAccount[], remoteIds: readonly string[]): FoundAccount[] {
  const chosen = found.filter(({ remoteId, missing }) => remoteIds.includes(remoteId) && missing.length === 0);
  if (chosen.length === 0 || chosen.length !== new Set(remoteIds).size) {
    throw new Unprocessable([
      { field: 'remoteIds', code: 'choice', message: 'Choose at least one of the accounts that can be connected.' },
    ]);
  }
  return chosen;
}
