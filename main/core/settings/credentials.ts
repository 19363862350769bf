import type { z } from 'zod';
import type { CredentialInput, credentialStateSchema } from '../../../shared/contract/admin.ts';
import { type Provider, providers } from '../../../shared/domain/platform.ts';
import { phrase } from '../../../shared/domain/phrase.ts';
import type { CoreDeps } from '../deps.ts';
import { Conflict, Locked } from '../errors.ts';
import { type CredentialRecord, type SealedPlace, Secret } from '../ports/index.ts';
import {
  type Credential,
  credentialOf,
  hintOf,
  providerNames,
  type ProviderSecrets,
  secretsFrom,
} from './credential-shapes.ts';

type CredentialState = z.infer<typeof credentialStateSchema>;

/** Keys that come from outside the store and win over what is stored there. */
export interface FixedCredentials {
  source: 'environment' | 'sandbox';
  /** By service, with the names that {@link CredentialInput} knows. */
  values: Partial<Record<Provider, CredentialInput>>;
}

/** The agency's own keys for the services. They go in and never come out, but to the adapters. */
export interface Credentials {
  list(): Promise<CredentialState[]>;
  get(provider: Provider): Promise<CredentialState>;
  /** @throws {Unprocessable} @throws {Conflict} where the key is fixed from outside @throws {Locked} */
  put(provider: Provider, input: CredentialInput, actor: string): Promise<CredentialState>;
  /** For the adapters: null while nothing is set. @throws {SecretUnreadable} @throws {Locked} */
  secretsOf<P extends Provider>(provider: P): Promise<ProviderSecrets[P] | null>;
}

export function createCredentials(
  deps: Pick<CoreDeps, 'store' | 'clock' | 'secrets' | 'locked' | 'activity' | 'changes'> & {
    fixed: FixedCredentials;
  },
): Credentials {
  const { store, secrets, fixed } = deps;
  const outside = new Map<Provider, Credential>();
  for (const provider of providers) {
    const value = fixed.values[provider];
    if (value !== undefined) outside.set(provider, credentialOf(provider, value));
  }

  async function stored(provider: Provider): Promise<CredentialRecord | undefined> {
    return (await store.settings.credentials()).find((record) => record.provider === provider);
  }

  async function get(provider: Provider): Promise<CredentialState> {
    const value = outside.get(provider);
    if (value !== undefined) {
      return { provider, configured: true, hint: hintOf(provider, value), source: fixed.source };
    }
    const record = await stored(provider);
    if (record === undefined) return { provider, configured: false, hint: null, source: 'none' };
    return { provider, configured: true, hint: record.hint, source: 'stored' };
  }

  return {
    get,
    list: () => Promise.all(providers.map(get)),

    async put(provider, input, actor) {
      const credential = credentialOf(provider, input);
      assertChangeable(deps, provider);
      assertUnlocked(deps);
      await store.transaction(async (repositories) => {
        await repositories.settings.putCredential({
          provider,
          sealed: secrets.seal(new Secret(JSON.stringify(credential)), placeOf(provider)),
          hint: hintOf(provider, credential),
          updatedAt: deps.clock.now(),
        });
        const message = phrase`Changed the keys of ${providerNames[provider]}`;
        await deps.activity.record({ actor, kind: 'credentials.changed', message }, repositories);
      });
      deps.changes.tell('settings.changed');
      return get(provider);
    },

    async secretsOf(provider) {
      const value = outside.get(provider);
      if (value !== undefined) return secretsFrom(provider, value);
      const record = await stored(provider);
      if (record === undefined) return null;
      assertUnlocked(deps);
      return secretsFrom(provider, JSON.parse(secrets.open(record.sealed, placeOf(provider)).reveal()));
    },
  };
}

function assertChangeable({ fixed }: { fixed: FixedCredentials }, provider: Provider): void {
  if (fixed.source === 'sandbox') {
    const message = 'The sandbox has its own keys, and real ones never reach it. Start the live profile to set yours.';
    throw new Conflict('sandbox', message);
  }
  if (fixed.values[provider] !== undefined) {
    const message = `The keys of ${providerNames[provider]} come from environment variables. Change them there.`;
    throw new Conflict('environment', message);
  }
}

function assertUnlocked(deps: Pick<CoreDeps, 'locked'>): void {
  const reason = deps.locked();
  if (reason !== null) throw new Locked(reason);
}

function placeOf(provider: Provider): SealedPlace {
  return { table: 'credentials', column: 'sealed', rowId: provider, accountId: provider };
}
