import { createAccounts, type Accounts } from './accounts/accounts.ts';
import { openAccess } from './accounts/access.ts';
import { type Connect, createConnect } from './accounts/connect.ts';
import { createTokens, type Tokens } from './accounts/refresh-tokens.ts';
import { createActivity } from './activity/activity.ts';
import { Changes } from './activity/changes.ts';
import { type Brands, createBrands } from './clients/brand.ts';
import { type Clients, createClients } from './clients/clients.ts';
import { type ContentRules, createContentRules } from './clients/rules.ts';
import { createKillSwitch, type KillSwitch } from './control/kill-switch.ts';
import type { CoreDeps } from './deps.ts';
import { createGeneration, type Generation } from './generation/generate-content.ts';
import { createLibrary, type Library } from './media/library.ts';
import { createOnboarding, type Onboarding } from './onboarding/onboarding.ts';
import { createPipeline, type Pipeline } from './pipeline/pipeline.ts';
import type { Ports } from './ports/index.ts';
import type { PublishingDeps } from './publishing/context.ts';
import { createPublishing, type Publisher } from './publishing/publishing.ts';
import { createClockGuard } from './scheduling/clock-guard.ts';
import type { JobDefinition, Scheduling } from './scheduling/port.ts';
import { createScheduling, lastSeenKey } from './scheduling/scheduling.ts';
import { createCredentials, type Credentials, type FixedCredentials } from './settings/credentials.ts';
import { type AgencySettings, createSettings } from './settings/settings.ts';

export interface CoreOptions {
  version: string;
  profile: 'sandbox' | 'live';
  /** The page that shows what followers would see; sandbox only. */
  feedUrl: string | null;
  /** UTC ms; a clock that shows an earlier time is not trusted. */
  builtAt: number;
  /** Keys from outside the store. */
  fixedCredentials: FixedCredentials;
  /** Why the app is locked (its key is missing or changed), or null. Asked at each use. */
  locked(): string | null;
  /** Origin that clients reach this app at, without a trailing slash. Asked at each use. */
  publicUrl(): string;
  /** Sends one request to a network, see {@link PublishingDeps}. */
  http: PublishingDeps['http'];
}

/** The product. A host gives it ports and shows it to people. */
export interface Core {
  clients: Clients;
  brands: Brands;
  rules: ContentRules;
  accounts: Accounts;
  connect: Connect;
  onboarding: Onboarding;
  tokens: Tokens;
  pipeline: Pipeline;
  library: Library;
  generation: Generation;
  publishing: Publisher;
  scheduling: Scheduling;
  killSwitch: KillSwitch;
  settings: AgencySettings;
  credentials: Credentials;
  changes: Changes;
  ports: Ports;
  options: Pick<CoreOptions, 'version' | 'profile' | 'feedUrl' | 'locked'>;
  state(): 'ok' | 'locked' | 'starting';
  /** Takes up what a previous run left open, then works by itself. */
  start(): Promise<void>;
  /** Resolves when nothing is under way any more. Closing the store is the host's. */
  stop(): Promise<void>;
}

/** Builds every part once, in order of need. Nothing runs before {@link Core.start}. */
export async function createCore(ports: Ports, options: CoreOptions): Promise<Core> {
  const { store, clock } = ports;
  const { locked } = options;
  const changes = new Changes();
  const activity = createActivity({ ...ports, changes });
  const deps: CoreDeps = { ...ports, activity, changes, locked };

  const killSwitch = createKillSwitch(deps);
  const settings = createSettings(deps);
  const credentials = createCredentials({ ...deps, fixed: options.fixedCredentials });
  const accounts = createAccounts(deps);
  const tokens = createTokens(deps);
  const onboarding = createOnboarding({ ...deps, settings, publicUrl: options.publicUrl });
  const generation = createGeneration({ ...deps, settings: () => settings.get() });

  const lastSeenAt = Number((await store.settings.get(lastSeenKey)) ?? 0);
  const clockGuard = createClockGuard(clock, { builtAt: options.builtAt, lastSeenAt });
  const publishing = createPublishing({
    ...deps,
    killSwitch,
    bootId: ports.random.id(),
    clockDoubt: () => clockGuard.doubt(),
    openAccess: (account) => openAccess(deps, account),
    renewAccess: (accountId) => tokens.renewNow(accountId),
    http: options.http,
  });
  const scheduling = createScheduling(
    { ...deps, clockGuard, onJump: () => publishing.wake() },
    jobsOf({ publishing, generation, tokens, killSwitch, locked }),
  );

  let isStarted = false;
  return {
    clients: createClients({ ...deps, accounts }),
    brands: createBrands(deps),
    rules: createContentRules(deps),
    accounts,
    connect: createConnect({ ...deps, onboarding }),
    onboarding,
    tokens,
    pipeline: createPipeline({ ...deps, publishing }),
    library: createLibrary(deps),
    generation,
    publishing,
    scheduling,
    killSwitch,
    settings,
    credentials,
    changes,
    ports,
    options,

    state() {
      if (locked() !== null) return 'locked';
      return isStarted ? 'ok' : 'starting';
    },

    async start() {
      await killSwitch.load();
      await publishing.start();
      await scheduling.start();
      isStarted = true;
    },

    async stop() {
      // Both at once: a job may take minutes to end, and nothing new is to be sent meanwhile.
      await Promise.all([scheduling.stop(), publishing.stop()]);
    },
  };
}

function jobsOf(
  core: Pick<Core, 'publishing' | 'generation' | 'tokens' | 'killSwitch'> & Pick<CoreOptions, 'locked'>,
): JobDefinition[] {
  return [
    {
      name: 'publish-due',
      description: 'Publishes what is due and looks up what is not confirmed yet.',
      cron: '0,30 * * * * *',
      run: () => core.publishing.publishDue(),
    },
    {
      name: 'generate-content',
      description: 'Writes posts for the empty slots of the coming days.',
      cron: '0 */10 * * * *',
      run: async () => {
        const isStopped = core.killSwitch.stopping('', '') !== null;
        if (core.locked() === null && !isStopped) await core.generation.generateAll();
      },
    },
    {
      name: 'follow-up',
      description: 'Asks TikTok for links it names late, and whether drafts in an inbox were posted.',
      cron: '15 */2 * * * *',
      run: () => core.publishing.followUp(),
    },
    {
      name: 'refresh-tokens',
      description: 'Renews the connections to the networks before they end.',
      cron: '0 0 */6 * * *',
      run: () => core.tokens.refreshDue(),
    },
  ];
}
