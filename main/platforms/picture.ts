import type { Context } from './context.ts';
import { deadlines } from './http.ts';

const largestPicture = 512 * 1024;
const pictureTypes = ['image/jpeg', 'image/png', 'image/webp', 'image/svg+xml'];

/**
 * A profile picture as a `data:` address, because pages of the app load nothing from elsewhere and a network's address lives for hours only.
 * Null for whatever is no small picture on the open web (in the sandbox: on this computer). No token is sent, and nothing fails for want of it.
 */
export async function readPicture(
  { http, endpoints, log }: Pick<Context, 'http' | 'endpoints' | 'log'>,
  address: string,
): Promise<string | null> {
  if (!isAllowed(address, endpoints.tiktokApi)) return null;
  try {
    const request = new Request(address, { redirect: 'manual' });
    const response = await http(request, { timeoutMs: deadlines.optionalRead });
    const type = (response.headers.get('content-type') ?? '').split(';')[0]?.trim() ?? '';
    const bytes = response.status === 200 && pictureTypes.includes(type) ? await readBytes(response) : null;
    if (bytes === null) await response.body?.cancel();
    return bytes === null ? null : `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;
  } catch (error) {
    log.info('a profile picture could not be read', { error: error instanceof Error ? error.name : 'unknown' });
    return null;
  }
}

/** Names with a dot in them only: an address by number, or a name of the local network, is no public picture. */
function isAllowed(address: string, api: string): boolean {
  const url = URL.parse(address);
  if (url === null) return false;
  const isSandbox = new URL(api).hostname === '127.0.0.1' && url.hostname === '127.0.0.1';
  const isPublic = url.protocol === 'https:' && url.port === '' && /\.[a-z]{2,}$/i.test(url.hostname);
  return isSandbox || (isPublic && !/\.(local|internal|lan|home|arpa)$/i.test(url.hostname));
}

async function readBytes(response: Response): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength;
    if (length > largestPicture) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
