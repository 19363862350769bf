import type { Desktop, KeyPlace } from '../../shared/contract/events.ts';
import { createAccounts, type Accounts } from './accounts/accounts.ts';
import { openAccess } from './accounts/access.ts';
import { type Connect, createConnect } from './accounts/connect.ts';
import { createTokens, type Tokens } from './accounts/refresh-tokens.ts';
import { createActivity } from './activity/activity.ts';
import { Changes } from './activity/changes.ts';
import { type Assist, createAssist } from './assist/assist.ts';
import { createWeeklySummary, type WeeklySummary } from './activity/weekly-summary.ts';
import { type BackUps, createBackUps } from './backups/backups.ts';
import { type Brands, createBrands } from './clients/brand.ts';
import { type Clients, createClients } from './clients/clients.ts';
import { type ContentRules, createContentRules } from './clients/rules.ts';
import { type DataAge, openDataAge } from './control/data-age.ts';
import { createHaltWatch } from './control/halt-watch.ts';
import { createHalts, type Halt, type Halts } from './control/halts.ts';
import { createKillSwitch, type KillSwitch } from './control/kill-switch.ts';
import { createLease, type Lease } from './control/lease.ts';
import type { CoreDeps } from './deps.ts';
import { createDrafts, type Drafts } from './drafts/drafts.ts';
import { createGeneration, type Generation } from './generation/generate-content.ts';
import { type Example, type TriedBrand, writeExample } from './generation/write-example.ts';
import { createVariants, type Variants } from './generation/variants.ts';
import { createInsights, type Insights } from './insights/insights.ts';
import { createSnapshots, type Snapshots } from './insights/snapshots.ts';
import { createLibrary, type Library } from './media/library.ts';
import { createOnboarding, type Onboarding } from './onboarding/onboarding.ts';
import { createLessons, type Lessons } from './pipeline/lessons.ts';
import { createPipeline, type Pipeline } from './pipeline/pipeline.ts';
import type { KeyChecks, NetworkCall, Ports, TimeReading } from './ports/index.ts';
import { createPreflight, type Preflight } from './preflight/preflight.ts';
import type { PublishingDeps } from './publishing/context.ts';
import { createPublishing, type Publisher } from './publishing/publishing.ts';
import { type ClockGuard, createClockGuard } from './scheduling/clock-guard.ts';
import type { JobDefinition, Scheduling } from './scheduling/port.ts';
import { createScheduling, lastSeenKey } from './scheduling/scheduling.ts';
import { createCredentialChecks, type CredentialChecks } from './settings/check-credentials.ts';
import { createCredentials, type Credentials, type FixedCredentials } from './settings/credentials.ts';
import { type AgencySettings, createSettings } from './settings/settings.ts';
import { createNetworkCalls } from './usage/network-calls.ts';
import { createUsage, type Usage } from './usage/usage.ts';

/** How the desktop app behaves on this computer; its host keeps and does it. */
export interface DesktopPreferences {
  get(): Desktop;
  update(change: Partial<Desktop>): void;
}

export interface CoreOptions {
  version: string;
  profile: 'sandbox' | 'live';
  /** The page that shows what followers would see; sandbox only. */
  feedUrl: string | null;
  /** UTC ms; a clock that shows an earlier time is not trusted. */
  builtAt: number;
  /** Keys from outside the store. */
  fixedCredentials: FixedCredentials;
  /** Asks the services whether they accept the agency's keys. */
  keyChecks: KeyChecks;
  /** Why the app is locked (its key is missing or changed), or null. Asked at each use. */
  locked(): string | null;
  /** Origin that clients reach this app at, without a trailing slash. Asked at each use. */
  publicUrl(): string;
  /** Whether a network can fetch files from this app. */
  isReachable(): boolean;
  /** Asks the host to stop and to start anew from a backup; returns before it does. */
  restart(backupId: string): void;
  /** Asks the host to stop and to start anew, because what keeps the app locked may have passed. */
  tryAgain(): void;
  /** Where the key lies that seals logins. */
  keyPlace: KeyPlace;
  /** Left out on the server host. */
  desktop?: DesktopPreferences;
  /** Names the computer that this runs on, and no other. */
  computer: string;
  /** What the host knows of that stops all sending, such as a full disk. Asked at each use, in order. */
  halts: readonly (() => Halt | null)[];
  /** Sends one request to a network, see {@link PublishingDeps}. */
  http: PublishingDeps['http'];
  /** Has a network answer, so that the host can tell its time to {@link Core.noteTime}; false when none could be reached. */
  askTime(): Promise<boolean>;
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
  drafts: Drafts;
  assist: Assist;
  library: Library;
  generation: Generation;
  /** See {@link writeExample}. */
  writeExample(clientId: string, tried: TriedBrand): Promise<Example>;
  variants: Variants;
  lessons: Lessons;
  insights: Insights;
  preflight: Preflight;
  publishing: Publisher;
  scheduling: Scheduling;
  killSwitch: KillSwitch;
  lease: Lease;
  halts: Halts;
  dataAge: DataAge;
  backUps: BackUps;
  settings: AgencySettings;
  credentials: Credentials;
  credentialChecks: CredentialChecks;
  usage: Usage;
  changes: Changes;
  ports: Ports;
  options: Pick<
    CoreOptions,
    'version' | 'profile' | 'feedUrl' | 'locked' | 'keyPlace' | 'publicUrl' | 'tryAgain' | 'desktop'
  >;
  /** What an answer of a network said about the time. */
  noteTime(reading: TimeReading): void;
  /** A call was made to a network. */
  noteCall(call: NetworkCall): void;
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

