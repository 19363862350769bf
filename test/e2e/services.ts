import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type GroqSimulator, startGroqSimulator } from '../../main/sandbox/groq/groq-simulator.ts';
import { type MetaSimulator, startMetaSimulator } from '../../main/sandbox/meta/index.ts';
import { type ReplicateSimulator, startReplicateSimulator } from '../../main/sandbox/replicate/replicate-simulator.ts';
import type { LedgerEntry } from '../../main/sandbox/simulator.ts';
import { startTikTokSimulator, type TikTokSimulator } from '../../main/sandbox/tiktok/index.ts';
import type { Platform } from '../../shared/domain/platform.ts';

export const videoAssets = join(import.meta.dirname, '..', '..', 'main', 'sandbox', 'replicate', 'assets');

const metaApp = { id: '5550001112223', secret: 'meta-app-secret-of-the-live-agency' };
/** Typed into the settings: there are no variables for it. */
export const instagramApp = { appId: '7770001112223', appSecret: 'instagram-app-secret-of-the-live-agency' };
const tiktokApp = { clientKey: 'awliveagencykey01', clientSecret: 'tiktok-client-secret-of-the-live-agency' };
const groqKey = 'gsk_key-of-the-live-agency';
const replicateToken = 'r8_token-of-the-live-agency';

/** A login dialog as it was asked for, and who clicks through it. */
export interface LoginClick {
  /** Address of the network's dialog. */
  dialog: string;
  personId?: string;
  /** Pages that are ticked; all of them when nothing is said. */
  pageIds?: string[];
  creatorId?: string;
  /** Who logs in where the dialog is Instagram's own. */
  instagramId?: string;
}

/**
 * Groq, Replicate, Meta and TikTok as a host in the live profile meets them: in the test's own
 * process, with apps and keys that have nothing to do with the sandbox's.
 */
export interface Services {
  meta: MetaSimulator;
  tiktok: TikTokSimulator;
  groq: GroqSimulator;
  replicate: ReplicateSimulator;
  /** Profile, key, credentials and base URLs for the host's process. */
  environment: Record<string, string>;
  /** What the agency must never see in the open: its own secrets, by name. */
  secrets: Record<string, string>;
  /** Clicks through a login. @returns the address that the network sends the browser back to */
  logIn(platform: Platform, click: LoginClick): string;
  close(): Promise<void>;
}

/** @param dir folder in which the simulators keep what they know; null for memory only */
export async function startServices(dir: string | null = null): Promise<Services> {
  const now = () => Date.now();
  const [meta, tiktok, groq, replicate] = await Promise.all([
    startMetaSimulator({ now, dir }),
    startTikTokSimulator({ now, dir }),
    startGroqSimulator({ now, dir, apiKeys: [groqKey] }),
    startReplicateSimulator({ now, dir, tokens: [replicateToken], videoAssets }),
  ]);
  const { appId: instagramAppId, appSecret: instagramAppSecret } = instagramApp;
  meta.registerApp({ ...metaApp, redirectUris: [], development: true, instagramAppId, instagramAppSecret });
  tiktok.registerApp({ ...tiktokApp, redirectUris: ['http://127.0.0.1:*/api/auth/tiktok/callback'], audited: true });
  Object.assign(replicate.settings, { startingMs: 5, processingMs: { image: 20, video: 20 } });
  const masterKey = randomBytes(32).toString('base64');

  return {
    meta,
    tiktok,
    groq,
    replicate,
    environment: {
      AUTOSOCIAL_PROFILE: 'live',
      AUTOSOCIAL_MASTER_KEY: masterKey,
      GROQ_API_KEY: groqKey,
      REPLICATE_API_TOKEN: replicateToken,
      META_APP_ID: metaApp.id,
      META_APP_SECRET: metaApp.secret,
      TIKTOK_CLIENT_KEY: tiktokApp.clientKey,
      TIKTOK_CLIENT_SECRET: tiktokApp.clientSecret,
      GROQ_BASE_URL: groq.origin,
      REPLICATE_BASE_URL: replicate.origins.api,
      REPLICATE_DELIVERY_BASE_URL: replicate.origins.delivery,
      FACEBOOK_GRAPH_BASE_URL: meta.origins.graph,
      FACEBOOK_WWW_BASE_URL: meta.origins.www,
      FACEBOOK_RUPLOAD_BASE_URL: meta.origins.rupload,
      INSTAGRAM_GRAPH_BASE_URL: meta.origins.instagramGraph,
      INSTAGRAM_API_BASE_URL: meta.origins.instagramApi,
      INSTAGRAM_WWW_BASE_URL: meta.origins.instagramWww,
      TIKTOK_API_BASE_URL: tiktok.origins.api,
      TIKTOK_WWW_BASE_URL: tiktok.origins.www,
    },
    secrets: {
      'master key': masterKey,
      'Groq key': groqKey,
      'Replicate token': replicateToken,
      'Meta app secret': metaApp.secret,
      'Instagram app secret': instagramApp.appSecret,
      'TikTok client secret': tiktokApp.clientSecret,
    },
    logIn: (platform, click) => {
      const asked = new URL(click.dialog).searchParams;
      const redirectUri = asked.get('redirect_uri') ?? '';
      const scopes = (asked.get('scope') ?? '').split(',');
      const isInstagram = new URL(click.dialog).origin === meta.origins.instagramWww;
      const code =
        platform === 'tiktok'
          ? tiktok.consent({
              creatorId: click.creatorId ?? '',
              clientKey: asked.get('client_key') ?? '',
              redirectUri,
              scopes,
              codeChallenge: asked.get('code_challenge') ?? undefined,
            })
          : isInstagram
            ? meta.instagramConsent({
                instagramId: click.instagramId ?? '',
                appId: metaApp.id,
                redirectUri,
                scopes,
              })
            : meta.consent({
                personId: click.personId ?? '',
                appId: asked.get('client_id') ?? '',
                redirectUri,
                scopes,
                pageIds: click.pageIds,
              });
      return `${redirectUri}?${new URLSearchParams({ code, state: asked.get('state') ?? '' })}`;
    },
    close: async () => {
      await Promise.all([meta, tiktok, groq, replicate].map((service) => service.close()));
    },
  };
}

/** What followers or creators got to see: ledger entries of one kind whose text holds `text`. */
export function seenBy({ meta, tiktok }: Services, operation: string, text = ''): LedgerEntry[] {
  const { entries } = operation.startsWith('tiktok') ? tiktok.ledger : meta.ledger;
  return entries.filter((entry) => entry.operation === operation && String(entry.detail.text).includes(text));
}
