import type { Activity } from '../activity/activity.ts';
import type { Changes } from '../activity/changes.ts';
import { NotFound } from '../errors.ts';
import { isoOf, isoOrNull } from '../instants.ts';
import type { JobRunRecord, Ports, Recurrence, Timer } from '../ports/index.ts';
import type { ClockGuard, Interruption } from './clock-guard.ts';
import type { Job, JobDefinition, Scheduling } from './port.ts';

/** How often the clocks are compared. */
const guardEveryMs = 5_000;
/** How often a network is asked for the time while the clock is in doubt. */
const askEveryMs = 15_000;
/** How often the trusted time is written down. */
const rememberEveryMs = 60_000;
export const lastSeenKey = 'clock.lastSeenAt';

/** Runs the jobs: never two runs of one at a time, and on over sleep and clock steps. */
export function createScheduling(
  deps: Pick<Ports, 'clock' | 'timers' | 'recurrences' | 'store' | 'log'> & {
    activity: Activity;
    changes: Changes;
    clockGuard: ClockGuard;
    /**
     * Takes stock after the computer slept, its clock was set or the app stood still. What rejects is called again at
     * the next look; nothing is sent before it has resolved.
     */
    onInterruption: () => Promise<void>;
    /** Has a network answer, so that its time is noted; false when none could be reached. */
    askTime: () => Promise<boolean>;
  },
  jobs: readonly JobDefinition[],
): Scheduling {
  const { clock, store, log } = deps;
  const runs = new Map<string, JobRunRecord>();
  const running = new Map<string, { run: Promise<void>; since: number }>();
  let recurrences = new Map<string, Recurrence>();
  let guardTimer: Timer | null = null;
  let rememberedAt = 0;
  let askedAt = Number.NEGATIVE_INFINITY;
  let isTakingStock = false;
  let looking: Promise<void> | null = null;

  function arm(): void {
    for (const recurrence of recurrences.values()) recurrence.cancel();
    recurrences = new Map(
      jobs.map((job) => [job.name, deps.recurrences.every(job.cron, () => void runOnce(job, false))] as const),
    );
  }

  function runOnce(job: JobDefinition, byHand: boolean): Promise<void> {
    const underWay = running.get(job.name);
    if (underWay !== undefined) return underWay.run;
    const since = clock.now();
    const run = runAndRecord(job, byHand).finally(() => {
      running.delete(job.name);
      deps.changes.tell('job.changed', job.name);
    });
    running.set(job.name, { run, since });
    deps.changes.tell('job.changed', job.name);
    return run;
  }

  /** Never rejects: nobody waits for a run that a recurrence began. */
  async function runAndRecord(job: JobDefinition, byHand: boolean): Promise<void> {
    const startedAt = clock.now();
    const monotonic = clock.monotonic();
    let lastError: string | null = null;
    try {
      await job.run(byHand);
    } catch (error) {
      lastError = error instanceof Error ? error.message : 'The job failed.';
      log.error('job failed', { job: job.name, error: lastError });
    }
    const record = {
      name: job.name,
      lastRunAt: startedAt,
      lastDurationMs: Math.round(clock.monotonic() - monotonic),
      lastError,
    };
    const isNews = lastError !== null && runs.get(job.name)?.lastError !== lastError;
    runs.set(job.name, record);
    await writeDown(record, isNews).catch((error: unknown) => {
      log.error('the run of a job could not be written down', { job: job.name, error: String(error) });
    });
  }

  async function writeDown(record: JobRunRecord, isNews: boolean): Promise<void> {
    if (isNews) {
      const message = record.lastError ?? '';
      await deps.activity.record({ actor: `job:${record.name}`, kind: 'job.failed', level: 'error', message });
    }
    await store.settings.putJobRun(record);
  }

  /** One look at a time, however many ask. Never rejects. */
  function lookNow(): Promise<void> {
    looking ??= guard()
      .catch((error: unknown) => log.error('clock guard failed', { error: String(error) }))
      .finally(() => {
        looking = null;
      });
    return looking;
  }

  async function guard(): Promise<void> {
    const found = deps.clockGuard.look();
    if (found !== null) {
      log.warn('clock jump, sleep or standstill', { byMs: Math.round(found.byMs), stoodMs: Math.round(found.stoodMs) });
      arm();
      isTakingStock = true;
      askedAt = Number.NEGATIVE_INFINITY;
    }
    askTimeIfWanted();
    if (isTakingStock) {
      await deps.onInterruption();
      isTakingStock = false;
      deps.clockGuard.resumed();
      deps.changes.tell('control.changed');
    }
    if (found !== null) await deps.activity.record(interruptionActivity(found));
    const lastSeenAt = deps.clockGuard.lastSeenAt();
    if (Math.abs(lastSeenAt - rememberedAt) >= rememberEveryMs) {
      rememberedAt = lastSeenAt;
      await store.settings.put(lastSeenKey, lastSeenAt, clock.now());
    }
  }

  /** Beside everything else: an answer may take long, and not come at all. */
  function askTimeIfWanted(): void {
    if (!deps.clockGuard.wantsAnswer() || clock.monotonic() - askedAt < askEveryMs) return;
    askedAt = clock.monotonic();
    deps.askTime().then(
      (isAnswered) => {
        if (isAnswered) deps.clockGuard.answeredWithoutTime();
        deps.changes.tell('control.changed');
      },
      (error: unknown) => log.warn('asking for the time failed', { error: String(error) }),
    );
  }

  function guardLater(): void {
    guardTimer = deps.timers.after(guardEveryMs, () => {
      void lookNow().finally(() => {
        if (guardTimer !== null) guardLater();
      });
    });
  }

  function view(job: JobDefinition): Job {
    const run = runs.get(job.name);
    const nextAt = recurrences.get(job.name)?.nextAt() ?? null;
    return {
      name: job.name,
      description: job.description,
      running: running.has(job.name),
      runningSince: isoOrNull(running.get(job.name)?.since ?? null),
      lastRunAt: run === undefined ? null : isoOf(run.lastRunAt),
      lastDurationMs: run?.lastDurationMs ?? null,
      lastError: run?.lastError ?? null,
      nextRunAt: isoOrNull(nextAt),
    };
  }

  return {
    async start() {
      for (const run of await store.settings.jobRuns()) runs.set(run.name, run);
      arm();
      deps.clockGuard.look();
      askTimeIfWanted();
      guardLater();
    },

    async stop() {
      guardTimer?.cancel();
      guardTimer = null;
      for (const recurrence of recurrences.values()) recurrence.cancel();
      await Promise.all([...running.values()].map(({ run }) => run));
    },

    lookNow: () => (guardTimer === null ? Promise.resolve() : lookNow()),

    list: () => Promise.resolve(jobs.map(view)),

    async run(name) {
      const job = jobs.find((candidate) => candidate.name === name);
      if (job === undefined) throw new NotFound('job', name);
      await runOnce(job, true);
      return view(job);
    },
  };
}

function interruptionActivity({ byMs, stoodMs }: Interruption): Parameters<Activity['record']>[0] {
  const what =
    byMs === 0
      ? `The app stood still for ${Math.round(stoodMs / 1_000)} s.`
      : `The clock moved by ${Math.round(byMs / 1_000)} s, or the computer slept.`;
  const message = `${what} Everything was planned anew.`;
  return { actor: 'job:clock-guard', kind: 'clock.jumped', level: 'warning', message };
}
