import type { Secret } from '../core/ports/index.ts';
import { retryAfterMs } from './service.ts';

/** How one HTTP call to Replicate ended. */
export type Answer =
  | { kind: 'ok'; json: unknown }
  | { kind: 'refused'; status: number; detail: string; retryAfterMs: number | null }
  /** Proven not to have reached the service. */
  | { kind: 'unsent' }
  /** It may have taken effect; `answered` when an error of the service itself came back. */
  | { kind: 'lost'; answered: boolean };

export type Call = (
  method: 'GET' | 'POST',
  path: string,
  more?: { data?: object; cancelAfter?: string },
) => Promise<Answer>;

const requestTimeoutMs = 30_000;

/**
 * Calls Replicate's HTTP API through its SDK, one request for each call. Left alone the SDK sends a
 * POST up to six times when a connection drops, each one a paid prediction, and never waits in between;
 * so its `fetch` is ours, and shows it only answers that it does not repeat.
 * @param origin e.g. `https://api.replicate.com`
 * @param now UTC ms
 */
export async function replicateCalls(
  token: Secret,
  origin: string,
  now: () => number,
  signal: AbortSignal | undefined,
): Promise<Call> {
  const { default: Replicate } = await import('replicate');
  return async (method, path, { data, cancelAfter } = {}) => {
    let ended: Answer = { kind: 'lost', answered: false };
    const sdk = new Replicate({
      auth: token.reveal(),
      baseUrl: `${origin}/v1`,
      userAgent: 'AutoSocialAI',
      useFileOutput: false,
      fetch: async (url, init) => {
        const timeout = AbortSignal.timeout(requestTimeoutMs);
        const within = signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
        try {
          const response = await fetch(url, { ...init, signal: within, redirect: 'error' });
          ended = await read(response, now());
        } catch (error) {
          ended = neverLeft(error) ? { kind: 'unsent' } : { kind: 'lost', answered: false };
        }
        return new Response(null, { status: 200 });
      },
    });
    const headers = cancelAfter === undefined ? {} : { 'Cancel-After': cancelAfter };
    await sdk.request(path, { method, data, headers });
    return ended;
  };
}

async function read(response: Response, now: number): Promise<Answer> {
  const text = await response.text();
  const json = parse(text);
  if (response.ok) return json === undefined ? { kind: 'lost', answered: false } : { kind: 'ok', json };
  if (response.status >= 500) return { kind: 'lost', answered: true };
  const { detail, title, retry_after: seconds } = asRecord(json);
  const named = typeof detail === 'string' ? detail : typeof title === 'string' ? title : '';
  const resets = /resets in ~?(\d+)s/.exec(named)?.[1];
  return {
    kind: 'refused',
    status: response.status,
    detail: named,
    retryAfterMs: retryAfterMs(response.headers.get('retry-after') ?? textOf(seconds) ?? resets, now),
  };
}

/** Failures of name look-up and connecting: no byte of the request went out. */
const beforeSending = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
];

function neverLeft(error: unknown): boolean {
  const causes = [error, asRecord(error).cause, asRecord(asRecord(error).cause).cause];
  return causes.some((cause) => beforeSending.includes(String(codeOf(cause))));
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'number' || typeof value === 'string' ? String(value) : null;
}

function asRecord(value: unknown): Record<string, unknown> {
  if (value instanceof Error) return { cause: value.cause };
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
