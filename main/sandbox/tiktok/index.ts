import { Hono } from 'hono';
import {
  Blobs,
  Faults,
  type FollowerPost,
  Ledger,
  listen,
  PersistentState,
  type SimulatorApp,
  type SimulatorEnv,
  type SimulatorOptions,
} from '../simulator.ts';
import { issueCode, readAuthorizeRequest } from './authorize.ts';
import { addControlRoutes } from './control.ts';
import { addCreator, type NewCreator } from './creators.ts';
import { addDisplayRoutes } from './display.ts';
import { addLoginRoutes } from './login.ts';
import { addMediaRoutes, addWebRoutes } from './pages.ts';
import { addPastVideo, type PastVideo } from './past-posts.ts';
import { inbox, type InboxDraft, publicPosts } from './posts.ts';
import { finishDraft, pullMedia } from './publish.ts';
import { addPublishingRoutes } from './publishing.ts';
import { checkRedirectUris } from './redirects.ts';
import { addTokenRoutes } from './token.ts';
import { addUploadRoutes } from './upload.ts';
import { type App, type Creator, defaultSettings, emptyState, type TikTokSettings, type World } from './world.ts';

export type { InboxDraft } from './posts.ts';

/**
 * TikTok on loopback. Operations for {@link Faults} and the ledger: `tiktok.authorize`,
 * `tiktok.authorize.answer`, `tiktok.token`, `tiktok.revoke`, `tiktok.user_info`, `tiktok.creator_info`,
 * `tiktok.video.init`, `tiktok.inbox.init`, `tiktok.content.init`, `tiktok.upload`, `tiktok.status`,
 * `tiktok.cancel`, `tiktok.video.list`, `tiktok.video.query`. The endpoints of the API and of OAuth also
 * take the fault kind `error`, whose value is one of TikTok's error codes; `tiktok.processing` is no
 * request and takes only the kind `fail_reason`, whose value is the reason. What becomes of a post stands
 * in the ledger as `tiktok.published`, `tiktok.inbox_delivered` or `tiktok.failed`.
 */
export interface TikTokSimulator {
  readonly faults: Faults;
  readonly ledger: Ledger;
  readonly now: () => number;
  readonly origins: { www: string; api: string; upload: string };
  /** May be changed at any time; not kept over a restart. */
  readonly settings: TikTokSettings;
  /** Registers or replaces an app. Throws when a redirect URI breaks the portal's rules. */
  registerApp(app: Omit<App, 'verifiedUrlPrefixes'> & { verifiedUrlPrefixes?: string[] }): void;
  /** Adds an account, or changes the one with this id or username. */
  addCreator(creator: NewCreator): Creator;
  /** What clicking Authorize does; returns the code. Throws what TikTok's own page would show. */
  consent(input: {
    creatorId: string;
    clientKey: string;
    redirectUri: string;
    scopes: string[];
    codeChallenge?: string;
  }): string;
  /** Puts a video of the past where followers and the API see it. */
  addPastVideo(past: PastVideo): ReturnType<typeof addPastVideo>;
  /** The creator posts an inbox draft from the phone, under this caption. */
  finishDraft(publishId: string, caption?: string): void;
  inbox(): InboxDraft[];
  publicPosts(): FollowerPost[];
  close(): Promise<void>;
}

/** Starts TikTok's three hosts, each on an origin of its own. */
export async function startTikTokSimulator({ now, dir }: SimulatorOptions): Promise<TikTokSimulator> {
  const world: World = {
    faults: new Faults(),
    now,
    store: new PersistentState(dir, 'tiktok', structuredClone(emptyState)),
    ledger: new Ledger(dir, 'tiktok'),
    blobs: new Blobs(dir),
    settings: { ...defaultSettings },
    origins: { www: '', api: '', upload: '' },
  };
  const servers = {
    www: await listen(wwwApp(world), { dir, name: 'tiktok-www' }),
    api: await listen(apiApp(world), { dir, name: 'tiktok-api' }),
    upload: await listen(uploadApp(world), { dir, name: 'tiktok-upload' }),
  };
  world.origins = { www: servers.www.url, api: servers.api.url, upload: servers.upload.url };
  resumePulls(world);

  return {
    faults: world.faults,
    ledger: world.ledger,
    now,
    origins: world.origins,
    settings: world.settings,
    registerApp: (app) => {
      checkRedirectUris(app.redirectUris);
      world.store.value.apps[app.clientKey] = { verifiedUrlPrefixes: [], ...app };
      world.store.save();
    },
    addCreator: (creator) => addCreator(world, creator),
    consent: (input) => consent(world, input),
    addPastVideo: (past) => {
      const added = addPastVideo(world, past);
      world.store.save();
      return added;
    },
    finishDraft: (publishId, caption) => finishDraft(world, publishId, caption),
    inbox: () => inbox(world),
    publicPosts: () => publicPosts(world),
    close: async () => {
      await Promise.all(Object.values(servers).map((server) => server.close()));
    },
  };
}

function wwwApp(world: World): SimulatorApp {
  const app = new Hono<SimulatorEnv>();
  addLoginRoutes(app, world);
  addWebRoutes(app, world);
  return app;
}

function apiApp(world: World): SimulatorApp {
  const app = new Hono<SimulatorEnv>();
  addTokenRoutes(app, world);
  addPublishingRoutes(app, world);
  addDisplayRoutes(app, world);
  addControlRoutes(app, world);
  return app;
}

function uploadApp(world: World): SimulatorApp {
  const app = new Hono<SimulatorEnv>();
  addUploadRoutes(app, world);
  addMediaRoutes(app, world);
  return app;
}

/** A pull that a killed process left behind starts again. */
function resumePulls(world: World): void {
  for (const publish of Object.values(world.store.value.publishes)) {
    if (publish.phase === 'transferring' && publish.upload === null) void pullMedia(world, publish);
  }
}

function consent(world: World, input: Parameters<TikTokSimulator['consent']>[0]): string {
  const query = new URLSearchParams({
    client_key: input.clientKey,
    redirect_uri: input.redirectUri,
    scope: input.scopes.join(','),
    response_type: 'code',
  });
  if (input.codeChallenge !== undefined) {
    query.set('code_challenge', input.codeChallenge);
    query.set('code_challenge_method', 'S256');
  }
  if (world.store.value.creators[input.creatorId] === undefined) throw new Error('No such creator.');
  return issueCode(world, readAuthorizeRequest(world, query), input.creatorId, input.scopes);
}
