import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app } from 'electron/main';
import type { Environment } from '../environment.ts';
import { lineLog } from '../host/log.ts';
import { logFile } from '../host/log-file.ts';
import { type RecentLog, rememberingLog } from '../host/recent-log.ts';
import { systemClock } from '../host/time.ts';
import { readDesktopEnvironment } from './electron-environment.ts';
import { openPreferences, type Preferences } from './preferences.ts';

/** Built into out/desktop/main; what belongs to it lies around it, the sandbox's videos in the sources. */
const built = join(fileURLToPath(new URL('.', import.meta.url)), '..');
const icons = join(built, 'tray');

export const files = {
  icons,
  icon: join(icons, 'app.png'),
  preload: join(built, 'preload.cjs'),
  dashboard: join(built, '..', 'renderer'),
  videos: join(built, '..', '..', 'main', 'sandbox', 'replicate', 'assets'),
};

/** What the app finds when it is started. */
export interface Surroundings {
  /** The command line without the program. */
  argv: string[];
  environment: Environment;
  preferences: Preferences;
  log: RecentLog;
  /** Folder. */
  logs: string;
}

/** @throws {BadEnvironment} for settings that cannot be used */
export function readSurroundings(): Surroundings {
  const argv = process.argv.slice(1);
  const { isPackaged } = app;
  const { dataDir } = readDesktopEnvironment(process.env, argv, { isPackaged, chosen: null });
  const logs = join(dataDir, 'logs');
  const log = rememberingLog(lineLog('info', logFile(join(logs, 'desktop.log'))), systemClock.now);
  // One forgotten promise must not take a publish that is under way down with it.
  process.on('unhandledRejection', (reason) => log.error('unhandled rejection', { reason: String(reason) }));
  const preferences = openPreferences(join(dataDir, 'desktop.json'), log);
  const { profile: chosen } = preferences.get();
  const environment = readDesktopEnvironment(process.env, argv, { isPackaged, chosen });
  return { argv, environment, preferences, log, logs };
}

/** What the person's system speaks, the window's language first (BCP 47). Electron tells it once it is ready. */
export function systemLanguages(): string[] {
  if (!app.isReady()) return [Intl.DateTimeFormat().resolvedOptions().locale];
  return [app.getLocale(), ...app.getPreferredSystemLanguages()];
}

/**
 * Makes this the one app for its data folder.
 * @returns false when there is one already: it has been told what this one was started with
 */
export function becomeTheOne({ dataDir }: Environment): boolean {
  const folder = join(dataDir, 'desktop');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  app.setPath('userData', folder);
  return app.requestSingleInstanceLock();
}
