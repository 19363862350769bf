import type { Account } from '../../../shared/contract/accounts.ts';
import type { Way } from '../../../shared/domain/permissions.ts';
import { type Platform, platformNames, usualVia, type Via } from '../../../shared/domain/platform.ts';
import { phrase } from '../../../shared/domain/phrase.ts';
import { clientOf } from '../clients/clients.ts';
import type { CoreDeps } from '../deps.ts';
import { Conflict, Locked } from '../errors.ts';
import type { Onboarding } from '../onboarding/onboarding.ts';
import { type FoundAccount, NetworkFailure } from '../ports/index.ts';
import { randomToken } from '../random-token.ts';
import { accountView } from './accounts.ts';
import { assertConfirmed, pick } from './choosing.ts';
import {
  choiceHash,
  isBegunIn,
  type Login,
  openFound,
  openLogin,
  sealFound,
  sealLogin,
  stateHash,
  windowHash,
} from './login-state.ts';
import { begunElsewhere, declined, nothingFound, nothingUsable, staleChoice, staleLogin } from './login-words.ts';
import { rowsOf } from './same-account.ts';
import { saveAccount } from './save-account.ts';

/** A login is finished within this, or begun anew. */
const stateLifeMs = 10 * 60_000;

/** An account the login found, for the person to choose from. */
export interface Choice extends Way {
  remoteId: string;
  displayName: string;
  username: string | null;
  /** The permissions that were given for it. */
  scopes: string[];
  /** Why it cannot be chosen, in words for a person; empty when it can. */
  missing: string[];
  /** Another client has it connected, so that choosing it must be confirmed. */
  isShared: boolean;
  /** That client's name; never told to a client itself. */
  usedBy: string | null;
}

/** Where the person goes on afterwards; `home` when nobody knows whose login it was. */
export type Next = { kind: 'client'; clientId: string } | { kind: 'onboarding'; token: string } | { kind: 'home' };

export type Connected = { kind: 'connected'; accounts: Account[]; next: Next };
export type Offer = Way & { kind: 'choose'; choiceToken: string; found: Choice[]; next: Next };
export interface Refused extends Way {
  kind: 'refused';
  code: 'stale' | 'elsewhere' | 'cancelled' | 'failed' | 'gone' | 'nothing' | 'missing';
  /** For a person, in English. */
  reason: string;
  /** What the login found and cannot be used; with `missing` only. */
  found: Choice[];
  next: Next;
}
export type ConnectResult = Connected | Offer | Refused;

/** Connects social accounts by OAuth. */
export interface Connect {
  /**
   * The network's login page for one client, named by its id or by a token of its onboarding link. Good
   * for ten minutes and one login. With `again`, permissions that were declined before are asked for anew;
   * `statePrefix` is what a relay page finds its way back by. `window` names where it is begun, by something that
   * only this window can show again; the login ends there or nowhere. `via` is whose login it is, where a network has
   * more than one; left out, it is the one that the client's account there is connected by, or the usual one.
   * @throws {NotFound} @throws {Conflict} the onboarding link is not valid, or the client is archived
   * @throws {Locked} @throws {NetworkFailure} the agency's app at the network is not set up
   */
  start(
    input: {
      platform: Platform;
      via?: Via;
      redirectUri: string;
      window: string;
      again?: boolean;
      statePrefix?: string;
    } & ({ clientId: string } | { onboardingToken: string }),
  ): Promise<string>;
  /**
   * Takes what the network sent the person back with. The state is used up by it, also when it came to another
   * window. `windows` are all names that the window it came to can show for itself. @throws {Locked}
   */
  finish(input: {
    platform: Platform;
    state: string;
    code: string | null;
    error: string | null;
    windows: readonly string[];
  }): Promise<ConnectResult>;
  /**
   * What a login found and nobody has chosen from yet.
   * @throws {Conflict} the choice is unknown, too old, used, or of another window @throws {Locked}
   */
  offered(choiceToken: string, windows: readonly string[]): Promise<Offer>;
  /**
   * Connects the chosen ones of the accounts a login found. A choice is good for ten minutes and once.
   * @param chosen.confirmed those that may be shared with another client
   * @throws {Conflict} the choice is unknown, too old, used, or of another window, or its onboarding link has ended
   * @throws {Unprocessable} nothing, or something that cannot be chosen, was chosen, or sharing was not confirmed;
   *   the choice stays open
   * @throws {Locked}
   */
  choose(
    choiceToken: string,
    chosen: { remoteIds: readonly string[]; confirmed?: readonly string[]; windows: readonly string[] },
  ): Promise<Connected>;
}

