import type { CredentialInput } from '../../../../shared/contract/admin.ts';
import type { Provider } from '../../../../shared/domain/platform.ts';
import type { WordKey } from '../../../i18n/i18n.ts';

interface Field {
  /** Name in the contract. */
  name: string;
  label: WordKey;
  secret: boolean;
}

/** Each service's own name, what it is for, and which fields its keys have. */
export const providerLooks: Record<Provider, { name: WordKey; purpose: WordKey; fields: readonly Field[] }> = {
  groq: {
    name: 'settings:provider.groq.name',
    purpose: 'settings:provider.groq.purpose',
    fields: [{ name: 'apiKey', label: 'settings:provider.groq.apiKey', secret: true }],
  },
  replicate: {
    name: 'settings:provider.replicate.name',
    purpose: 'settings:provider.replicate.purpose',
    fields: [{ name: 'apiToken', label: 'settings:provider.replicate.apiToken', secret: true }],
  },
  meta: {
    name: 'settings:provider.meta.name',
    purpose: 'settings:provider.meta.purpose',
    fields: [
      { name: 'appId', label: 'settings:provider.meta.appId', secret: false },
      { name: 'appSecret', label: 'settings:provider.meta.appSecret', secret: true },
    ],
  },
  instagram: {
    name: 'settings:provider.instagram.name',
    purpose: 'settings:provider.instagram.purpose',
    fields: [
      { name: 'appId', label: 'settings:provider.instagram.appId', secret: false },
      { name: 'appSecret', label: 'settings:provider.instagram.appSecret', secret: true },
    ],
  },
  tiktok: {
    name: 'settings:provider.tiktok.name',
    purpose: 'settings:provider.tiktok.purpose',
    fields: [
      { name: 'clientKey', label: 'settings:provider.tiktok.clientKey', secret: false },
      { name: 'clientSecret', label: 'settings:provider.tiktok.clientSecret', secret: true },
    ],
  },
};

/** Typed fields as the contract wants them for the provider. */
export function credentialInput(provider: Provider, values: Record<string, string>): CredentialInput {
  const entries = providerLooks[provider].fields.map(({ name }) => [name, values[name]?.trim() ?? '']);
  return Object.fromEntries(entries) as CredentialInput;
}
