import { powerMonitor, powerSaveBlocker } from 'electron/main';
import type { Log } from '../core/ports/index.ts';

/** Tells of the computer's sleep and its end. */
export function watchPower({ log, onWake, onShutdown }: { log: Log; onWake(): void; onShutdown(): void }): void {
  powerMonitor.on('suspend', () => log.info('the computer goes to sleep'));
  powerMonitor.on('resume', () => {
    log.info('the computer is awake again');
    onWake();
  });
  powerMonitor.on('unlock-screen', onWake);
  // Linux and macOS, which wait a moment for whoever asks for it; Windows tells the window.
  powerMonitor.on('shutdown', (event?: { preventDefault(): void }) => {
    log.info('the computer shuts down');
    event?.preventDefault();
    onShutdown();
  });
}

/** Keeps the computer, not the screen, awake while it is told to. */
export function createWakefulness(): (isWanted: boolean) => void {
  let blocker: number | null = null;
  return (isWanted) => {
    if (isWanted === (blocker !== null)) return;
    if (blocker === null) {
      blocker = powerSaveBlocker.start('prevent-app-suspension');
    } else {
      powerSaveBlocker.stop(blocker);
      blocker = null;
    }
  };
}
