import { createHash } from 'node:crypto';
import type {
  AccountAccess,
  FoundAccount,
  Handle,
  IrrevocableSend,
  Networks,
  OutgoingMedia,
  Publication,
  RenewableTokens,
  RenewedTokens,
  SocialNetwork,
} from '../main/core/ports/networks.ts';
import { Secret } from '../main/core/ports/secrets.ts';
import { fetchHttp } from '../main/platforms/http.ts';
import { createHandouts, createPlatforms, type Handouts, RateGauge } from '../main/platforms/index.ts';
import { systemRandom } from '../main/host/chance.ts';
import { type MetaSimulator, startMetaSimulator } from '../main/sandbox/meta/index.ts';
import { Hono } from 'hono';
import { listen, type SimulatorEnv } from '../main/sandbox/simulator.ts';
import { handedOutApp } from '../main/web/handed-out.ts';
import { usualVia, type Via } from '../shared/domain/platform.ts';
import { app, mp4, picture } from '../main/sandbox/meta/testing.ts';
import { startTikTokSimulator, type TikTokSimulator } from '../main/sandbox/tiktok/index.ts';

export { mp4, picture };

export const metaRedirect = 'http://127.0.0.1:4680/api/auth/facebook/callback';
export const tiktokRedirect = 'http://127.0.0.1:51000/callback/';
export const codeVerifier = 'v'.repeat(64);

/** The real adapters against the simulators of Meta and TikTok, with the clock in the test's hand. */
export interface NetworksBench {
  networks: Networks;
  appChecks: ReturnType<typeof createPlatforms>['appChecks'];
  meta: MetaSimulator;
  tiktok: TikTokSimulator;
  /** UTC ms; waits of the adapters move it on. */
  clock: { now: number };
  /** Whether Facebook posts are made in two phases. */
  switches: { twoPhase: boolean };
  /** Files that Instagram fetches, served from a loopback address; null in `origin`: nobody reaches this app. */
  handouts: Handouts & {
    reach: { origin: string };
    /** How many were handed out so far, and how many still are. */
    given(): number;
    open(): number;
  };
  /** Everything that was logged, as JSON. */
  logged: string[];
  /** Of the account that is linked to the person's Page, and may log in by itself. */
  instagramId: string;
  person: { id: string; pageIds: string[] };
  creator: { id: string };
  close(): Promise<void>;
}

export async function startNetworks(): Promise<NetworksBench> {
  const clock = { now: Date.parse('2026-11-22T10:00:00Z') };
  const now = () => clock.now;
  const [meta, tiktok] = [await startMetaSimulator({ now, dir: null }), await startTikTokSimulator({ now, dir: null })];
  const instagramId = '17841400000000001';
  meta.registerApp(app);
  meta.settings.requireAppsecretProof = true;
  const person = meta.addPerson({
    name: 'Ana Costa',
    pages: [{ name: 'Cafe Uno', instagram: { id: instagramId, username: 'cafe.uno' } }],
  });
  tiktok.registerApp({
    clientKey: 'agency',
    clientSecret: 'agency-secret',
    redirectUris: ['http://127.0.0.1:*/callback/', 'https://agency.example/callback'],
    audited: true,
  });
  const creator = tiktok.addCreator({ username: 'cafe.uno', nickname: 'Café Uno' });
  const reach = { origin: '' };
  const names: string[] = [];
  const handouts = createHandouts({
    clock: { monotonic: now },
    random: systemRandom({ now, monotonic: now }),
    origin: () => reach.origin,
    isNetworkNear: true,
  });
  const door = await listen(new Hono<SimulatorEnv>().route('/', handedOutApp(handouts)), { dir: null, name: 'door' });
  reach.origin = door.url;
  const switches = { twoPhase: true };
  const logged: string[] = [];
  const log = (message: string, fields?: Record<string, unknown>) => {
    logged.push(JSON.stringify({ message, ...fields }));
  };
  const { networks, appChecks } = createPlatforms({
    clock: { now, monotonic: now },
    wait: async (ms, signal) => {
      signal.throwIfAborted();
      clock.now += ms;
    },
    log: { info: log, warn: log, error: log },
    rates: new RateGauge(),
    endpoints: {
      facebookGraph: meta.origins.graph,
      facebookVideo: meta.origins.graph,
      facebookWww: meta.origins.www,
      facebookRupload: meta.origins.rupload,
      instagramGraph: meta.origins.instagramGraph,
      instagramApi: meta.origins.instagramApi,
      instagramWww: meta.origins.instagramWww,
      tiktokApi: tiktok.origins.api,
      tiktokWww: tiktok.origins.www,
    },
    handouts: {
      ...handouts,
      offer: (file) => {
        const handout = handouts.offer(file);
        if (handout !== null) names.push(handout.address.split('/').at(-1) ?? '');
        return handout;
      },
    },
    credentials: async () => ({
      instagram: { appId: app.instagramAppId, appSecret: new Secret(app.instagramAppSecret) },
      meta: { appId: app.id, appSecret: new Secret(app.secret) },
      tiktok: { clientKey: 'agency', clientSecret: new Secret('agency-secret') },
    }),
    facebookTwoPhase: async () => switches.twoPhase,
  });
  return {
    networks,
    appChecks,
    meta,
    tiktok,
    clock,
    switches,
    handouts: {
      ...handouts,
      reach,
      given: () => names.length,
      open: () => names.filter((name) => handouts.find(name) !== undefined).length,
    },
    logged,
    instagramId,
    person: { id: person.id, pageIds: person.roles.map(({ pageId }) => pageId) },
    creator,
    close: async () => {
      await Promise.all([meta.close(), tiktok.close(), door.close()]);
    },
  };
}

