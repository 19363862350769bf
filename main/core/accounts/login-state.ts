import { z } from 'zod';
import { platforms, usualVia, vias } from '../../../shared/domain/platform.ts';
import {
  type Digest,
  type FoundAccount,
  type OAuthStateRecord,
  type SealedPlace,
  Secret,
  type SecretStore,
  SecretUnreadable,
} from '../ports/index.ts';
import type { Next } from './connect.ts';

/** Only hashes are kept; what a login and what a choice is named by can never be taken for each other. */
export function stateHash(digest: Digest, state: string): string {
  return digest.sha256(`login:${state}`);
}

/** Names the choice between the accounts that a login has found. */
export function choiceHash(digest: Digest, choiceToken: string): string {
  return digest.sha256(`choice:${choiceToken}`);
}

/** Names the window a login was begun in. */
export function windowHash(digest: Digest, window: string): string {
  return digest.sha256(`window:${window}`);
}

/** Whether one of these names is that of the window the login was begun in. */
export function isBegunIn(
  digest: Digest,
  { windowHash: begunIn }: Pick<OAuthStateRecord, 'windowHash'>,
  windows: readonly string[],
): boolean {
  return windows.some((window) => windowHash(digest, window) === begunIn);
}

/** A login under way: its row, and what of it is sealed there. */
export interface Login {
  record: OAuthStateRecord;
  codeVerifier: string;
  /** Where the person goes on after it. */
  nextStep: Next;
}

/** Seals the part of a login that could be used by whoever reads the file. */
export function sealLogin(
  secrets: SecretStore,
  hash: string,
  clientId: string,
  { codeVerifier, nextStep }: Pick<Login, 'codeVerifier' | 'nextStep'>,
): string {
  return secrets.seal(new Secret(JSON.stringify({ codeVerifier, nextStep })), loginPlace(hash, clientId));
}

/** Undefined when it was sealed with another key: such a login is begun anew. */
export function openLogin(secrets: SecretStore, record: OAuthStateRecord): Login | undefined {
  try {
    const place = loginPlace(record.stateHash, record.clientId);
    const opened = loginSchema.parse(JSON.parse(secrets.open(record.sealedCodeVerifier, place).reveal()));
    return { record, ...opened };
  } catch (error) {
    if (error instanceof SecretUnreadable) return undefined;
    throw error;
  }
}

const loginSchema = z.object({
  codeVerifier: z.string(),
  nextStep: z.union([
    z.object({ kind: z.literal('client'), clientId: z.string() }),
    z.object({ kind: z.literal('onboarding'), token: z.string() }),
  ]),
});

/** Seals the accounts a login found, tokens and all, until one is chosen. */
export function sealFound(
  secrets: SecretStore,
  hash: string,
  clientId: string,
  found: readonly FoundAccount[],
): string {
  const plain = found.map((account) => ({
    ...account,
    accessToken: account.accessToken.reveal(),
    refreshToken: account.refreshToken?.reveal() ?? null,
    userToken: account.userToken?.reveal() ?? null,
  }));
  return secrets.seal(new Secret(JSON.stringify(plain)), foundPlace(hash, clientId));
}

/** @throws {SecretUnreadable} */
export function openFound(secrets: SecretStore, hash: string, clientId: string, sealed: string): FoundAccount[] {
  return foundSchema.parse(JSON.parse(secrets.open(sealed, foundPlace(hash, clientId)).reveal()));
}

const secret = z.string().transform((text) => new Secret(text));
const foundSchema = z.array(
  z
    .object({
      platform: z.enum(platforms),
      via: z.enum(vias).optional(),
      remoteId: z.string(),
      displayName: z.string(),
      username: z.string().nullable(),
      pageId: z.string().nullable(),
      loginId: z.string().nullable().default(null),
      accessToken: secret,
      refreshToken: secret.nullable(),
      userToken: secret.nullable(),
      expiresAt: z.number().nullable(),
      refreshExpiresAt: z.number().nullable(),
      scopes: z.array(z.string()),
      missing: z.array(z.string()),
    })
    // One that an older version found.
    .transform(({ via, ...account }) => ({ ...account, via: via ?? usualVia(account.platform) })),
);

function loginPlace(hash: string, clientId: string): SealedPlace {
  return { table: 'oauth_states', column: 'code_verifier', rowId: hash, accountId: clientId };
}

function foundPlace(hash: string, clientId: string): SealedPlace {
  return { table: 'oauth_states', column: 'found', rowId: hash, accountId: clientId };
}