  const lastSeenAt = Number((await store.settings.get(lastSeenKey)) ?? 0);
  const dataAge = await openDataAge({ ...deps, lastSeenAt });
  const killSwitch = createKillSwitch(deps);
  const settings = createSettings(deps);
  const credentials = createCredentials({ ...deps, fixed: options.fixedCredentials });
  const accounts = createAccounts(deps);
  const onboarding = createOnboarding({
    ...deps,
    settings,
    publicUrl: options.publicUrl,
    offersInstagramLogin: async () => options.isReachable() && (await credentials.get('instagram')).configured,
  });
  const generation = createGeneration({
    ...deps,
    settings: () => settings.get(),
    isStopped: (clientId, accountId) => killSwitch.stopping(clientId, accountId) !== null || halts.first() !== null,
  });

  const clockGuard = createClockGuard(clock, { builtAt: options.builtAt, lastSeenAt });
  const bootId = ports.random.id();
  const lease = createLease({ ...deps, bootId, computer: options.computer, onBegin: () => publishing.takeUp() });
  const tokens = createTokens({ ...deps, dataAge, bootId, lease });
  // The clock comes first: while it is in question, not even what the networks deny is believed.
  const halts = createHalts([() => clockHalt(clockGuard), () => dataAge.halt(), () => lease.halt(), ...options.halts]);
  const publishing: Publisher = createPublishing({
    ...deps,
    killSwitch,
    bootId,
    lease,
    halt: () => halts.first(),
    dataAge,
    openAccess: (account) => openAccess(deps, account),
    renewAccess: (accountId) => tokens.renewNow(accountId),
    http: options.http,
  });
  const haltWatch = createHaltWatch({ ...deps, halts, killSwitch });
  const library = createLibrary(deps);
  const preflight = createPreflight({
    ...deps,
    openAccess: (account) => openAccess(deps, account),
    renewAccess: (accountId) => tokens.renewNow(accountId),
  });
  const snapshots = createSnapshots({
    ...deps,
    openAccess: (account) => openAccess(deps, account),
    renewAccess: (accountId) => tokens.renewNow(accountId),
    halt: () => halts.first(),
  });
  const networkCalls = createNetworkCalls(deps);
  const weeklySummary = createWeeklySummary({ ...deps, settings });
  const backUps = createBackUps({ ...deps, restart: options.restart });
  const scheduling = createScheduling(
    { ...deps, clockGuard, onInterruption: takeStock, askTime: options.askTime },
    jobsOf({ publishing, preflight, generation, tokens, library, snapshots, backUps, weeklySummary, locked }).map(
      (job) => onlyWithLease(job, lease),
    ),
  );

  /** What the app knows is from before the computer slept, or another clock's. */
  async function takeStock(): Promise<void> {
    publishing.interrupt();
    await killSwitch.load();
    await publishing.settleAnew();
    await lease.begin();
    publishing.wake();
  }

  const pipeline = createPipeline({ ...deps, publishing });

