export type Fetched = { bytes: Uint8Array } | { failure: 'unreachable' | 'slow' | 'too-large' };

const timeout = 20_000;
const loopback = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Fetches media as Meta's servers would ("we cURL it"): ASCII address, no redirects, no credentials.
 * Only loopback answers here; any other host counts as unreachable. `limit` in bytes.
 */
export async function fetchMedia(address: string, limit: number): Promise<Fetched> {
  const url = URL.canParse(address) ? new URL(address) : null;
  const allowed = url !== null && ['http:', 'https:'].includes(url.protocol) && loopback.includes(url.hostname);
  if (!allowed || !/^[\x21-\x7e]+$/.test(address)) return { failure: 'unreachable' };
  try {
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(timeout) });
    if (!response.ok) return { failure: 'unreachable' };
    if (Number(response.headers.get('content-length') ?? 0) > limit) return { failure: 'too-large' };
    const bytes = new Uint8Array(await response.arrayBuffer());
    return bytes.length > limit ? { failure: 'too-large' } : { bytes };
  } catch (error) {
    return { failure: error instanceof DOMException && error.name === 'TimeoutError' ? 'slow' : 'unreachable' };
  }
}
