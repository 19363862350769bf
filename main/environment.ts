import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Endpoints } from './boot.ts';
import { liveEndpoints } from './platforms/index.ts';

/** A line for a person who started the app with settings it cannot use. */
export class BadEnvironment extends Error {
  override name = 'BadEnvironment';
}

export interface EnvironmentCredentials {
  groq?: { apiKey: string };
  replicate?: { apiToken: string };
  meta?: { appId: string; appSecret: string };
  tiktok?: { clientKey: string; clientSecret: string };
}

export interface Environment {
  profile: 'sandbox' | 'live';
  /** Why this profile, for the start-up line. */
  profileReason: string;
  dataDir: string;
  host: string;
  port: number;
  apiToken: string | null;
  /** Origin under which browsers reach the server, without a trailing slash; null: the address it listens on. */
  publicUrl: string | null;
  masterKey: string | null;
  credentials: EnvironmentCredentials;
  endpoints: Endpoints;
}

const text = z.string().trim().optional();

const schema = z.object({
  AUTOSOCIAL_DATA_DIR: text,
  AUTOSOCIAL_HOST: text,
  AUTOSOCIAL_PORT: z.coerce.number('must be a number').int().min(0).max(65_535).default(4680),
  AUTOSOCIAL_API_TOKEN: text,
  AUTOSOCIAL_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  AUTOSOCIAL_MASTER_KEY: text,
  AUTOSOCIAL_PROFILE: z.enum(['sandbox', 'live']).optional(),
  GROQ_API_KEY: text,
  REPLICATE_API_TOKEN: text,
  META_APP_ID: text,
  META_APP_SECRET: text,
  TIKTOK_CLIENT_KEY: text,
  TIKTOK_CLIENT_SECRET: text,
});

/**
 * Reads the environment (README, "Settings from the environment").
 * @param env as in `process.env`
 * @param flags command line; `--live` and `--sandbox` choose the profile
 * @throws {BadEnvironment} naming the variable, never its value
 */
export function readEnvironment(env: Record<string, string | undefined>, flags: readonly string[]): Environment {
  const given = Object.entries(env).filter(([, value]) => value?.trim() !== '');
  const parsed = schema.safeParse(Object.fromEntries(given));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new BadEnvironment(`${issue?.path.join('.')}: ${issue?.message}`);
  }
  const values = parsed.data;
  const credentials = credentialsIn(values);
  const { profile, reason } = chooseProfile(values.AUTOSOCIAL_PROFILE, flags, credentials);
  return {
    profile,
    profileReason: reason,
    dataDir: values.AUTOSOCIAL_DATA_DIR ?? defaultDataDir(env),
    host: values.AUTOSOCIAL_HOST ?? '127.0.0.1',
    port: values.AUTOSOCIAL_PORT,
    apiToken: values.AUTOSOCIAL_API_TOKEN ?? null,
    publicUrl: values.AUTOSOCIAL_PUBLIC_URL === undefined ? null : new URL(values.AUTOSOCIAL_PUBLIC_URL).origin,
    masterKey: values.AUTOSOCIAL_MASTER_KEY ?? null,
    credentials: profile === 'live' ? credentials : {},
    endpoints: endpointsIn(env),
  };
}

function credentialsIn(values: z.infer<typeof schema>): EnvironmentCredentials {
  const credentials: EnvironmentCredentials = {};
  if (values.GROQ_API_KEY !== undefined) credentials.groq = { apiKey: values.GROQ_API_KEY };
  if (values.REPLICATE_API_TOKEN !== undefined) credentials.replicate = { apiToken: values.REPLICATE_API_TOKEN };
  if (values.META_APP_ID !== undefined && values.META_APP_SECRET !== undefined) {
    credentials.meta = { appId: values.META_APP_ID, appSecret: values.META_APP_SECRET };
  }
  if (values.TIKTOK_CLIENT_KEY !== undefined && values.TIKTOK_CLIENT_SECRET !== undefined) {
    credentials.tiktok = { clientKey: values.TIKTOK_CLIENT_KEY, clientSecret: values.TIKTOK_CLIENT_SECRET };
  }
  return credentials;
}

function chooseProfile(
  wanted: 'sandbox' | 'live' | undefined,
  flags: readonly string[],
  credentials: EnvironmentCredentials,
): { profile: 'sandbox' | 'live'; reason: string } {
  if (flags.includes('--live')) return { profile: 'live', reason: 'asked for by --live' };
  if (flags.includes('--sandbox')) return { profile: 'sandbox', reason: 'asked for by --sandbox' };
  if (wanted !== undefined) return { profile: wanted, reason: 'asked for by AUTOSOCIAL_PROFILE' };
  return Object.keys(credentials).length > 0
    ? { profile: 'live', reason: 'credentials are configured' }
    : { profile: 'sandbox', reason: 'no credentials are configured' };
}

const realOrigins = {
  groq: 'https://api.groq.com',
  replicate: 'https://api.replicate.com',
  ...liveEndpoints,
};

const originVariables: Record<keyof typeof realOrigins, string> = {
  groq: 'GROQ_BASE_URL',
  replicate: 'REPLICATE_BASE_URL',
  facebookGraph: 'FACEBOOK_GRAPH_BASE_URL',
  facebookVideo: 'FACEBOOK_GRAPH_BASE_URL',
  facebookWww: 'FACEBOOK_WWW_BASE_URL',
  facebookRupload: 'FACEBOOK_RUPLOAD_BASE_URL',
  instagramGraph: 'INSTAGRAM_GRAPH_BASE_URL',
  instagramApi: 'INSTAGRAM_API_BASE_URL',
  instagramWww: 'INSTAGRAM_WWW_BASE_URL',
  tiktokApi: 'TIKTOK_API_BASE_URL',
  tiktokWww: 'TIKTOK_WWW_BASE_URL',
};

function endpointsIn(env: Record<string, string | undefined>): Endpoints {
  const overridden = Object.entries(originVariables).flatMap(([service, variable]) => {
    const origin = override(env, variable);
    return origin === null ? [] : [[service, origin] as const];
  });
  return {
    ...realOrigins,
    ...Object.fromEntries(overridden),
    replicateDelivery: override(env, 'REPLICATE_DELIVERY_BASE_URL'),
  };
}

/** An override is for tests on this computer. Anywhere else it would hand tokens to a stranger. */
function override(env: Record<string, string | undefined>, variable: string): string | null {
  const value = env[variable]?.trim();
  if (value === undefined || value === '') return null;
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url === null || !['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)) {
    throw new BadEnvironment(
      `${variable}: only an address on this computer is accepted, such as http://127.0.0.1:8080`,
    );
  }
  return url.origin;
}

function defaultDataDir(env: Record<string, string | undefined>): string {
  const home = homedir();
  if (process.platform === 'win32') return join(env.APPDATA ?? join(home, 'AppData', 'Roaming'), 'AutoSocial AI');
  if (process.platform === 'darwin') return join(home, 'Library', 'Application Support', 'AutoSocial AI');
  return join(env.XDG_DATA_HOME ?? join(home, '.local', 'share'), 'autosocial-ai');
}
