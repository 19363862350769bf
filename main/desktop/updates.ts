import type { Log, Timer, Timers } from '../core/ports/index.ts';

const firstLookMs = 60_000;
const lookEveryMs = 6 * 3_600_000;

/** New versions of the app. */
export interface Updates {
  /** The version that is ready to be installed, or null. */
  ready(): string | null;
  /** Installs it once the app has quit. */
  installOnQuit(): void;
  stop(): void;
}

/** What of electron-updater is used. */
export interface Updater {
  autoDownload: boolean;
  autoInstallOnAppQuit: boolean;
  setFeedURL(feed: { provider: 'generic'; url: string }): void;
  on(event: 'update-downloaded', listener: (info: { version: string }) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  checkForUpdates(): Promise<unknown>;
  quitAndInstall(isSilent?: boolean, isForceRunAfter?: boolean): void;
}

/** Where new versions are looked for: nowhere, until an https address is given. Anybody could answer for another one. */
export function updateFeed(env: Record<string, string | undefined>): string | null {
  const feed = env.AUTOSOCIAL_UPDATE_FEED?.trim() ?? '';
  if (!URL.canParse(feed)) return null;
  const { protocol, username, href } = new URL(feed);
  return protocol === 'https:' && username === '' ? href : null;
}

/**
 * Looks for a new version a minute after the start and every six hours, and fetches it. It is installed when the app
 * quits for whatever reason, which waits for what is being sent.
 * @param load loaded only when there is a feed: it starts to work by being loaded
 */
export function createUpdates(
  feed: string | null,
  deps: { timers: Timers; log: Log; load(): Promise<Updater>; onReady(): void },
): Updates {
  let timer: Timer | null = null;
  let updater: Updater | null = null;
  let ready: string | null = null;
  let isWanted = false;

  async function start(url: string): Promise<Updater> {
    const loaded = await deps.load();
    loaded.autoDownload = true;
    loaded.autoInstallOnAppQuit = true;
    loaded.setFeedURL({ provider: 'generic', url });
    loaded.on('error', (error) => deps.log.warn('looking for a new version failed', { error: error.message }));
    loaded.on('update-downloaded', ({ version }) => {
      ready = version;
      deps.onReady();
    });
    return loaded;
  }

  async function look(url: string): Promise<void> {
    updater ??= await start(url);
    await updater.checkForUpdates();
  }

  function lookLater(url: string, delayMs: number): void {
    timer = deps.timers.after(delayMs, () => {
      look(url)
        .catch((error: unknown) => deps.log.warn('looking for a new version failed', { error: String(error) }))
        .finally(() => {
          if (timer !== null) lookLater(url, lookEveryMs);
        });
    });
  }

  if (feed !== null) lookLater(feed, firstLookMs);
  return {
    ready: () => ready,
    installOnQuit() {
      isWanted = ready !== null;
    },
    stop() {
      timer?.cancel();
      timer = null;
      if (isWanted) updater?.quitAndInstall(false, true);
    },
  };
}
