import { t } from '../i18n/i18n.ts';
import { type ConnectionState, useConnection } from './socket.ts';

const withinMs = 3 * 60_000;

/**
 * Resolves when the app went away and is back, ready for work. Call it before what makes it restart, and
 * `signal` it when that did not happen.
 * @throws Error with words for a person when the app is away already, or not back after three minutes
 */
export async function untilRestarted(signal: AbortSignal): Promise<void> {
  if (useConnection.getState().state !== 'open') {
    throw new Error(t('common:error.noAnswer'));
  }
  await untilConnection((state) => state !== 'open', signal);
  await untilConnection((state) => state === 'open' || state === 'signed-out', signal);
}

function untilConnection(isReached: (state: ConnectionState) => boolean, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const finish = (end: () => void) => {
      clearTimeout(timer);
      unsubscribe();
      signal.removeEventListener('abort', aborted);
      end();
    };
    const aborted = () => finish(resolve);
    const timer = setTimeout(() => finish(() => reject(new Error(t('common:error.notBack')))), withinMs);
    const unsubscribe = useConnection.subscribe(({ state }) => {
      if (isReached(state)) finish(resolve);
    });
    signal.addEventListener('abort', aborted);
    if (signal.aborted || isReached(useConnection.getState().state)) finish(resolve);
  });
}
