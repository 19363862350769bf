import type { Platform } from '../../shared/domain/platform.ts';
import type { Clock } from '../core/ports/index.ts';

/** The core forgets a login after this, too. */
const lifeMs = 10 * 60_000;

/** What comes back from a network's login page. */
export interface LoginReturn {
  platform: Platform;
  state: string;
  code: string | null;
  error: string | null;
}

/** The logins that this window began in the person's browser, by the state they will come back with. */
export interface Logins {
  begin(login: Pick<LoginReturn, 'platform' | 'state'>): void;
  /** True once for each login that was begun here and is not too old. Whatever else comes back is nobody's. */
  take(login: Pick<LoginReturn, 'platform' | 'state'>): boolean;
  /** How many are still out. */
  waiting(): number;
}

export function createLogins(clock: Pick<Clock, 'monotonic'>): Logins {
  const begun = new Map<string, { platform: Platform; at: number }>();

  function forgetOld(): void {
    for (const [state, { at }] of begun) {
      if (clock.monotonic() - at >= lifeMs) begun.delete(state);
    }
  }

  return {
    begin({ platform, state }) {
      forgetOld();
      begun.set(state, { platform, at: clock.monotonic() });
    },
    take({ platform, state }) {
      forgetOld();
      return begun.get(state)?.platform === platform && begun.delete(state);
    },
    waiting() {
      forgetOld();
      return begun.size;
    },
  };
}

/** The page of ours that finishes a login. */
export function callbackPath({ platform, state, code, error }: LoginReturn): string {
  const query = new URLSearchParams({ state });
  if (code !== null) query.set('code', code);
  if (error !== null) query.set('error', error);
  return `/api/auth/${platform}/callback?${query}`;
}