/** Logs in with what the network's own authorize address asks for, as a click on Continue would. */
export async function connect(
  bench: NetworksBench,
  platform: 'facebook' | 'instagram' | 'tiktok',
  consent: { via?: Via; declined?: string[]; personId?: string } = {},
): Promise<FoundAccount[]> {
  const redirectUri = platform === 'tiktok' ? tiktokRedirect : metaRedirect;
  const network = bench.networks[platform];
  const via = consent.via ?? usualVia(platform);
  const url = new URL(await network.authorizeUrl({ via, state: 'state-1', redirectUri, codeVerifier }));
  const scopes = (url.searchParams.get('scope') ?? '').split(',');
  const code =
    platform === 'tiktok'
      ? bench.tiktok.consent({
          creatorId: bench.creator.id,
          clientKey: 'agency',
          redirectUri,
          scopes: scopes.filter((scope) => !consent.declined?.includes(scope)),
          codeChallenge: createHash('sha256').update(codeVerifier).digest('hex'),
        })
      : via === 'instagram'
        ? bench.meta.instagramConsent({
            instagramId: bench.instagramId,
            appId: app.id,
            redirectUri,
            scopes: scopes.filter((scope) => !consent.declined?.includes(scope)),
          })
        : bench.meta.consent({
            personId: consent.personId ?? bench.person.id,
            appId: app.id,
            redirectUri,
            scopes,
            declined: consent.declined,
          });
  return network.exchangeCode({ via, code, redirectUri, codeVerifier });
}

/** The first account found, as the engine hands it to the adapters. */
export async function connectedAccount(
  bench: NetworksBench,
  platform: 'facebook' | 'instagram' | 'tiktok',
  via?: Via,
): Promise<AccountAccess> {
  const [found] = await connect(bench, platform, { via });
  if (found === undefined) throw new Error('No account was found.');
  return accessOf(found);
}

export function accessOf(found: FoundAccount): AccountAccess {
  const { remoteId, via, pageId, username, accessToken: token, scopes } = found;
  return { accountId: 'account-1', remoteId, via, pageId, username, token, scopes, audited: true };
}

/** The tokens of an account that was connected long ago. */
export function renewableOf(found: Omit<RenewableTokens, 'issuedAt'>): RenewableTokens {
  return { ...found, issuedAt: 0 };
}

/** A renewal that gives a new login. */
export async function renew(network: SocialNetwork, found: Omit<RenewableTokens, 'issuedAt'>): Promise<RenewedTokens> {
  const renewed = await network.renew(renewableOf(found));
  if (renewed === null) throw new Error('Nothing was renewed.');
  return renewed;
}

export async function image(change: Partial<OutgoingMedia> = {}): Promise<OutgoingMedia> {
  const bytes = await picture(1080, 1350);
  const size = { width: 1080, height: 1350, durationMs: null, video: null, fileBytes: null };
  return { kind: 'image', mime: 'image/jpeg', bytes, ...size, altText: null, aiMade: false, tags: [], ...change };
}

export function video(change: Partial<OutgoingMedia> = {}): OutgoingMedia {
  const size = { width: 1080, height: 1920, durationMs: 10_000, video: null, fileBytes: null };
  return { kind: 'video', mime: 'video/mp4', bytes: mp4(), ...size, altText: null, aiMade: false, tags: [], ...change };
}

export function publication(text: string, media: OutgoingMedia[] = [], options = {}): Publication {
  return { text, media, options };
}

/** Sends for real, with a deadline short enough for answers that never come. */
export const send: IrrevocableSend = (request) => fetchHttp(request, { timeoutMs: 1_500 });

/** `prepare` as the engine calls it; answers the handle as it comes back from the store, and all that was kept. */
export async function prepare(
  network: SocialNetwork,
  account: AccountAccess,
  post: Publication,
  handle: Handle | null = null,
): Promise<{ handle: Handle; kept: Handle[] }> {
  const kept: Handle[] = [];
  const ready = await network.prepare(
    account,
    post,
    handle,
    async (next) => {
      kept.push(stored(next));
    },
    new AbortController().signal,
  );
  return { handle: stored(ready), kept };
}

function stored(handle: Handle): Handle {
  return JSON.parse(JSON.stringify(handle)) as Handle;
}
