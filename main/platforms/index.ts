import { setTimeout as sleep } from 'node:timers/promises';
import type { KeyChecks } from '../core/ports/key-checks.ts';
import type { Networks } from '../core/ports/networks.ts';
import { createAppChecks } from './check-app.ts';
import type { Context } from './context.ts';
import { createFacebook } from './facebook.ts';
import { Graph } from './graph.ts';
import { fetchHttp } from './http.ts';
import { createInstagram } from './instagram.ts';
import { InstagramLogin } from './instagram-login.ts';
import { byItself, throughPage } from './instagram-ways.ts';
import { FacebookLogin } from './meta-login.ts';
import { RateGauge } from './rate-gauge.ts';
import { TikTok } from './tiktok.ts';
import { TikTokApi } from './tiktok-api.ts';
import { TikTokLogin } from './tiktok-login.ts';

export type { Endpoints } from './context.ts';
export { countingCalls } from './counting-calls.ts';
export { createHandouts, handoutPath, type Handouts } from './handouts.ts';
export { fetchHttp } from './http.ts';
export { RateGauge } from './rate-gauge.ts';
export { askTime, tellingTime } from './telling-time.ts';

/** The real networks. */
export const liveEndpoints: Context['endpoints'] = {
  facebookGraph: 'https://graph.facebook.com',
  facebookVideo: 'https://graph-video.facebook.com',
  facebookWww: 'https://www.facebook.com',
  facebookRupload: 'https://rupload.facebook.com',
  instagramGraph: 'https://graph.instagram.com',
  instagramApi: 'https://api.instagram.com',
  instagramWww: 'https://www.instagram.com',
  tiktokApi: 'https://open.tiktokapis.com',
  tiktokWww: 'https://www.tiktok.com',
};

/** What {@link createPlatforms} needs; the optional parts have real ones by default. */
export type NetworksOptions = Pick<
  Context,
  'clock' | 'log' | 'endpoints' | 'credentials' | 'facebookTwoPhase' | 'handouts'
> &
  Partial<Pick<Context, 'http' | 'wait' | 'graphVersion' | 'rates'>>;

/**
 * Builds the three networks on shared limits, so that what one call learns holds for the next, and the checks of the
 * agency's apps at them.
 */
export function createPlatforms(options: NetworksOptions): {
  networks: Networks;
  appChecks: Pick<KeyChecks, 'meta' | 'instagram' | 'tiktok'>;
} {
  const context: Context = {
    http: fetchHttp,
    wait: (ms, signal) => sleep(ms, undefined, { signal }),
    graphVersion: 'v26.0',
    rates: new RateGauge(),
    ...options,
  };
  const graph = new Graph(context);
  const instagramGraph = new Graph(context, { origin: context.endpoints.instagramGraph, login: 'Instagram' });
  const instagramLogin = new InstagramLogin(context, instagramGraph);
  const facebookLogin = new FacebookLogin(context, graph);
  // What limits Meta's whole app does not limit TikTok's.
  const tiktokApi = new TikTokApi({ ...context, rates: new RateGauge() });
  const tiktokLogin = new TikTokLogin(context, tiktokApi);
  const tiktok = new TikTok(context, tiktokApi, tiktokLogin);
  return {
    networks: {
      facebook: createFacebook(context, graph, facebookLogin),
      instagram: createInstagram(context, {
        facebook: throughPage(context, graph, facebookLogin),
        instagram: byItself(context, instagramGraph, instagramLogin),
      }),
      tiktok,
      creatorInfo: (account) => tiktok.creatorInfo(account),
    },
    appChecks: createAppChecks(graph, instagramLogin, tiktokLogin),
  };
}
