import { type Provider, platformNames, type Platform } from '../../../shared/domain/platform.ts';
import { redirectOf } from '../../../shared/domain/redirects.ts';
import type { Finding, KeyChecks } from '../ports/index.ts';
import { providerNames } from './credential-shapes.ts';
import type { Credentials } from './credentials.ts';
import type { AgencySettings } from './settings.ts';

/** Finds out what is wrong with the agency's own keys and apps. */
export interface CredentialChecks {
  /** What could be told, and plainly what could not. @throws {SecretUnreadable} @throws {Locked} */
  check(provider: Provider): Promise<Finding[]>;
}

export function createCredentialChecks(deps: {
  credentials: Credentials;
  settings: Pick<AgencySettings, 'get'>;
  checks: KeyChecks;
  /** Origin that people reach this app at, without a trailing slash. */
  publicUrl(): string;
}): CredentialChecks {
  const { credentials, settings, checks } = deps;

  async function keysAt(provider: Provider): Promise<Finding[] | null> {
    switch (provider) {
      case 'groq': {
        const keys = await credentials.secretsOf('groq');
        return keys && checks.groq(keys, (await settings.get()).captionModels);
      }
      case 'replicate': {
        const keys = await credentials.secretsOf('replicate');
        return keys && checks.replicate(keys);
      }
      case 'meta': {
        const keys = await credentials.secretsOf('meta');
        return keys && checks.meta(keys);
      }
      case 'tiktok': {
        const keys = await credentials.secretsOf('tiktok');
        return keys && checks.tiktok(keys);
      }
      case 'instagram':
        return (await credentials.secretsOf('instagram')) && [instagramUntold];
    }
  }

  return {
    async check(provider) {
      const findings = await keysAt(provider);
      if (findings === null) return [{ ok: false, message: `No keys of ${providerNames[provider]} are entered yet.` }];
      const { relayUrl } = await settings.get();
      return [...findings, ...loginFindings(provider, deps.publicUrl(), relayUrl), ...(hidden[provider] ?? [])];
    },
  };
}

const instagramUntold: Finding = {
  ok: null,
  message:
    'Instagram has no call that proves this app’s ID and secret before somebody logs in. They are kept for accounts without a Facebook Page; Instagram accounts are connected through the Meta app.',
};

const loginsOf: Partial<Record<Provider, Platform[]>> = { meta: ['facebook', 'instagram'], tiktok: ['tiktok'] };

/** Where logins come back to: what works with it is known here, whether it is entered there is not. */
function loginFindings(provider: Provider, origin: string, relayUrl: string | null): Finding[] {
  const redirects = (loginsOf[provider] ?? []).map((platform) => ({
    platform,
    ...redirectOf(platform, origin, relayUrl),
  }));
  const findings = redirects.map(({ platform, uri }) => ({
    ok: null,
    message: `Whether ${uri} is entered as a redirect address for ${platformNames[platform]} could not be checked: the first login shows it.`,
  }));
  if (!redirects.some(({ isInsecure }) => isInsecure)) return findings;
  const message =
    'Logins come back to an address that is not https. Meta takes it on this computer while the app is in development mode, and never in live mode: enter a relay page for that.';
  return [...findings, { ok: null, message }];
}

const hidden: Partial<Record<Provider, Finding[]>> = {
  meta: [
    {
      ok: null,
      message:
        'Whether the app is live, and which permissions have advanced access, could not be checked: Meta tells that in its dashboard only.',
    },
  ],
  tiktok: [
    {
      ok: null,
      message:
        'Which scopes TikTok has approved, and whether the app passed the audit for direct posts, could not be checked: TikTok tells that in its portal only.',
    },
  ],
};