  let isStarted = false;
  return {
    clients: createClients({ ...deps, accounts, settings }),
    brands: createBrands(deps),
    rules: createContentRules(deps),
    accounts,
    connect: createConnect({ ...deps, onboarding }),
    onboarding,
    tokens,
    pipeline,
    drafts: createDrafts({ ...deps, pipeline, publishing }),
    assist: createAssist({ ...deps, settings: () => settings.get() }),
    library,
    generation,
    writeExample: (clientId, tried) => writeExample({ ...deps, settings: () => settings.get() }, clientId, tried),
    insights: createInsights({ ...deps, settings }),
    variants: createVariants({ ...deps, settings: () => settings.get() }),
    lessons: createLessons(deps),
    preflight,
    publishing,
    scheduling,
    killSwitch,
    lease,
    halts,
    dataAge,
    backUps,
    settings,
    credentials,
    credentialChecks: createCredentialChecks({
      credentials,
      settings,
      checks: options.keyChecks,
      publicUrl: options.publicUrl,
      isReachable: options.isReachable,
    }),
    usage: createUsage({ ...deps, settings, networkCalls }),
    changes,
    ports,
    options,
    noteCall: (call) => networkCalls.note(call),
    noteTime: (reading) => clockGuard.note(reading),

    state() {
      if (locked() !== null) return 'locked';
      return isStarted ? 'ok' : 'starting';
    },

    async start() {
      await killSwitch.load().catch((error: unknown) => {
        ports.log.error('the kill switches cannot be read: everything counts as stopped', { error: String(error) });
      });
      await lease.start();
      clockGuard.look();
      await publishing.start();
      await scheduling.start();
      haltWatch.start();
      isStarted = true;
    },

    async stop() {
      haltWatch.stop();
      // Both at once: a job may take minutes to end, and nothing new is to be sent meanwhile.
      await Promise.all([scheduling.stop(), publishing.stop()]);
      await lease.stop();
      await networkCalls.flush();
    },
  };
}

function clockHalt(clockGuard: ClockGuard): Halt | null {
  if (clockGuard.isInterrupted()) return { code: 'waking', message: interruptedWords };
  const doubt = clockGuard.doubt();
  if (doubt !== null) return { code: 'clock', message: doubt };
  return clockGuard.isUnproven() ? { code: 'waking', message: unprovenWords } : null;
}

const interruptedWords =
  'The computer has just slept, or its clock was set. The app reads everything anew; publishing then goes on by itself.';
const unprovenWords =
  'The app has just been started, the computer has slept, or its clock was set forward. The app asks the networks what time it is; publishing goes on as soon as one has answered.';

/** Two runs of the app must not write the same posts or renew the same token; what a person asks for is done. */
function onlyWithLease(job: JobDefinition, lease: Lease): JobDefinition {
  return {
    ...job,
    run: async (byHand) => {
      if (byHand || lease.isHeld()) await job.run(byHand);
    },
  };
}

function jobsOf(
  core: Pick<Core, 'publishing' | 'generation' | 'tokens' | 'library' | 'backUps'> &
    Pick<CoreOptions, 'locked'> & { snapshots: Snapshots; preflight: Preflight; weeklySummary: WeeklySummary },
): JobDefinition[] {
  return [
    {
      name: 'publish-due',
      description: 'Publishes what is due and looks up what is not confirmed yet.',
      cron: '0,30 * * * * *',
      run: () => core.publishing.publishDue(),
    },
    {
      name: 'look-ahead',
      description: 'Looks a day and an hour before each post whether anything would keep it from going out.',
      cron: '20 */5 * * * *',
      run: (byHand) => core.preflight.lookAhead(byHand),
    },
    {
      name: 'generate-content',
      description: 'Writes posts for the empty slots of the coming days.',
      cron: '0 */10 * * * *',
      run: async () => {
        if (core.locked() === null) await core.generation.generateAll();
      },
    },
    {
      name: 'follow-up',
      description:
        'Asks networks for links they name late and TikTok whether drafts in an inbox were posted, and removes unused uploads.',
      cron: '15 */2 * * * *',
      run: () => core.publishing.followUp(),
    },
    {
      name: 'refresh-tokens',
      description: 'Renews the connections to the networks before they end.',
      cron: '0 0 */6 * * *',
      run: () => core.tokens.refreshDue(),
    },
    {
      name: 'take-insights',
      description: 'Takes down once a day how posts of the last 30 days and the accounts are doing.',
      cron: '10 25 * * * *',
      run: (byHand) => core.snapshots.take(byHand),
    },
    {
      name: 'back-up',
      description: 'Backs the data up about every hour, when something has changed.',
      cron: '45 */10 * * * *',
      run: async (byHand) => {
        await (byHand ? core.backUps.take('person') : core.backUps.takeHourly());
      },
    },
    {
      name: 'weekly-summary',
      description: 'Tells on Mondays how the week before went.',
      cron: '40 */15 * * * *',
      run: (byHand) => (byHand ? core.weeklySummary.tell() : core.weeklySummary.tellWhenDue()),
    },
    {
      name: 'clear-media',
      description: 'Erases pictures and videos that were deleted a month ago.',
      cron: '30 40 4 * * *',
      run: () => core.library.clearOut(),
    },
    {
      name: 'restore-drill',
      description: 'Tries the newest backup out once a week: opens a copy, its logins, and looks at what would be due.',
      cron: '20 20 * * * *',
      run: async (byHand) => {
        await (byHand ? core.backUps.drills.run() : core.backUps.drills.runWhenDue());
      },
    },
  ];
}
