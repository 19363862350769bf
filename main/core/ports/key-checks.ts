import type { Secret } from './secrets.ts';

/** One thing that a check of keys found out. */
export interface Finding {
  /** Null: it could not be told. */
  ok: boolean | null;
  /** For a person; what to do where something is wrong. */
  message: string;
}

/** Asks each service, by calls that cost and change nothing, whether it accepts the agency's keys. Never throws. */
export interface KeyChecks {
  /** @param models ids that should be served */
  groq(keys: { apiKey: Secret }, models: readonly string[]): Promise<Finding[]>;
  replicate(keys: { apiToken: Secret }): Promise<Finding[]>;
  meta(keys: { appId: string; appSecret: Secret }): Promise<Finding[]>;
  /** Of Instagram's own login. */
  instagram(keys: { appId: string; appSecret: Secret }): Promise<Finding[]>;
  tiktok(keys: { clientKey: string; clientSecret: Secret }): Promise<Finding[]>;
}
