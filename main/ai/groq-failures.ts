import { phrase } from '../../shared/domain/phrase.ts';
import type * as GroqSdk from 'groq-sdk';
import { AiFailure } from '../core/ports/index.ts';
import { longestWaitMs, quoted, retryAfterMs } from './service.ts';

/**
 * What a failed call to Groq means.
 * - `gone`: the model is not served any more, or not in this form; use the next one
 * - `retry`: ask again, not before `afterMs` when that is known; `failure` if it stays so
 * - `fail`: asking again does not help now
 */
export type Verdict =
  | { kind: 'gone' }
  | { kind: 'retry'; afterMs: number | null; failure: AiFailure }
  | { kind: 'fail'; failure: AiFailure };

/**
 * Judges an error thrown by groq-sdk. Only status, code and a cleaned message are read: the error
 * object itself carries headers and prompts and goes no further.
 * @param now UTC ms
 */
export function judge(error: unknown, sdk: typeof GroqSdk, now: number): Verdict {
  if (error instanceof sdk.APIConnectionError) return again('Groq could not be reached.');
  if (!(error instanceof sdk.APIError)) return again('Groq’s answer could not be read.');
  const { code, message, generation } = detailsOf(error.error);
  const status: number | undefined = error.status;
  switch (status) {
    case 401:
      return fail('config', 'Groq refused the key. Check it in Settings → Connections.');
    case 403:
      return fail('config', 'Groq refused the request (403). Check the key’s permissions and the network’s proxy.');
    case 404:
      return code === 'model_not_found'
        ? { kind: 'gone' }
        : fail('config', phrase`Groq answered 404: ${quoted(message)}`);
    case 400:
      return badRequest(code, message, generation);
    case 413:
      return fail('refused', 'The request is too large for the tokens a minute that Groq allows this key.');
    case 429:
      return tooMany(error.headers, message, now);
    case 498:
      return again('Groq has no capacity at the moment.');
    case 408:
    case 409:
      return again(`Groq could not finish the request (${status}).`);
    default:
      return status !== undefined && status < 500
        ? fail('refused', phrase`Groq refused the request (${status}): ${quoted(message)}`)
        : again(`Groq has a problem of its own (${status ?? phrase`no status`}).`);
  }
}

/** A Go duration such as `1h2m3.4s` or `547ms` in ms; null when it is none. */
export function goDurationMs(text: string): number | null {
  const match = /^(?:(\d+)h)?(?:(\d+)m(?!s))?(?:([\d.]+)s)?(?:([\d.]+)ms)?$/.exec(text.replace(/\.+$/, ''));
  if (match === null || match[0] === '') return null;
  const [, hours = '0', minutes = '0', seconds = '0', ms = '0'] = match;
  return Math.ceil(Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds) * 1_000 + Number(ms));
}

function badRequest(code: string, message: string, generation: string): Verdict {
  if (code === 'model_decommissioned' || /decommissioned|does not support response format/i.test(message)) {
    return { kind: 'gone' };
  }
  if (code !== 'json_validate_failed') return fail('refused', phrase`Groq refused the request: ${quoted(message)}`);
  if (/max completion tokens reached/i.test(generation)) {
    return fail('refused', 'The answer did not fit into the tokens allowed for it.');
  }
  return {
    kind: 'retry',
    afterMs: null,
    failure: failure('refused', 'Groq could not write the answer in the form asked for.'),
  };
}

function tooMany(headers: Headers | undefined, message: string, now: number): Verdict {
  const named = /try again in ([\dhms.]+)/i.exec(message)?.[1];
  const afterMs = retryAfterMs(headers?.get('retry-after'), now) ?? (named === undefined ? null : goDurationMs(named));
  const retryAt = afterMs === null ? null : now + afterMs;
  if (/per day/i.test(message)) {
    return fail('quota', 'The day’s allowance at Groq is used up.', retryAt ?? now + 3_600_000);
  }
  if (afterMs !== null && afterMs > longestWaitMs) return fail('rate', 'Groq asked us to wait.', retryAt);
  return { kind: 'retry', afterMs, failure: failure('rate', 'Groq asked us to wait.', retryAt ?? now + longestWaitMs) };
}

function detailsOf(body: unknown): { code: string; message: string; generation: string } {
  const outer = asRecord(body);
  const inner = 'error' in outer ? asRecord(outer.error) : outer;
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  return { code: text(inner.code), message: text(inner.message), generation: text(inner.failed_generation) };
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function again(message: string): Verdict {
  return { kind: 'retry', afterMs: null, failure: failure('transient', message) };
}

function fail(kind: AiFailure['kind'], message: string, retryAt: number | null = null): Verdict {
  return { kind: 'fail', failure: failure(kind, message, retryAt) };
}

function failure(kind: AiFailure['kind'], message: string, retryAt: number | null = null): AiFailure {
  return new AiFailure('groq', kind, message, retryAt);
}
