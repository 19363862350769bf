import type { Core } from '../core/core.ts';
import { parseDeepLink } from './deep-link.ts';
import { callbackPath, type Logins } from './logins.ts';

/** Follows links from outside. */
export interface LinkFollower {
  /** Brings the window to the front, and goes to a page only if the app knows what the link names. Never rejects. */
  follow(link: string): Promise<void>;
  /** The app works now: a link that came too early is followed. */
  ready(): void;
}

/**
 * @param deps.core null while the app starts
 * @param deps.show without a path the window is only brought to the front
 */
export function createLinkFollower(deps: {
  core(): Pick<Core, 'onboarding'> | null;
  logins: Pick<Logins, 'take'>;
  /** What was refused, without what it said. */
  warn(message: string): void;
  show(path?: string): void;
}): LinkFollower {
  const { logins, warn } = deps;
  let early: string | null = null;

  async function pathOf(core: Pick<Core, 'onboarding'>, link: string): Promise<string | null> {
    const asked = parseDeepLink(link);
    if (asked === null) return null;
    if (asked.kind === 'login') return logins.take(asked) ? callbackPath(asked) : null;
    const opened = await core.onboarding.look(asked.token);
    const isOurs = opened.kind === 'open' || opened.code !== 'unknown';
    return isOurs ? `/onboard/${asked.token}` : null;
  }

  async function follow(link: string): Promise<void> {
    deps.show();
    const core = deps.core();
    if (core === null) {
      early = link;
      return;
    }
    try {
      const path = await pathOf(core, link);
      if (path !== null) deps.show(path);
      else warn('a link was not followed: the app does not know what it names');
    } catch {
      warn('a link could not be followed: the data cannot be read');
    }
  }

  return {
    follow,
    ready() {
      if (early === null) return;
      const link = early;
      early = null;
      void follow(link);
    },
  };
}
