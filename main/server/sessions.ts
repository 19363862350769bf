import { timingSafeEqual } from 'node:crypto';
import type { Clock, ConnectionRepository, Digest, Random } from '../core/ports/index.ts';

const codeLifeMs = 10 * 60_000;
const sessionLifeMs = 30 * 24 * 3_600_000;
/** Wrong codes and tokens that are let through in a minute before everyone must wait. */
const failuresPerMinute = 10;

/** Who may use the dashboard: one-time codes become sessions, sessions outlive a restart. */
export interface Sessions {
  /** A code for one log-in, good for ten minutes. */
  newCode(): string;
  /** The session token a right code or API token buys; null when it is neither. */
  open(attempt: { code?: string; token?: string }): Promise<string | null>;
  isOpen(sessionToken: string): Promise<boolean>;
  isApiToken(token: string): boolean;
  /** True when there were too many wrong attempts lately. */
  throttled(): boolean;
  noteFailure(): void;
}

/** @param deps.kept where sessions outlive the process */
export function createSessions(deps: {
  kept: Pick<ConnectionRepository, 'insertSession' | 'sessionByHash'>;
  clock: Clock;
  random: Random;
  digest: Digest;
  apiToken: string | null;
}): Sessions {
  const codes = new Map<string, number>();
  let failures: number[] = [];
  const newToken = (): string => Buffer.from(deps.random.bytes(32)).toString('base64url');

  function takeCode(code: string): boolean {
    const hash = deps.digest.sha256(code);
    const expiresAt = codes.get(hash);
    codes.delete(hash);
    return expiresAt !== undefined && expiresAt > deps.clock.now();
  }

  const isApiToken = (token: string): boolean => deps.apiToken !== null && sameText(deps.digest, token, deps.apiToken);

  return {
    isApiToken,

    newCode() {
      const code = newToken();
      codes.set(deps.digest.sha256(code), deps.clock.now() + codeLifeMs);
      return code;
    },

    async open({ code, token }) {
      const allowed = (code !== undefined && takeCode(code)) || (token !== undefined && isApiToken(token));
      if (!allowed) return null;
      const session = newToken();
      const now = deps.clock.now();
      await deps.kept.insertSession({
        tokenHash: deps.digest.sha256(session),
        createdAt: now,
        expiresAt: now + sessionLifeMs,
      });
      return session;
    },

    async isOpen(sessionToken) {
      const session = await deps.kept.sessionByHash(deps.digest.sha256(sessionToken));
      return session !== undefined && session.expiresAt > deps.clock.now();
    },

    throttled() {
      failures = failures.filter((at) => deps.clock.monotonic() - at < 60_000);
      return failures.length >= failuresPerMinute;
    },

    noteFailure() {
      failures.push(deps.clock.monotonic());
    },
  };
}

/** Compares in a time that says nothing about where the texts differ. */
function sameText(digest: Digest, a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(digest.sha256(a)), Buffer.from(digest.sha256(b)));
}
