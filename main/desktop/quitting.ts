import { app } from 'electron/main';
import type { Log, Timers } from '../core/ports/index.ts';
import type { Ending } from '../hosting.ts';

/** What is not sent by then is looked up after the next start. */
const quitWithinMs = 60_000;

/** Ends the app in order, whoever asks for it: nothing new begins, what is being sent is finished, the store is closed. */
export interface Quitting {
  /** Resolves when the app is to end; for those who then begin to. */
  asked: Promise<Ending>;
  isUnderWay(): boolean;
  begin(): void;
}

/**
 * Holds Electron back from quitting until everything has ended. To be called before Electron is ready.
 * @param deps.onBegin takes away what people see
 * @param deps.ended resolves when everything has ended
 * @param deps.onEnd the last thing that is done
 */
export function quitInOrder(deps: {
  timers: Timers;
  log: Log;
  onBegin(): void;
  ended(): Promise<void>;
  onEnd(): void;
}): Quitting {
  const asked = Promise.withResolvers<Ending>();
  let isUnderWay = false;
  let hasEnded = false;

  async function end(): Promise<void> {
    const limit = Promise.withResolvers<void>();
    const timer = deps.timers.after(quitWithinMs, () => {
      deps.log.error('quitting did not wait any longer; what was being sent is looked up after the next start');
      limit.resolve();
    });
    await Promise.race([deps.ended(), limit.promise]);
    timer.cancel();
    deps.onEnd();
    hasEnded = true;
    app.quit();
  }

  function begin(): void {
    if (isUnderWay) return;
    isUnderWay = true;
    deps.onBegin();
    asked.resolve({ kind: 'quit' });
    void end();
  }

  app.on('before-quit', (event) => {
    if (hasEnded) return;
    event.preventDefault();
    begin();
  });
  return { asked: asked.promise, isUnderWay: () => isUnderWay, begin };
}
