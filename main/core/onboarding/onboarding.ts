import type { Account } from '../../../shared/contract/accounts.ts';
import { clientOf } from '../clients/clients.ts';
import { accountView } from '../accounts/accounts.ts';
import type { CoreDeps } from '../deps.ts';
import { isoOf } from '../instants.ts';
import type { OnboardingLinkRecord } from '../ports/index.ts';
import { randomToken } from '../random-token.ts';
import type { AgencySettings } from '../settings/settings.ts';

const dayMs = 24 * 3_600_000;

/** What a link shows, or why it shows nothing, in words for the client. */
export type OpenedLink =
  | {
      kind: 'open';
      linkId: string;
      agencyName: string;
      client: { id: string; name: string; language: string };
      accounts: Account[];
    }
  | { kind: 'refused'; code: 'unknown' | 'expired' | 'revoked'; reason: string };

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
  /** Looks a token up and counts the visit. */
  open(token: string): Promise<OpenedLink>;
}

const reasons = {
  unknown: 'This link is not complete. Open it exactly as you received it, or ask for a new one.',
  expired: 'This link is too old. Ask for a new one.',
  revoked: 'This link is no longer valid. Ask for a new one.',
};

export function createOnboarding(
  deps: Pick<CoreDeps, 'store' | 'clock' | 'random' | 'digest' | 'activity'> & {
    /** Origin that clients reach this app at, without a trailing slash. */
    publicUrl(): string;
    settings: Pick<AgencySettings, 'get'>;
  },
): Onboarding {
  const { store, clock } = deps;

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
        await deps.activity.record(
          {
            actor,
            kind: 'onboarding.link_created',
            message: `Made an onboarding link for ${name}, good for ${expiresInDays} days`,
            clientId,
          },
          repositories,
        );
      });
      return {
        url: `${deps.publicUrl()}/onboard/${token}`,
        deepLink: `autosocial://onboard/${token}`,
        expiresAt: isoOf(link.expiresAt),
      };
    },

    async open(token) {
      const link = await store.connections.linkByHash(deps.digest.sha256(token));
      if (link === undefined) return refused('unknown');
      const now = clock.now();
      if (link.revokedAt !== null) return refused('revoked');
      if (link.expiresAt <= now) return refused('expired');
      const client = await store.clients.get(link.clientId);
      if (client === undefined || client.status === 'archived') return refused('revoked');
      await store.connections.updateLink(link.id, { lastUsedAt: now, uses: link.uses + 1 });
      return {
        kind: 'open',
        linkId: link.id,
        agencyName: (await deps.settings.get()).agencyName,
        client: { id: client.id, name: client.name, language: client.language },
        accounts: (await store.accounts.listOfClient(client.id)).map(accountView),
      };
    },
  };
}

function refused(code: keyof typeof reasons): OpenedLink {
  return { kind: 'refused', code, reason: reasons[code] };
}