type Deps = Pick<
  CoreDeps,
  'store' | 'clock' | 'random' | 'digest' | 'log' | 'secrets' | 'networks' | 'activity' | 'changes' | 'locked'
> & { onboarding: Pick<Onboarding, 'look'> };

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

  async function choicesOf({ record, nextStep }: Pick<Login, 'record' | 'nextStep'>, found: readonly FoundAccount[]) {
    const choices: Choice[] = [];
    for (const account of found) {
      const { platform, via, remoteId, displayName, username, scopes, missing } = account;
      const other = await otherClient(store, record.clientId, account);
      const usedBy = nextStep.kind === 'client' ? other : null;
      const isShared = other !== null;
      choices.push({ platform, via, remoteId, displayName, username, scopes, missing, isShared, usedBy });
    }
    return choices;
  }

  async function offer(login: Login, found: readonly FoundAccount[], choices: Choice[]): Promise<Offer> {
    const { clientId, platform, via } = login.record;
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
    return { kind: 'choose', platform, via, choiceToken, found: choices, next: login.nextStep };
  }

  /** A choice that is still open, and open to this window. @throws {Conflict} */
  async function waitingChoice(hash: string, windows: readonly string[]) {
    const waiting = await store.connections.stateByHash(hash);
    const isOpen =
      waiting !== undefined &&
      waiting.consumedAt === null &&
      waiting.expiresAt > clock.now() &&
      isBegunIn(digest, waiting, windows);
    const login = isOpen && waiting.sealedFound !== null ? openLogin(secrets, waiting) : undefined;
    if (waiting?.sealedFound == null || login === undefined) throw new Conflict('stale_choice', staleChoice);
    return { login, found: openFound(secrets, hash, waiting.clientId, waiting.sealedFound) };
  }

  return {
    async start({ platform, via: wanted, redirectUri, window, again = false, statePrefix = '', ...client }) {
      assertUnlocked(deps);
      await store.connections.removeExpired(clock.now() - stateLifeMs);
      const { clientId, linkId, nextStep } = await ownerOf(deps, client);
      const via = wanted ?? (await customaryVia(store, clientId, platform));
      const state = statePrefix + randomToken(deps.random);
      const codeVerifier = randomToken(deps.random) + randomToken(deps.random);
      const hash = stateHash(digest, state);
      const now = clock.now();
      const url = await networks[platform].authorizeUrl({ via, state, redirectUri, codeVerifier, again });
      await store.connections.insertState({
        stateHash: hash,
        clientId,
        platform,
        via,
        onboardingLinkId: linkId,
        redirectUri,
        windowHash: windowHash(digest, window),
        sealedCodeVerifier: sealLogin(secrets, hash, clientId, { codeVerifier, nextStep }),
        createdAt: now,
        expiresAt: now + stateLifeMs,
        consumedAt: null,
        sealedFound: null,
      });
      return url;
    },

    async finish({ platform, state, code, error, windows }) {
      assertUnlocked(deps);
      const login = await consume(stateHash(digest, state));
      const via = login?.record.via ?? usualVia(platform);
      const refuse = (code: Refused['code'], reason: string, next: Next, found: Choice[] = []): Refused => {
        return { kind: 'refused', code, reason, platform, via, next, found };
      };
      if (login === undefined || login.record.platform !== platform)
        return refuse('stale', staleLogin, { kind: 'home' });
      if (!isBegunIn(digest, login.record, windows)) {
        deps.log.warn('a login came back to another window than it was begun in', { platform });
        return refuse('elsewhere', begunElsewhere, { kind: 'home' });
      }
      const { nextStep, codeVerifier } = login;
      if (error !== null || code === null) {
        return refuse(error === 'access_denied' ? 'cancelled' : 'failed', declined(platform, error), nextStep);
      }
      const ended = await whyEnded(deps, login);
      if (ended !== null) return refuse('gone', ended, { kind: 'home' });
      let found: FoundAccount[];
      try {
        const { redirectUri } = login.record;
        found = await networks[platform].exchangeCode({ via, code, redirectUri, codeVerifier });
      } catch (failure) {
        return refuse('failed', whyNotExchanged(deps, platform, failure), nextStep);
      }
      if (found.length === 0)
        return refuse('nothing', `${nothingFound({ platform, via })} Nothing was connected.`, nextStep);
      const choices = await choicesOf(login, found);
      if (found.every(({ missing }) => missing.length > 0)) {
        return refuse('missing', nothingUsable(found), nextStep, choices);
      }
      const [only] = choices;
      return choices.length === 1 && only?.isShared === false ? connect(login, found) : offer(login, found, choices);
    },

    async offered(choiceToken, windows) {
      assertUnlocked(deps);
      const { login, found } = await waitingChoice(choiceHash(digest, choiceToken), windows);
      const { platform, via } = login.record;
      return { kind: 'choose', platform, via, choiceToken, found: await choicesOf(login, found), next: login.nextStep };
    },

    async choose(choiceToken, { remoteIds, confirmed = [], windows }) {
      assertUnlocked(deps);
      const hash = choiceHash(digest, choiceToken);
      const waiting = await waitingChoice(hash, windows);
      const chosen = pick(waiting.found, remoteIds);
      assertConfirmed(await choicesOf(waiting.login, chosen), confirmed);
      const login = await consume(hash);
      if (login === undefined) throw new Conflict('stale_choice', staleChoice);
      await store.connections.keepFound(hash, null);
      const ended = await whyEnded(deps, login);
      if (ended !== null) throw new Conflict('ended', ended);
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
    const link = await deps.onboarding.look(token);
    if (link.kind === 'refused') throw new Conflict(`link_${link.code}`, link.reason);
    return { clientId: link.client.id, linkId: link.linkId, nextStep: { kind: 'onboarding', token } };
  }
  const { id, name, status } = await clientOf(deps.store, client.clientId);
  if (status === 'archived') throw new Conflict('archived', `${name} is archived. Make it active first.`);
  return { clientId: id, linkId: null, nextStep: { kind: 'client', clientId: id } };
}

