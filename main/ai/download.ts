import { createHash } from 'node:crypto';
import { AiFailure } from '../core/ports/index.ts';

const maxBytes = 100 * 1024 * 1024;
const maxRedirects = 3;
const timeoutMs = 120_000;

/** What became of one try to fetch a file. */
export type Download = { kind: 'done'; bytes: Uint8Array } | { kind: 'broken'; detail: string };

/** The download hosts Replicate uses, and what stands for them in a sandbox. */
export interface Delivery {
  /** Origin asked in place of `https://replicate.delivery` and its subdomains; null asks those. */
  baseUrl: string | null;
  /** Further origins files may come from. */
  origins: readonly string[];
}

/**
 * Fetches a file of Replicate once. No token is sent.
 * @param location URL or data URL as the prediction's output names it
 * @returns `broken` when another try may help
 * @throws {AiFailure} when it is gone, too large or somewhere it should not be
 */
export async function download(
  location: string,
  delivery: Delivery,
  signal: AbortSignal | undefined,
): Promise<Download> {
  if (location.startsWith('data:')) return { kind: 'done', bytes: fromDataUrl(location) };
  const timeout = AbortSignal.timeout(timeoutMs);
  const within = signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
  try {
    const response = await follow(addressOf(location, delivery), delivery, within);
    if (response.status === 404 || response.status === 403 || response.status === 410) {
      throw unusable('Replicate has deleted the file already.');
    }
    if (!response.ok) return { kind: 'broken', detail: `status/${response.status}` };
    return await readBody(response);
  } catch (error) {
    if (error instanceof AiFailure) throw error;
    return { kind: 'broken', detail: 'connection' };
  }
}

async function follow(address: URL, delivery: Delivery, signal: AbortSignal): Promise<Response> {
  let at = address;
  for (let hop = 0; hop <= maxRedirects; hop += 1) {
    const response = await fetch(at, { signal, redirect: 'manual' });
    const location = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || location === null) return response;
    await response.body?.cancel();
    at = addressOf(new URL(location, at).href, delivery);
  }
  throw unusable('Replicate’s file is behind too many redirects.');
}

function addressOf(location: string, { baseUrl, origins }: Delivery): URL {
  const url = URL.canParse(location) ? new URL(location) : null;
  const isDelivery =
    url?.protocol === 'https:' && url.port === '' && /^(?:[a-z0-9-]+\.)*replicate\.delivery$/.test(url.hostname);
  if (url !== null && isDelivery) return baseUrl === null ? url : new URL(`${url.pathname}${url.search}`, baseUrl);
  if (
    url !== null &&
    [baseUrl, ...origins].some((origin) => origin !== null && new URL(origin).origin === url.origin)
  ) {
    return url;
  }
  throw unusable('Replicate named a file on a host that is not its own.');
}

async function readBody(response: Response): Promise<Download> {
  const type = response.headers.get('content-type') ?? '';
  const length = response.headers.get('content-length');
  if (/^text\/|json/.test(type)) {
    await response.body?.cancel();
    return { kind: 'broken', detail: `type/${type.split(';')[0]}` };
  }
  const chunks: Uint8Array[] = [];
  let size = Number(length ?? 0);
  if (size <= maxBytes) size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > maxBytes) throw unusable('Replicate’s file is larger than 100 MB.');
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  if (bytes.length === 0) return { kind: 'broken', detail: 'empty' };
  if (length !== null && bytes.length !== Number(length)) return { kind: 'broken', detail: 'cut' };
  const md5 = /md5=([\w+/=]+)/.exec(response.headers.get('x-goog-hash') ?? '')?.[1];
  if (md5 !== undefined && md5 !== createHash('md5').update(bytes).digest('base64')) {
    return { kind: 'broken', detail: 'damaged' };
  }
  return { kind: 'done', bytes: new Uint8Array(bytes) };
}

function fromDataUrl(location: string): Uint8Array {
  const base64 = /^data:[\w/+.-]+;base64,(.+)$/s.exec(location)?.[1];
  if (base64 === undefined || base64.length > maxBytes * 1.4) throw unusable('Replicate’s file could not be read.');
  return new Uint8Array(Buffer.from(base64, 'base64'));
}

function unusable(message: string): AiFailure {
  return new AiFailure('replicate', 'transient', message);
}
