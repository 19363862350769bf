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
  /** Whether a network can fetch files from this app. */
  isReachable(): boolean;
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
      case 'instagram': {
        const keys = await credentials.secretsOf('instagram');
        return keys && [...(await checks.instagram(keys)), ...(deps.isReachable() ? [] : [unreachable])];
      }
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

/** Instagram takes the bytes of no picture, and of videos only where a Page is linked. */
const unreachable: Finding = {
  ok: false,
  message:
    'Instagram fetches the pictures and videos of accounts without a Facebook Page from this app, and this app has no public https address. Such accounts can be connected, but nothing can be published on them: give the app one as AUTOSOCIAL_PUBLIC_URL, or connect them through their Page.',
};

const loginsOf: Partial<Record<Provider, Platform[]>> = {
  meta: ['facebook', 'instagram'],
  instagram: ['instagram'],
  tiktok: ['tiktok'],
};

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
  instagram: [
    {
      ok: null,
      message:
        'Whether the app is live, whose accounts may log in before it is, and which permissions have advanced access, could not be checked: Meta tells that in its dashboard only.',
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
