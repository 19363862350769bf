import { app, Menu } from 'electron/main';
import { systemClock } from '../host/time.ts';
import { appMenu } from './app-menu.ts';
import { shouldStayAwake } from './keep-awake.ts';
import { createWakefulness } from './power.ts';
import type { Preferences } from './preferences.ts';
import type { Speech } from './speech.ts';
import { moodOf, nothingKnown, type Standing } from './standing.ts';
import type { Command } from './tray-menu.ts';
import { createTray, type TrayIcon } from './tray.ts';

/** Where it shows how the app stands, beside the window: the tray, the menu, and whether the computer may sleep. */
export interface Display {
  /** To be called once Electron is ready. */
  open(): void;
  standing(): Standing;
  update(standing: Standing): void;
  /** Something else of what it shows has changed. */
  refresh(): void;
  close(): void;
}

export function createDisplay(deps: {
  icons: string;
  profile: 'sandbox' | 'live';
  preferences: Preferences;
  /** A version that is ready to be installed. */
  readyUpdate(): string | null;
  run(command: Command): void;
  speech(): Speech;
}): Display {
  const stayAwake = createWakefulness();
  let standing = nothingKnown;
  let tray: TrayIcon | null = null;
  let menuShown = '';

  function refresh(): void {
    if (tray === null) return;
    const now = systemClock.now();
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const preferences = deps.preferences.get();
    tray.render({ standing, now, zone, preferences, update: deps.readyUpdate(), speech: deps.speech() });
    const isStopped = standing.phase !== 'working' || moodOf(standing) === 'stopped';
    stayAwake(shouldStayAwake({ ...standing, isWished: preferences.keepAwake, isStopped, now }));
    showMenu();
  }

  function showMenu(): void {
    const { words } = deps.speech();
    const state = JSON.stringify([standing.phase, standing.isKilled, words.language]);
    if (state === menuShown) return;
    menuShown = state;
    const facts = { platform: process.platform, isPackaged: app.isPackaged, profile: deps.profile, standing, words };
    Menu.setApplicationMenu(Menu.buildFromTemplate(appMenu(facts, deps.run)));
  }

  return {
    open() {
      tray = createTray(deps.icons, deps.run);
      refresh();
    },
    standing: () => standing,
    update(next) {
      standing = next;
      refresh();
    },
    refresh,
    close() {
      stayAwake(false);
      tray?.destroy();
      tray = null;
    },
  };
}
