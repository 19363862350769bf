import { app } from 'electron/main';
import { linkIn, linkScheme } from './deep-link.ts';
import type { LinkFollower } from './link-follower.ts';

/**
 * Receives links while the app runs, and on macOS those it is started by. To be called before Electron is ready.
 * @param show brings the window to the front
 */
export function receiveLinks({ follow }: LinkFollower, show: () => void): void {
  app.on('open-url', (event, link) => {
    event.preventDefault();
    void follow(link);
  });
  app.on('second-instance', (_event, argv) => {
    const link = linkIn(argv);
    if (link === null) show();
    else void follow(link);
  });
  // The app lives in the tray; without this listener Electron would quit.
  app.on('window-all-closed', () => undefined);
  app.on('activate', () => show());
}

/** In development Windows must be told what to start for a link; a packaged app has it from its installer. */
export function registerLinks(): void {
  if (process.defaultApp && process.platform === 'win32' && process.argv[1] !== undefined) {
    app.setAsDefaultProtocolClient(linkScheme, process.execPath, [process.argv[1]]);
  } else {
    app.setAsDefaultProtocolClient(linkScheme);
  }
}
