import { apiToken } from './host.ts';

/** An answer of the host with nothing interpreted but JSON. */
export interface Answer<T = unknown> {
  status: number;
  headers: Headers;
  text: string;
  /** Undefined when the text is no JSON. */
  body: T;
}

export interface Asking {
  /** Objects are sent as JSON; strings, bytes and forms as they are. */
  body?: unknown;
  /** Null sends none. */
  token?: string | null;
  headers?: Record<string, string>;
}

/** Asks the host anything and answers whatever came back; redirects are not followed. */
export async function ask<T = unknown>(
  origin: string,
  method: string,
  path: string,
  { body, token = apiToken, headers = {} }: Asking = {},
): Promise<Answer<T>> {
  const isForm = body instanceof FormData || body instanceof URLSearchParams;
  const isRaw = isForm || typeof body === 'string' || body instanceof Uint8Array;
  const isJson = body !== undefined && !isForm && !(body instanceof Uint8Array);
  const response = await fetch(origin + path, {
    method,
    redirect: 'manual',
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(isJson ? { 'content-type': 'application/json' } : {}),
      ...headers,
    },
    body: body === undefined ? undefined : isRaw ? (body as BodyInit) : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parse(text) as T };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
