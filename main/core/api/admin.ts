import { listActivity } from '../activity/logs.ts';
import { readStanding } from '../control/standing.ts';
import { setSwitch, switchViews } from '../control/switches.ts';
import type { Core } from '../core.ts';
import { Conflict } from '../errors.ts';
import { readStats } from '../insights/stats.ts';
import type { Implementer } from './router.ts';

/** The app itself: health, numbers, switches, settings, keys, jobs, log, pushed changes. */
export function adminProcedures(os: Implementer, core: Core) {
  const { ports, options, killSwitch, settings, credentials, scheduling, usage } = core;
  return {
    health: os.health.handler(() => ({ status: core.state(), version: options.version, profile: options.profile })),
    host: {
      get: os.host.get.handler(() => ({
        profile: options.profile,
        version: options.version,
        feedUrl: options.feedUrl,
        locked: options.locked(),
        keyPlace: options.keyPlace,
        halts: core.halts.list(),
        publicUrl: options.publicUrl(),
        desktop: options.desktop?.get() ?? null,
      })),
      tryAgain: os.host.tryAgain.handler(() => {
        const isLocked = options.locked() !== null;
        if (isLocked) options.tryAgain();
        return { restarting: isLocked };
      }),
      setDesktop: os.host.setDesktop.handler(({ input }) => {
        if (options.desktop === undefined) {
          throw new Conflict('server_host', 'This host has no desktop. Only the desktop app can be told that.');
        }
        options.desktop.update(input);
        return options.desktop.get();
      }),
    },
    stats: os.stats.handler(async () => readStats(ports, (await settings.get()).monthlyBudgetMicroUsd)),

    killSwitch: {
      standing: os.killSwitch.standing.handler(({ input }) => readStanding(ports, input)),
      list: os.killSwitch.list.handler(() => ({ items: switchViews(killSwitch), nextCursor: null })),
      set: os.killSwitch.set.handler(async ({ input, context }) => {
        await setSwitch({ store: ports.store, killSwitch }, input, context.actor);
        return { items: switchViews(killSwitch), nextCursor: null };
      }),
    },

    settings: {
      get: os.settings.get.handler(() => settings.get()),
      update: os.settings.update.handler(({ input, context }) => settings.update(input, context.actor)),
      getLogo: os.settings.getLogo.handler(async () => ({ picture: await settings.logo() })),
      putLogo: os.settings.putLogo.handler(async ({ input, context }) => ({
        picture: await settings.putLogo(input.picture, context.actor),
      })),
    },

    credentials: {
      list: os.credentials.list.handler(async () => ({ items: await credentials.list(), nextCursor: null })),
      get: os.credentials.get.handler(({ input }) => credentials.get(input.provider)),
      put: os.credentials.put.handler(({ input: { params, body }, context }) =>
        credentials.put(params.provider, body, context.actor),
      ),
      check: os.credentials.check.handler(async ({ input }) => ({
        items: await core.credentialChecks.check(input.provider),
      })),
    },

    jobs: {
      list: os.jobs.list.handler(async () => ({ items: await scheduling.list(), nextCursor: null })),
      run: os.jobs.run.handler(({ input }) => scheduling.run(input.name)),
    },

    usage: {
      month: os.usage.month.handler(({ input }) => usage.month(input.month)),
      months: os.usage.months.handler(async ({ input }) => ({
        items: await usage.months(input.clientId),
        nextCursor: null,
      })),
      entries: os.usage.entries.handler(({ input }) => usage.entries(input)),
      setBudget: os.usage.setBudget.handler(async ({ input, context }) => {
        await usage.setBudget(input.id, input.monthlyMicroUsd, context.actor);
        return { monthlyMicroUsd: input.monthlyMicroUsd };
      }),
    },

    logs: os.logs.handler(({ input }) => listActivity(ports, input)),
    logActors: os.logActors.handler(async () => ({ items: await ports.store.activity.actors(), nextCursor: null })),
    events: { watch: os.events.watch.handler(({ signal }) => core.changes.watch(signal)) },
  };
}
