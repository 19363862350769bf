import { app, BrowserWindow, dialog, screen } from 'electron/main';
import type { Clock, Log } from '../core/ports/index.ts';
import { afterCrash } from './crash-recovery.ts';
import { pageAddress } from './page-origin.ts';
import { plainPath } from './plain-pages.ts';
import type { Preferences } from './preferences.ts';
import { boundsFor, smallest } from './window-bounds.ts';
import type { Words } from './words/index.ts';

/** The one window. It is made when it is first shown; closing hides it, and the app goes on in the tray. */
export interface MainWindow {
  /** Shows it in front. @param path of a page to go to; without one it stays where it is */
  show(path?: string): void;
  isShown(): boolean;
  /** Takes it away for good. */
  destroy(): void;
}

export function createMainWindow(deps: {
  preload: string;
  icon: string;
  preferences: Preferences;
  clock: Pick<Clock, 'monotonic'>;
  log: Log;
  isQuitting(): boolean;
  /** The person closed it, and the app goes on. */
  onHidden(): void;
  /** Windows ends the person's session. */
  onSessionEnd(): void;
  words(): Words;
}): MainWindow {
  const { preferences, log } = deps;
  let window: BrowserWindow | null = null;

  function open(path: string): BrowserWindow {
    const { window: saved } = preferences.get();
    const areas = screen.getAllDisplays().map(({ workArea }) => workArea);
    const made = new BrowserWindow({
      ...boundsFor(saved?.bounds ?? null, areas),
      minWidth: smallest.width,
      minHeight: smallest.height,
      show: false,
      title: 'AutoSocial AI',
      icon: deps.icon,
      autoHideMenuBar: true,
      webPreferences: {
        preload: deps.preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
        navigateOnDragDrop: false,
        disableDialogs: true,
        devTools: !app.isPackaged,
      },
    });
    if (saved?.isMaximized === true) made.maximize();
    made.once('ready-to-show', () => made.show());
    made.on('close', (event) => {
      remember(made);
      if (deps.isQuitting()) return;
      event.preventDefault();
      made.hide();
      deps.onHidden();
    });
    made.on('closed', () => {
      window = null;
    });
    made.on('session-end', deps.onSessionEnd);
    made.on('unresponsive', () => void askAboutHang(made, deps.words()));
    recoverFromCrashes(made);
    load(made, path);
    return made;
  }

  function remember(shown: BrowserWindow): void {
    preferences.update({ window: { bounds: shown.getNormalBounds(), isMaximized: shown.isMaximized() } });
  }

  function load(into: BrowserWindow, path: string): void {
    into.loadURL(pageAddress(path)).catch((error: unknown) => {
      log.warn('a page could not be shown', { error: String(error) });
    });
  }

  function recoverFromCrashes(shown: BrowserWindow): void {
    const crashes: number[] = [];
    shown.webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason === 'clean-exit' || deps.isQuitting()) return;
      crashes.push(deps.clock.monotonic());
      const step = afterCrash(crashes);
      log.error('the page crashed', { code: reason, asked: step });
      if (step === 'reload') shown.webContents.reload();
      else load(shown, plainPath);
    });
  }

  return {
    show(path) {
      if (window === null) {
        window = open(path ?? '/');
        return;
      }
      if (path !== undefined) load(window, path);
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    isShown: () => window?.isVisible() === true,
    destroy() {
      if (window === null) return;
      remember(window);
      window.destroy();
    },
  };
}

async function askAboutHang(window: BrowserWindow, { dialogs: { hang } }: Words): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: hang.message,
    detail: hang.detail,
    buttons: [hang.wait, hang.reload],
    defaultId: 0,
    cancelId: 0,
  });
  if (response !== 1 || window.isDestroyed()) return;
  window.webContents.forcefullyCrashRenderer();
  window.webContents.reload();
}
