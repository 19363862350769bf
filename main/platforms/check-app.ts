import { phrase } from '../../shared/domain/phrase.ts';
import { z } from 'zod';
import { type Finding, type KeyChecks, NetworkFailure, Secret } from '../core/ports/index.ts';
import type { Graph } from './graph.ts';
import type { InstagramLogin } from './instagram-login.ts';
import type { TikTokLogin } from './tiktok-login.ts';

const inspectedSchema = z.object({ data: z.object({ is_valid: z.boolean() }) });

/** Whether the networks accept an app's id and secret, without anybody logging in. */
export function createAppChecks(
  graph: Graph,
  instagram: InstagramLogin,
  tiktok: TikTokLogin,
): Pick<KeyChecks, 'meta' | 'instagram' | 'tiktok'> {
  return {
    /** Token inspection is open to the app itself only, so any answer to it proves id and secret. */
    meta: ({ appId, appSecret }) =>
      asked('Meta', async () => {
        const token = new Secret(`${appId}|${appSecret.reveal()}`);
        const body = await graph.get({ token, remoteId: 'login', isApp: true }, 'debug_token', { input_token: 'none' });
        return inspectedSchema.safeParse(body).success ? 'accepted' : 'untold';
      }),

    /** A login code that was made up is refused for the code, once id and secret have passed. */
    instagram: (app) =>
      asked('Instagram', async () => ((await instagram.refusesOnlyTheCode(app)) ? 'accepted' : 'untold')),

    /** As at Instagram: TikTok has no call that is the app's own. */
    tiktok: (app) => asked('TikTok', async () => ((await tiktok.refusesOnlyTheCode(app)) ? 'accepted' : 'untold')),
  };
}

const accepted = {
  Meta: 'Meta accepts app ID and app secret.',
  Instagram: 'Instagram accepts Instagram app ID and secret.',
  TikTok: 'TikTok accepts client key and client secret.',
};
const refused = {
  Meta: 'Meta refuses app ID and app secret. Compare both with App settings → Basic; an app of the type “Native/Desktop” is refused too: switch that off under Advanced.',
  Instagram:
    'Instagram refuses Instagram app ID and secret. They are not those of the Meta app: compare both with Instagram → API setup with Instagram login, under Business login settings.',
  TikTok:
    'TikTok refuses client key and client secret. Compare both with the app’s page; sandbox and production have different ones.',
};

async function asked(network: keyof typeof accepted, ask: () => Promise<'accepted' | 'untold'>): Promise<Finding[]> {
  try {
    const answer = await ask();
    return [
      answer === 'accepted'
        ? { ok: true, message: accepted[network] }
        : untold(network, phrase`its answer could not be read`),
    ];
  } catch (error) {
    if (!(error instanceof NetworkFailure)) throw error;
    return [isRefusal(error) ? { ok: false, message: refused[network] } : untold(network, error.message)];
  }
}

/** TikTok's names for wrong keys and ours at Instagram, and Meta's codes for an app or token that it does not know. */
const refusals = ['invalid_client', 'unauthorized_client', 'app_refused', '1', '100', '101', '190'];

function isRefusal({ failure }: NetworkFailure): boolean {
  const [code = ''] = failure.code.split('/');
  return refusals.includes(code);
}

function untold(network: string, why: string): Finding {
  return { ok: null, message: `ID and secret could not be checked at ${network}: ${why}` };
}
