import type { Account, OnboardingLink } from '../../../shared/contract/accounts.ts';
import { phrase } from '../../../shared/domain/phrase.ts';
import { clientOf } from '../clients/clients.ts';
import { accountView } from '../accounts/accounts.ts';
import type { CoreDeps } from '../deps.ts';
import { NotFound } from '../errors.ts';
import { isoOf, isoOrNull } from '../instants.ts';
import type { ClientRecord, OnboardingLinkRecord, Repositories } from '../ports/index.ts';
import { randomToken } from '../random-token.ts';
import type { AgencySettings } from '../settings/settings.ts';

const dayMs = 24 * 3_600_000;

/** What a link shows, or why it shows nothing. */
export type OpenedLink =
  | {
      kind: 'open';
      linkId: string;
      agency: { name: string; contact: string; color: string | null };
      client: { id: string; name: string; language: string };
      accounts: Account[];
      /** Instagram can be connected by its own login as well, without a Facebook Page. */
      offersInstagramLogin: boolean;
    }
  /** The reason is in English, for whoever has no page in the client's language. */
  | { kind: 'refused'; code: keyof typeof reasons; reason: string };

/** Links with which a client connects its own accounts, without a login here. */
export interface Onboarding {
  /**
   * A new link. Its token is in the answer and nowhere else: only its hash is kept. @throws {NotFound}
   */
  createLink(
    clientId: string,
    expiresInDays: number,
    actor: string,
  ): Promise<{ url: string; deepLink: string; expiresAt: string }>;
  /** Every link that was made for a client, newest first. @throws {NotFound} */
  links(clientId: string): Promise<OnboardingLink[]>;
  /** Ends a link at once; one that has been revoked stays so. @throws {NotFound} */
  revokeLink(clientId: string, linkId: string, actor: string): Promise<void>;
  /** Looks a token up and counts the visit. */
  open(token: string): Promise<OpenedLink>;
  /** Looks a token up without counting. */
  look(token: string): Promise<OpenedLink>;
  /** The client has connected everything: the link ends. Answers what it showed last, or why it showed nothing. */
  finish(token: string): Promise<OpenedLink>;
}

const reasons = {
  unknown: 'This link is not complete. Open it exactly as you received it, or ask for a new one.',
  expired: 'This link is too old. Ask for a new one.',
  revoked: 'This link is no longer valid. Ask for a new one.',
  done: 'This link has done its work. Ask for a new one to connect more.',
};

type Deps = Pick<CoreDeps, 'store' | 'clock' | 'random' | 'digest' | 'activity' | 'changes'> & {
  /** Origin that clients reach this app at, without a trailing slash. */
  publicUrl(): string;
  /** Whether the agency can publish for accounts of Instagram's own login. */
  offersInstagramLogin(): Promise<boolean>;
  settings: Pick<AgencySettings, 'get'>;
};

