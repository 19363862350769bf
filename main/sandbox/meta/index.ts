import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import {
  Blobs,
  Faults,
  type FollowerPost,
  Ledger,
  listen,
  type Origin,
  PersistentState,
  type SimulatorApp,
  type SimulatorEnv,
  type SimulatorOptions,
} from '../simulator.ts';
import { cdnApp } from './cdn.ts';
import { serveControl } from './control.ts';
import { type AppInput, addPerson, type PersonInput, registerApp } from './directory.ts';
import { publishScheduled } from './facebook-publish.ts';
import { type Consent, consent, instagramConsent } from './grants.ts';
import { serveGraph } from './graph.ts';
import { serveInstagramDialog } from './instagram-dialog.ts';
import { instagramApiApp } from './instagram-login.ts';
import { serveLoginDialog } from './oauth-dialog.ts';
import { serveFacebookPages, serveInstagramPages } from './public-pages.ts';
import { addPastPost, type PastPost } from './past-posts.ts';
import { publicPosts } from './public-posts.ts';
import { ruploadApp } from './rupload.ts';
import { defaultSettings, type MetaSettings } from './settings.ts';
import { emptyState, type MetaOrigins, type Person, type World } from './state.ts';
import { breakTokens, type TokenBreak } from './token-breaks.ts';

export { metaOperations } from './operations.ts';

/** Facebook and Instagram on loopback, as an app meets them over HTTP. */
export interface MetaSimulator {
  readonly origins: MetaOrigins;
  readonly faults: Faults;
  readonly ledger: Ledger;
  readonly settings: MetaSettings;
  /** UTC milliseconds. */
  readonly now: () => number;
  registerApp(app: AppInput): void;
  addPerson(person: PersonInput): Person;
  /** What the Facebook dialog does on Continue: returns the code. Page choices replace earlier ones. */
  consent(input: Consent): string;
  /** What the Instagram dialog does on Continue: returns the code. */
  instagramConsent(input: Parameters<typeof instagramConsent>[1]): string;
  /** What followers see, newest first, with comments. */
  publicPosts(): FollowerPost[];
  /** Puts a post of the past where followers and the API see it. */
  addPastPost(network: 'facebook' | 'instagram', past: PastPost): ReturnType<typeof addPastPost>;
  /** Ends access from outside of the app: password change, checkpoint, removal of the app, and so on. */
  breakTokens(input: TokenBreak): void;
  close(): Promise<void>;
}

/** Starts every host on a loopback port of its own. With a folder, everything survives a killed process. */
export async function startMetaSimulator(options: SimulatorOptions): Promise<MetaSimulator> {
  const world: World = {
    store: new PersistentState(options.dir, 'meta', emptyState(randomBytes(32).toString('hex'))),
    blobs: new Blobs(options.dir),
    faults: new Faults(),
    ledger: new Ledger(options.dir, 'meta'),
    settings: defaultSettings(),
    origins: { graph: '', www: '', rupload: '', instagramGraph: '', instagramApi: '', instagramWww: '', cdn: '' },
    now: options.now,
  };
  world.store.save();
  const started: Origin[] = [];
  for (const [name, app] of Object.entries(hosts(world)) as [keyof MetaOrigins, SimulatorApp][]) {
    const origin = await listen(app, { dir: options.dir, name: `meta-${name}` });
    world.origins[name] = origin.url;
    started.push(origin);
  }
  return {
    origins: world.origins,
    faults: world.faults,
    ledger: world.ledger,
    settings: world.settings,
    now: world.now,
    registerApp: (app) => registerApp(world, app),
    addPerson: (person) => addPerson(world, person),
    consent: (input) => consent(world, input),
    instagramConsent: (input) => instagramConsent(world, input),
    publicPosts: () => {
      publishScheduled(world);
      return publicPosts(world);
    },
    addPastPost: async (network, past) => {
      const added = await addPastPost(world, network, past);
      world.store.save();
      return added;
    },
    breakTokens: (input) => breakTokens(world, input),
    close: async () => {
      await Promise.all(started.map((origin) => origin.close()));
    },
  };
}

function hosts(world: World): Record<keyof MetaOrigins, SimulatorApp> {
  const host = (...parts: ((app: SimulatorApp) => void)[]): SimulatorApp => {
    const app = new Hono<SimulatorEnv>();
    for (const part of parts) part(app);
    return app;
  };
  return {
    graph: host(
      (app) => serveControl(app, world),
      (app) => serveGraph(app, world, 'facebook'),
    ),
    www: host(
      (app) => serveLoginDialog(app, world),
      (app) => serveFacebookPages(app, world),
    ),
    rupload: ruploadApp(world),
    instagramGraph: host((app) => serveGraph(app, world, 'instagram')),
    instagramApi: instagramApiApp(world),
    instagramWww: host(
      (app) => serveInstagramDialog(app, world),
      (app) => serveInstagramPages(app, world),
    ),
    cdn: cdnApp(world),
  };
}
