import type { App } from '../boot.ts';
import type { Core } from '../core/core.ts';
import type { ActivityRecord, Log, Timers } from '../core/ports/index.ts';
import type { Hosting } from '../hosting.ts';
import { watchCore } from './core-watch.ts';
import type { DesktopDoor } from './doors.ts';
import { isQuietAt, type Notice, noticesFor, nothingTold, type Told } from './notices.ts';
import type { Speech } from './speech.ts';
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
  /** What the computer's clock shows, `22:15`. */
  timeOfDay(): string;
  speech(): Speech;
}): Attendant {
  let current: Hosting<DesktopDoor> | null = null;
  let endWatch = (): void => undefined;
  let told: Told = nothingTold;

  function tell(standing: Omit<Standing, 'isOnline'>): void {
    const phase = deps.isQuitting() ? 'quitting' : standing.phase;
    deps.onStanding({ ...standing, phase, isOnline: deps.isOnline() });
  }

  /** @param isFirstLook what happened before the app was started is on its first page; what waits since before that still does */
  async function notifyOf(core: Core, entries: readonly ActivityRecord[], isFirstLook: boolean): Promise<void> {
    const { notices, quietHours } = await core.settings.get();
    const wishes = { notices, isQuiet: isQuietAt(deps.timeOfDay(), quietHours) };
    const found = noticesFor(entries, told, wishes, deps.speech());
    told = isFirstLook ? { ...found.told, waiting: told.waiting } : found.told;
    if (!isFirstLook) found.notices.forEach(deps.notify);
  }

  function watch(core: Core): () => void {
    let isFirstLook = true;
    const look = (entries: readonly ActivityRecord[]): void => {
      notifyOf(core, entries, isFirstLook).catch((error: unknown) =>
        deps.log.warn('what happened could not be told', { error: String(error) }),
      );
    };
    return watchCore(core, {
      timers: deps.timers,
      log: deps.log,
      onStanding(standing) {
        tell(standing);
        if (told.waiting.length > 0) look([]);
      },
      onActivity(entries) {
        look(entries);
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