/** A client that connects again does so as before, unless it has accounts of both kinds. */
async function customaryVia(
  { accounts }: Pick<Deps['store'], 'accounts'>,
  clientId: string,
  platform: Platform,
): Promise<Via> {
  const [first, ...others] = (await accounts.listOfClient(clientId)).filter((account) => account.platform === platform);
  return first !== undefined && others.every(({ via }) => via === first.via) ? first.via : usualVia(platform);
}

/** Why a login may not connect anything any more, although it was begun well; null when it may. */
async function whyEnded({ store, onboarding }: Deps, { record, nextStep }: Login): Promise<string | null> {
  if (nextStep.kind === 'onboarding') {
    const link = await onboarding.look(nextStep.token);
    return link.kind === 'refused' ? link.reason : null;
  }
  return (await store.clients.get(record.clientId)) === undefined ? 'This client was removed.' : null;
}

/** Name of another client that has this account connected; null too when this client has it already. */
async function otherClient(
  store: Pick<Deps['store'], 'accounts' | 'clients'>,
  clientId: string,
  found: FoundAccount,
): Promise<string | null> {
  const connected = (await rowsOf(store, found)).filter(({ disconnectedAt }) => disconnectedAt === null);
  if (connected.some((account) => account.clientId === clientId)) return null;
  const [other] = connected;
  const client = other === undefined ? undefined : await store.clients.get(other.clientId);
  return client?.name ?? null;
}

function whyNotExchanged(deps: Deps, platform: Platform, error: unknown): string {
  if (error instanceof NetworkFailure) {
    deps.log.warn('a login could not be finished', { platform, class: error.failure.class, code: error.failure.code });
    return phrase`${platformNames[platform]} did not complete the login: ${error.failure.message}`;
  }
  throw error;
}
