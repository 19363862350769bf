import { phrase } from '../../../shared/domain/phrase.ts';
import type { Activity } from '../activity/activity.ts';
import type { Changes } from '../activity/changes.ts';
import type { Log, Timer, Timers } from '../ports/index.ts';
import type { Halt, Halts } from './halts.ts';
import type { KillSwitch } from './kill-switch.ts';

/** A stop that nobody told the app of is noticed within this. */
const lookEveryMs = 1_000;

/**
 * The gate asks for halts itself, each time. This tells everybody else when one begins or ends: uploads are
 * broken off, what waits is looked at anew, a dashboard shows it.
 */
export interface HaltWatch {
  start(): void;
  stop(): void;
}

export function createHaltWatch(deps: {
  halts: Halts;
  killSwitch: Pick<KillSwitch, 'isSettled' | 'settle'>;
  timers: Timers;
  changes: Changes;
  activity: Activity;
  log: Log;
}): HaltWatch {
  let known = new Map<Halt['code'], Halt>();
  let timer: Timer | null = null;

  async function look(): Promise<void> {
    const before = known;
    known = new Map(deps.halts.list().map((halt) => [halt.code, halt]));
    const begun = [...known.values()].filter(({ code }) => !before.has(code));
    const ended = [...before.values()].filter(({ code }) => !known.has(code));
    if (begun.length > 0 || ended.length > 0) deps.changes.tell('control.changed');
    if (!deps.killSwitch.isSettled()) await settle();
    for (const { message } of begun.filter(isStopFile)) await tell('stop_file.found', 'warning', message);
    if (ended.some(isStopFile)) await tell('stop_file.gone', 'info', phrase`The STOP file is gone: publishing goes on`);
  }

  /** What does not work now is tried again at the next look, and keeps nothing else from being told. */
  async function settle(): Promise<void> {
    try {
      await deps.killSwitch.settle();
      deps.changes.tell('control.changed');
    } catch (error) {
      deps.log.error('the kill switches could not be settled', { error: String(error) });
    }
  }

  function tell(kind: string, level: 'info' | 'warning', message: string): Promise<void> {
    return deps.activity.record({ actor: 'app', kind, level, message });
  }

  function lookLater(): void {
    timer = deps.timers.after(lookEveryMs, () => {
      look()
        .catch((error: unknown) => deps.log.error('looking for halts failed', { error: String(error) }))
        .finally(() => {
          if (timer !== null) lookLater();
        });
    });
  }

  return {
    start() {
      known = new Map(deps.halts.list().map((halt) => [halt.code, halt]));
      lookLater();
    },
    stop() {
      timer?.cancel();
      timer = null;
    },
  };
}

/** The other halts are told of by those who find them. */
function isStopFile({ code }: Halt): boolean {
  return code === 'stop_file';
}
