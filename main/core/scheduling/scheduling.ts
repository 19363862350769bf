import type { Activity } from '../activity/activity.ts';
import type { Changes } from '../activity/changes.ts';
import { NotFound } from '../errors.ts';
import { isoOf, isoOrNull } from '../instants.ts';
import type { JobRunRecord, Ports, Recurrence, Timer } from '../ports/index.ts';
import type { ClockGuard } from './clock-guard.ts';
import type { Job, JobDefinition, Scheduling } from './port.ts';

/** How often the clocks are compared. */
const guardEveryMs = 5_000;
/** How often the trusted time is written down. */
const rememberEveryMs = 60_000;
export const lastSeenKey = 'clock.lastSeenAt';

/** Runs the jobs: never two runs of one at a time, and on over sleep and clock steps. */
export function createScheduling(
  deps: Pick<Ports, 'clock' | 'timers' | 'recurrences' | 'store' | 'log'> & {
    activity: Activity;
    changes: Changes;
    clockGuard: ClockGuard;
    /** Called after a jump, when everything is armed again. */
    onJump: () => void;
  },
  jobs: readonly JobDefinition[],
): Scheduling {
  const { clock, store, log } = deps;
  const runs = new Map<string, JobRunRecord>();
  const running = new Map<string, Promise<void>>();
  let recurrences = new Map<string, Recurrence>();
  let guardTimer: Timer | null = null;
  let rememberedAt = 0;

  function arm(): void {
    for (const recurrence of recurrences.values()) recurrence.cancel();
    recurrences = new Map(
      jobs.map((job) => [job.name, deps.recurrences.every(job.cron, () => void runOnce(job))] as const),
    );
  }

  function runOnce(job: JobDefinition): Promise<void> {
    const underWay = running.get(job.name);
    if (underWay !== undefined) return underWay;
    const run = runAndRecord(job).finally(() => {
      running.delete(job.name);
      deps.changes.tell('job.changed', job.name);
    });
    running.set(job.name, run);
    deps.changes.tell('job.changed', job.name);
    return run;
  }

  /** Never rejects: nobody waits for a run that a recurrence began. */
  async function runAndRecord(job: JobDefinition): Promise<void> {
    const startedAt = clock.now();
    const monotonic = clock.monotonic();
    let lastError: string | null = null;
    try {
      await job.run();
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

  async function guard(): Promise<void> {
    const jump = deps.clockGuard.look();
    if (jump !== null) {
      log.warn('clock jump or sleep', { byMs: Math.round(jump.byMs) });
      arm();
      deps.onJump();
      await deps.activity.record({
        actor: 'job:clock-guard',
        kind: 'clock.jumped',
        level: 'warning',
        message: `The clock moved by ${Math.round(jump.byMs / 1_000)} s, or the computer slept. Everything was planned anew.`,
      });
    }
    const lastSeenAt = deps.clockGuard.lastSeenAt();
    if (Math.abs(lastSeenAt - rememberedAt) >= rememberEveryMs) {
      rememberedAt = lastSeenAt;
      await store.settings.put(lastSeenKey, lastSeenAt, clock.now());
    }
  }

  function guardLater(): void {
    guardTimer = deps.timers.after(guardEveryMs, () => {
      guard()
        .catch((error: unknown) => log.error('clock guard failed', { error: String(error) }))
        .finally(() => {
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
      guardLater();
    },

    async stop() {
      guardTimer?.cancel();
      guardTimer = null;
      for (const recurrence of recurrences.values()) recurrence.cancel();
      await Promise.all(running.values());
    },

    list: () => Promise.resolve(jobs.map(view)),

    async run(name) {
      const job = jobs.find((candidate) => candidate.name === name);
      if (job === undefined) throw new NotFound('job', name);
      await runOnce(job);
      return view(job);
    },
  };
}
