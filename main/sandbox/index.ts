import { readFile } from 'node:fs/promises';
import { createFeedApp } from './feed.ts';
import { type GroqSimulator, startGroqSimulator } from './groq/groq-simulator.ts';
import { businesses, person } from './inhabitants.ts';
import { type MetaSimulator, startMetaSimulator } from './meta/index.ts';
import { drawPicture } from './replicate/drawing/draw.ts';
import { type ReplicateSimulator, startReplicateSimulator } from './replicate/replicate-simulator.ts';
import { VideoAssets } from './replicate/video-assets.ts';
import { listen, PersistentState, type SimulatorOptions } from './simulator.ts';
import { startTikTokSimulator, type TikTokSimulator } from './tiktok/index.ts';

/** Not secrets: they open nothing but the simulators of the same process. */
export const sandboxCredentials = {
  groq: { apiKey: 'sandbox-groq-key' },
  replicate: { apiToken: 'sandbox-replicate-token' },
  meta: { appId: '998877665544332', appSecret: 'sandbox-meta-app-secret' },
  instagram: { appId: '665544332211009', appSecret: 'sandbox-instagram-app-secret' },
  tiktok: { clientKey: 'sandboxtiktokkey', clientSecret: 'sandbox-tiktok-client-secret' },
} as const;

export interface SandboxOptions extends SimulatorOptions {
  /** Folder with the clips that stand in for generated videos. */
  videoAssets: string;
}

/** The simulators of all services, each on loopback origins of its own. */
export interface Sandbox {
  /** Origins that stand for those of the real services. */
  endpoints: {
    groq: string;
    replicate: string;
    replicateDelivery: string;
    facebookGraph: string;
    facebookVideo: string;
    facebookWww: string;
    facebookRupload: string;
    instagramGraph: string;
    instagramApi: string;
    instagramWww: string;
    tiktokApi: string;
    tiktokWww: string;
  };
  credentials: typeof sandboxCredentials;
  /** The page that shows what followers see. */
  feedUrl: string;
  groq: GroqSimulator;
  replicate: ReplicateSimulator;
  meta: MetaSimulator;
  tiktok: TikTokSimulator;
  /**
   * Lets logins come back to `<origin>/api/auth/<platform>/callback`; those on loopback may always.
   * @param origin of the server host, e.g. `https://social.example`
   */
  setRedirectOrigin(origin: string): void;
  /** A JPEG in 4:5 or an MP4 in 9:16 of a scene, such as the simulated models make. */
  render(scene: string, kind: 'image' | 'video'): Promise<Blob>;
  close(): Promise<void>;
}

/**
 * Starts every simulator and the feed page. With a folder, posts, logins and ports survive a killed
 * process; the people and accounts of the sandbox are made on its first start.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { now, dir, videoAssets } = options;
  const { groq: groqKey, replicate: replicateKey } = sandboxCredentials;
  const [groq, replicate, meta, tiktok] = await Promise.all([
    startGroqSimulator({ now, dir, apiKeys: [groqKey.apiKey] }),
    startReplicateSimulator({ now, dir, tokens: [replicateKey.apiToken], videoAssets }),
    startMetaSimulator({ now, dir }),
    startTikTokSimulator({ now, dir }),
  ]);
  const clips = new VideoAssets(videoAssets);
  populate(dir, meta, tiktok);
  registerApps(meta, tiktok, []);
  const feed = await listen(createFeedApp([meta, tiktok], tiktok), { dir, name: 'feed' });

  return {
    endpoints: {
      groq: groq.origin,
      replicate: replicate.origins.api,
      replicateDelivery: replicate.origins.delivery,
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
    credentials: sandboxCredentials,
    feedUrl: `${feed.url}/feed`,
    groq,
    replicate,
    meta,
    tiktok,
    setRedirectOrigin: (origin) => registerApps(meta, tiktok, [origin]),
    render: async (scene, kind) => {
      const bytes = kind === 'image' ? await draw(scene) : await readFile(clips.fileFor(scene, ''));
      return new Blob([new Uint8Array(bytes)]);
    },
    close: async () => {
      await Promise.all([feed, groq, replicate, meta, tiktok].map((part) => part.close()));
    },
  };
}

function draw(prompt: string): Promise<Uint8Array> {
  return drawPicture({ prompt, variation: '', width: 1080, height: 1350, format: 'jpg', quality: 90 });
}

/** Once only: later the person at the keyboard may have added Pages and accounts, which must stay. */
function populate(dir: string | null, meta: MetaSimulator, tiktok: TikTokSimulator): void {
  const state = new PersistentState(dir, 'sandbox', { isPopulated: false });
  if (state.value.isPopulated) return;
  meta.addPerson(person);
  for (const { tiktok: creator } of businesses) tiktok.addCreator(creator);
  state.value.isPopulated = true;
  state.save();
}

const loopbackOrigins = ['http://127.0.0.1:*', 'http://localhost:*'];

/**
 * The agency's apps at the networks. Facebook lets an app in development mode come back to any
 * loopback address; TikTok takes those with a `*` port, and beyond them only https.
 */
function registerApps(meta: MetaSimulator, tiktok: TikTokSimulator, origins: readonly string[]): void {
  const { meta: metaApp, instagram: instagramApp, tiktok: tiktokApp } = sandboxCredentials;
  meta.registerApp({
    id: metaApp.appId,
    secret: metaApp.appSecret,
    redirectUris: origins.flatMap((origin) => [callback(origin, 'facebook'), callback(origin, 'instagram')]),
    development: true,
    instagramAppId: instagramApp.appId,
    instagramAppSecret: instagramApp.appSecret,
  });
  const publicOrigins = origins.filter((origin) => origin.startsWith('https:'));
  tiktok.registerApp({
    ...tiktokApp,
    redirectUris: [...loopbackOrigins, ...publicOrigins].map((origin) => callback(origin, 'tiktok')),
    audited: false,
  });
}

function callback(origin: string, platform: string): string {
  return `${origin}/api/auth/${platform}/callback`;
}
