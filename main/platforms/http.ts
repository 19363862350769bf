import type { Failure } from '../core/ports/networks.ts';

/**
 * Sends one request and answers with the response, whatever its status.
 * `timeoutMs` is the deadline of the whole exchange, reading the body included; `signal` ends it before.
 */
export type Http = (request: Request, limits: { timeoutMs: number; signal?: AbortSignal }) => Promise<Response>;

/** Deadlines in ms. Uploads are long because an agency's upstream may be slow. */
export const deadlines = { call: 30_000, optionalRead: 8_000, upload: 600_000 };

/** The global fetch under a deadline. Redirects are handed back, never followed: a token must not go elsewhere. */
export const fetchHttp: Http = (request, { timeoutMs, signal = request.signal }) =>
  fetch(request, {
    redirect: 'manual',
    signal: AbortSignal.any([request.signal, signal, AbortSignal.timeout(timeoutMs)]),
  });

const largestAnswer = 4 * 1024 * 1024;

/**
 * The body as text, or null when it was cut, is no UTF-8 or is larger than any answer of these networks.
 */
export async function readText(response: Response): Promise<string | null> {
  try {
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of response.body ?? []) {
      length += chunk.byteLength;
      if (length > largestAnswer) return null;
      chunks.push(chunk);
    }
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    // The connection broke or the bytes are no text: either way there is nothing to believe.
    return null;
  }
}

/** The JSON object in a text, or null when it is none. */
export function parseObject(text: string | null): Record<string, unknown> | null {
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

/** Connection errors before any byte of the request left: name resolution, refusal, connect time-out, TLS. */
const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** True when the error of a fetch proves that the request never left this computer. */
export function provesNotSent(error: unknown): boolean {
  const code = transportCode(error);
  return code !== null && neverSent.has(code);
}

/** What a thrown fetch means for a call that can be repeated. */
export function transportFailure(error: unknown): Failure {
  const code = transportCode(error) ?? (error instanceof Error ? error.name : 'unknown');
  return { class: 'transient', code: `network/${code}`, message: `The network could not be reached (${code}).` };
}

function transportCode(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const { cause } = error;
  const inner = cause instanceof Error ? cause : error;
  return 'code' in inner && typeof inner.code === 'string' ? inner.code : null;
}

/** `Retry-After` as UTC ms, between one minute and one day from now; null when it is absent or unreadable. */
export function retryAfter(headers: Headers, now: number): number | null {
  const value = headers.get('retry-after')?.trim() ?? '';
  const at = /^\d+$/.test(value) ? now + Number(value) * 1000 : Date.parse(value);
  return Number.isNaN(at) ? null : Math.min(Math.max(at, now + 60_000), now + 86_400_000);
}
