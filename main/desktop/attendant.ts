import type { App } from '../boot.ts';
import type { Core } from '../core/core.ts';
import type { Log, Timers } from '../core/ports/index.ts';
import type { Hosting } from '../hosting.ts';
import { watchCore } from './core-watch.ts';
import type { DesktopDoor } from './doors.ts';
import { type Notice, noticesFor, nothingTold } from './notices.ts';
import { nothingKnown, type Standing } from './standing.ts';

/** Knows which app is running at the moment, and tells people how it stands. */
export interface Attendant {
  /** Null while there is none. */
  core(): Core | null;
  /** How to write a copy of the key into a file; null while no app runs. */
  saveKey(): App['saveKey'] | null;
  /** Origins on this computer that pages may lead to. */
  localOrigins(): ReadonlySet<string>;
  /** Another one runs from now on; null: none, for a moment. */
  attend(hosting: Hosting<DesktopDoor> | null): void;
}

export function createAttendant(deps: {
  timers: Timers;
  log: Log;
  isOnline(): boolean;
  isQuitting(): boolean;
  onStanding(standing: Standing): void;
  notify(notice: Notice): void;
}): Attendant {
  let current: Hosting<DesktopDoor> | null = null;
  let endWatch = (): void => undefined;
  let told = nothingTold;

  function tell(standing: Omit<Standing, 'isOnline'>): void {
    const phase = deps.isQuitting() ? 'quitting' : standing.phase;
    deps.onStanding({ ...standing, phase, isOnline: deps.isOnline() });
  }

  function watch(core: Core): () => void {
    let isFirstLook = true;
    return watchCore(core, {
      timers: deps.timers,
      log: deps.log,
      onStanding: tell,
      onActivity(entries) {
        const found = noticesFor(entries, told);
        told = found.told;
        // What happened before the app was started is on its first page.
        if (!isFirstLook) found.notices.forEach(deps.notify);
        isFirstLook = false;
      },
    });
  }

  return {
    core: () => current?.app?.core ?? null,
    saveKey: () => current?.app?.saveKey ?? null,
    localOrigins: () => new Set(current?.app?.localOrigins),
    attend(hosting) {
      endWatch();
      current = hosting;
      const core = hosting?.app?.core;
      const phase = hosting === null ? 'starting' : core === undefined ? 'rescue' : 'working';
      tell({ ...nothingKnown, phase });
      endWatch = core === undefined ? () => undefined : watch(core);
    },
  };
}
