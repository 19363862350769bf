import type { Clock, Log, Random, Secret } from '../core/ports/index.ts';

/** What an AI client needs from outside. */
export interface AiServiceOptions {
  /** The agency's key; null while none is set. Asked for at each call, so that a new key works at once. */
  apiKey: () => Promise<Secret | null>;
  /** Origin without path, e.g. `https://api.groq.com`. */
  baseUrl: string;
  clock: Clock;
  random: Pick<Random, 'fraction'>;
  log: Log;
  /** Resolves after so many ms; rejects when the signal aborts. */
  wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** The longest wait, ms, that is sat out within one call; what must wait longer is given back. */
export const longestWaitMs = 60_000;

/** Exponential backoff with jitter: 1 s, 2 s, 4 s … at most 30 s, minus up to a quarter. */
export function backoffMs(attempt: number, random: Pick<Random, 'fraction'>): number {
  const whole = Math.min(30_000, 1_000 * 2 ** (attempt - 1));
  return Math.round(whole * (1 - 0.25 * random.fraction()));
}

/**
 * A `Retry-After` value in ms: seconds or an HTTP date.
 * @param now UTC ms, to which a date is compared
 * @returns null when there is none or it makes no sense
 */
export function retryAfterMs(value: string | null | undefined, now: number): number | null {
  if (value === null || value === undefined || value.trim() === '') return null;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return seconds >= 0 ? Math.ceil(seconds * 1_000) : null;
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

/** A service's own words, cut short, with anything that looks like a key taken out. */
export function quoted(text: string): string {
  const clean = text
    .replace(/\b(?:gsk|r8|sk|org)_[\w-]+|Bearer\s+\S+/gi, '[redacted]')
    .replace(/\s+/g, ' ')
    .trim();
  return clean.length > 200 ? `${clean.slice(0, 200)}…` : clean;
}
