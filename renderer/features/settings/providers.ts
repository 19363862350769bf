import type { CredentialInput } from '../../../shared/contract/admin.ts';
import type { Provider } from '../../../shared/domain/platform.ts';

interface Field {
  /** Name in the contract. */
  name: string;
  label: string;
  secret: boolean;
}

/** What each service is for, where its keys come from, and which fields they have. */
export const providerLooks: Record<Provider, { name: string; purpose: string; fields: readonly Field[] }> = {
  groq: {
    name: 'Groq',
    purpose: 'Writes captions. Keys are made in the Groq console.',
    fields: [{ name: 'apiKey', label: 'API key', secret: true }],
  },
  replicate: {
    name: 'Replicate',
    purpose: 'Makes pictures and videos. Tokens are in your Replicate account.',
    fields: [{ name: 'apiToken', label: 'API token', secret: true }],
  },
  meta: {
    name: 'Meta app',
    purpose: 'Facebook Pages, and Instagram through them. From your app in Meta for Developers.',
    fields: [
      { name: 'appId', label: 'App ID', secret: false },
      { name: 'appSecret', label: 'App secret', secret: true },
    ],
  },
  instagram: {
    name: 'Instagram app',
    purpose:
      'Only for Instagram accounts without a Facebook Page. It has an ID and secret of its own, beside the Meta app’s.',
    fields: [
      { name: 'appId', label: 'Instagram app ID', secret: false },
      { name: 'appSecret', label: 'Instagram app secret', secret: true },
    ],
  },
  tiktok: {
    name: 'TikTok app',
    purpose: 'From your app in TikTok for Developers.',
    fields: [
      { name: 'clientKey', label: 'Client key', secret: false },
      { name: 'clientSecret', label: 'Client secret', secret: true },
    ],
  },
};

/** Typed fields as the contract wants them for the provider. */
export function credentialInput(provider: Provider, values: Record<string, string>): CredentialInput {
  const entries = providerLooks[provider].fields.map(({ name }) => [name, values[name]?.trim() ?? '']);
  return Object.fromEntries(entries) as CredentialInput;
}