export function createOnboarding(deps: Deps): Onboarding {
  const { store, clock, changes } = deps;

  return {
    async createLink(clientId, expiresInDays, actor) {
      const token = randomToken(deps.random);
      const now = clock.now();
      const link: OnboardingLinkRecord = {
        id: deps.random.id(),
        clientId,
        tokenHash: deps.digest.sha256(token),
        createdAt: now,
        expiresAt: now + expiresInDays * dayMs,
        revokedAt: null,
        lastUsedAt: null,
        uses: 0,
      };
      await store.transaction(async (repositories) => {
        const { name } = await clientOf(repositories, clientId);
        await repositories.connections.insertLink(link);
        const message = phrase`Made an onboarding link for ${name}, good for ${expiresInDays} days`;
        await deps.activity.record({ actor, kind: 'onboarding.link_created', message, clientId }, repositories);
      });
      changes.tell('link.changed', link.id, clientId);
      return {
        url: `${deps.publicUrl()}/onboard/${token}`,
        deepLink: `autosocial://onboard/${token}`,
        expiresAt: isoOf(link.expiresAt),
      };
    },

    async links(clientId) {
      await clientOf(store, clientId);
      const links = await store.connections.linksOfClient(clientId);
      return Promise.all(links.map(async (link) => linkView(link, await doneAt(store, link.id), clock.now())));
    },

    async revokeLink(clientId, linkId, actor) {
      await store.transaction(async (repositories) => {
        const { name } = await clientOf(repositories, clientId);
        const link = await repositories.connections.linkById(linkId);
        if (link === undefined || link.clientId !== clientId) throw new NotFound('onboarding link', linkId);
        if (link.revokedAt !== null) return;
        await repositories.connections.updateLink(linkId, { revokedAt: clock.now() });
        const message = phrase`Revoked an onboarding link of ${name}`;
        await deps.activity.record({ actor, kind: 'onboarding.link_revoked', message, clientId }, repositories);
      });
      changes.tell('link.changed', linkId, clientId);
    },

    async open(token) {
      const found = await find(deps, token);
      if (typeof found === 'string') return refused(found);
      const { link, client } = found;
      await store.connections.updateLink(link.id, { lastUsedAt: clock.now(), uses: link.uses + 1 });
      changes.tell('link.changed', link.id, client.id);
      return shown(deps, link, client);
    },

    async look(token) {
      const found = await find(deps, token);
      return typeof found === 'string' ? refused(found) : shown(deps, found.link, found.client);
    },

    async finish(token) {
      const found = await find(deps, token);
      if (typeof found === 'string') return refused(found);
      const { link, client } = found;
      await store.transaction(async (repositories) => {
        await repositories.settings.put(doneKey(link.id), clock.now(), clock.now());
        const message = phrase`${client.name} has finished connecting with its onboarding link`;
        await deps.activity.record(
          { actor: 'onboarding link', kind: 'onboarding.done', message, clientId: client.id },
          repositories,
        );
      });
      changes.tell('link.changed', link.id, client.id);
      return shown(deps, link, client);
    },
  };
}

/** A link that is open and its client, or why there is nothing to show. */
async function find(
  { store, clock, digest }: Deps,
  token: string,
): Promise<{ link: OnboardingLinkRecord; client: ClientRecord } | keyof typeof reasons> {
  const link = await store.connections.linkByHash(digest.sha256(token));
  if (link === undefined) return 'unknown';
  const state = stateOf(link, await doneAt(store, link.id), clock.now());
  if (state !== 'open') return state;
  const client = await store.clients.get(link.clientId);
  return client === undefined || client.status === 'archived' ? 'revoked' : { link, client };
}

async function shown(
  { store, settings, offersInstagramLogin }: Pick<Deps, 'store' | 'settings' | 'offersInstagramLogin'>,
  link: OnboardingLinkRecord,
  { id, name, language }: ClientRecord,
): Promise<OpenedLink> {
  const { agencyName, agencyContact, brandColor } = await settings.get();
  const accounts = (await store.accounts.listOfClient(id)).map(accountView);
  return {
    kind: 'open',
    linkId: link.id,
    agency: { name: agencyName, contact: agencyContact, color: brandColor },
    client: { id, name, language },
    accounts,
    offersInstagramLogin: await offersInstagramLogin(),
  };
}

function refused(code: keyof typeof reasons): OpenedLink {
  return { kind: 'refused', code, reason: reasons[code] };
}

function stateOf(link: OnboardingLinkRecord, done: number | null, now: number): OnboardingLink['state'] {
  if (link.revokedAt !== null) return 'revoked';
  if (done !== null) return 'done';
  return link.expiresAt <= now ? 'expired' : 'open';
}

function linkView(link: OnboardingLinkRecord, done: number | null, now: number): OnboardingLink {
  return {
    id: link.id,
    state: stateOf(link, done, now),
    createdAt: isoOf(link.createdAt),
    expiresAt: isoOf(link.expiresAt),
    revokedAt: isoOrNull(link.revokedAt),
    doneAt: isoOrNull(done),
    uses: link.uses,
    lastUsedAt: isoOrNull(link.lastUsedAt),
  };
}

/** UTC ms at which the client finished. */
async function doneAt({ settings }: Pick<Repositories, 'settings'>, linkId: string): Promise<number | null> {
  const at = await settings.get(doneKey(linkId));
  return typeof at === 'number' ? at : null;
}

function doneKey(linkId: string): string {
  return `onboarding-done:${linkId}`;
}
