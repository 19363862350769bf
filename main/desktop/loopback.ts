import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { platforms } from '../../shared/domain/platform.ts';
import type { Timer, Timers } from '../core/ports/index.ts';
import { notice } from '../web/pages.ts';
import type { LoginReturn, Logins } from './logins.ts';
import { spokenIn } from './plain-pages.ts';
import type { Words } from './words/index.ts';

/** Without an answer the listener goes again after this. */
const openMs = 5 * 60_000;
/** The page in the browser is on its way, then nothing listens any more. */
const lingerMs = 500;

/** A listener on this computer for logins that come back to it, open only while one is out. */
export interface Loopback {
  /** Listens, if it does not already. @returns its origin, such as `http://127.0.0.1:4680` */
  open(): Promise<string>;
  isOpen(): boolean;
  close(): void;
}

/**
 * @param deps.port that is tried first: the one networks were told of. When it is taken, any free one.
 * @param deps.onReturn is told of a login that was begun here, once
 */
export function createLoopback(deps: {
  port: number;
  logins: Logins;
  timers: Timers;
  onReturn(login: LoginReturn): void;
  words(): Words;
}): Loopback {
  let listening: { server: Server; port: number } | null = null;
  let opening: Promise<string> | null = null;
  let timer: Timer | null = null;

  function closeAfter(delayMs: number): void {
    timer?.cancel();
    timer = deps.timers.after(delayMs, close);
  }

  function close(): void {
    timer?.cancel();
    timer = null;
    listening?.server.close();
    listening?.server.closeAllConnections();
    listening = null;
  }

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const login = loginReturn(request, listening?.port ?? 0);
    const isOurs = login !== null && deps.logins.take(login);
    void say(response, isOurs, deps.words());
    if (!isOurs) return;
    if (deps.logins.waiting() === 0) closeAfter(lingerMs);
    deps.onReturn(login);
  }

  async function listen(): Promise<string> {
    const server = createServer({ headersTimeout: 5_000, requestTimeout: 5_000, maxHeaderSize: 16_384 }, answer);
    server.maxConnections = 20;
    const port = await listenOn(server, deps.port).catch(() => listenOn(server, 0));
    listening = { server, port };
    return originOf(port);
  }

  return {
    async open() {
      closeAfter(openMs);
      if (listening !== null) return originOf(listening.port);
      opening ??= listen().finally(() => {
        opening = null;
      });
      return opening;
    },
    isOpen: () => listening !== null,
    close,
  };
}

/**
 * The login in a request: a browser that was sent here by a network, under the name it was sent to. A page that
 * calls this address by itself is not one.
 */
export function loginReturn(
  { method, url, headers }: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  port: number,
): LoginReturn | null {
  const { host, origin, 'sec-fetch-mode': mode = 'navigate' } = headers;
  if (method !== 'GET' || host !== `127.0.0.1:${port}` || origin !== undefined || mode !== 'navigate') return null;
  if (url === undefined || !URL.canParse(url, originOf(port))) return null;
  const { pathname, searchParams } = new URL(url, originOf(port));
  const platform = platforms.find((candidate) => pathname === `/api/auth/${candidate}/callback`);
  const state = searchParams.get('state');
  const code = searchParams.get('code');
  const error = searchParams.get('error');
  if (platform === undefined || state === null || (code === null && error === null)) return null;
  return { platform, state, code, error };
}

async function say(response: ServerResponse, isOurs: boolean, words: Words): Promise<void> {
  const { backToApp, loginDone, nothingHere, beginInApp } = words.pages;
  const page = isOurs
    ? await notice(backToApp, loginDone, null, spokenIn(words))
    : await notice(nothingHere, beginInApp, null, spokenIn(words));
  response.writeHead(isOurs ? 200 : 404, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    connection: 'close',
  });
  response.end(String(page));
}

function originOf(port: number): string {
  return `http://127.0.0.1:${port}`;
}

function listenOn(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.removeListener('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}
