import { z } from 'zod';
import type { CredentialInput } from '../../../shared/contract/admin.ts';
import type { Provider } from '../../../shared/domain/platform.ts';
import { phrase } from '../../../shared/domain/phrase.ts';
import { Unprocessable } from '../errors.ts';
import { Secret } from '../ports/index.ts';

const secret = z.string().transform((text) => new Secret(text));
const app = z.object({ appId: z.string(), appSecret: secret });
const schemas = {
  groq: z.object({ apiKey: secret }),
  replicate: z.object({ apiToken: secret }),
  meta: app,
  instagram: app,
  tiktok: z.object({ clientKey: z.string(), clientSecret: secret }),
};

/** The secrets of each service, as its adapter needs them. */
export type ProviderSecrets = { [P in Provider]: z.infer<(typeof schemas)[P]> };

/** A service's keys by the names its own pages use; plain text, to be sealed. */
export type Credential = Record<string, string>;

interface Field {
  name: string;
  /** What people and other services call the same thing. */
  aliases: readonly (keyof CredentialInput)[];
}

const publicId = ['appId', 'clientId', 'clientKey', 'key'] as const;
const privateHalf = ['appSecret', 'clientSecret', 'secret'] as const;
const singleKey = ['apiKey', 'apiToken', 'token', 'key'] as const;

const fields: Record<Provider, readonly Field[]> = {
  groq: [{ name: 'apiKey', aliases: singleKey }],
  replicate: [{ name: 'apiToken', aliases: singleKey }],
  meta: [
    { name: 'appId', aliases: publicId },
    { name: 'appSecret', aliases: privateHalf },
  ],
  instagram: [
    { name: 'appId', aliases: publicId },
    { name: 'appSecret', aliases: privateHalf },
  ],
  tiktok: [
    { name: 'clientKey', aliases: publicId },
    { name: 'clientSecret', aliases: privateHalf },
  ],
};

export const providerNames: Record<Provider, string> = {
  groq: 'Groq',
  replicate: 'Replicate',
  meta: 'Meta',
  instagram: 'Instagram',
  tiktok: 'TikTok',
};

/** The keys a service needs out of what was given. @throws {Unprocessable} when one is missing or one too many is there */
export function credentialOf(provider: Provider, input: CredentialInput): Credential {
  const wanted = fields[provider];
  const service = providerNames[provider];
  const needed = wanted.map(({ name }) => name).join(', ');
  const given = Object.entries(input).filter(
    (entry): entry is [keyof CredentialInput, string] => entry[1] !== undefined,
  );
  const credential: Credential = {};
  for (const { name, aliases } of wanted) {
    const values = given.filter(([key]) => aliases.includes(key));
    const [value] = values;
    if (value === undefined) throw unfit(name, 'missing', phrase`${service} needs ${name}. Give ${needed}.`);
    if (values.length > 1) throw unfit(name, 'twice', `${name} is given more than once. Give ${needed}.`);
    credential[name] = value[1];
  }
  const stray = given.find(([key]) => !wanted.some(({ aliases }) => aliases.includes(key)));
  if (stray !== undefined) {
    throw unfit(stray[0], 'unknown', `${service} has no ${stray[0]}. Give ${needed}.`);
  }
  return credential;
}

/** Enough to recognise a credential by: the app's id, or the last four characters of a long key. */
export function hintOf(provider: Provider, credential: Credential): string {
  const [first] = fields[provider];
  const value = credential[first?.name ?? ''] ?? '';
  if (fields[provider].length > 1) return value;
  return value.length >= 12 ? `…${value.slice(-4)}` : '…';
}

/** Null when the keys are not those that the service needs. */
export function secretsFrom<P extends Provider>(provider: P, credential: unknown): ProviderSecrets[P] | null {
  const parsed = schemas[provider].safeParse(credential);
  return parsed.success ? (parsed.data as ProviderSecrets[P]) : null;
}

function unfit(field: string, code: string, message: string): Unprocessable {
  return new Unprocessable([{ field, code, message }]);
}
