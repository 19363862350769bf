import type { DesktopDoor } from './doors.ts';
import { startingPage } from './plain-pages.ts';
import type { Port } from './rpc-port.ts';
import type { Speech } from './speech.ts';

/**
 * Receives what the window asks, whatever is behind it at the moment. While the app starts, calls wait, and pages say
 * so; when it cannot start, everything is answered with the reason.
 */
export interface Reception {
  /** From now on this door is behind it; null: none, for a moment. */
  show(door: DesktopDoor | null): void;
  /** Nothing will be behind it any more. @param reason for a person */
  fail(reason: string): void;
  fetch(request: Request): Promise<Response>;
  /** Takes a port of our own page. */
  accept(port: Port): void;
}

/** Nobody reconnects this often; more are dropped. */
const portsWaiting = 10;

export function createReception(speech: () => Speech): Reception {
  let door: DesktopDoor | null = null;
  let failure: string | null = null;
  let opened = Promise.withResolvers<void>();
  let waiting: Port[] = [];

  return {
    show(next) {
      door = next;
      if (next === null) {
        opened = Promise.withResolvers<void>();
        return;
      }
      opened.resolve();
      for (const port of waiting) {
        if (next.serve === null) port.close();
        else next.serve(port);
      }
      waiting = [];
    },

    fail(reason) {
      failure = reason;
      opened.resolve();
      for (const port of waiting) port.close();
      waiting = [];
    },

    async fetch(request) {
      if (door === null && new URL(request.url).pathname.startsWith('/api/')) await opened.promise;
      if (door !== null) return door.fetch(request);
      const headers = { 'cache-control': 'no-store', 'content-security-policy': policy };
      if (!new URL(request.url).pathname.startsWith('/api/')) {
        const body = String(await startingPage(failure, speech()));
        return new Response(body, { status: 503, headers: { ...headers, 'content-type': 'text/html; charset=utf-8' } });
      }
      const message = failure ?? speech().words.pages.isStarting;
      return Response.json({ code: 'SERVICE_UNAVAILABLE', message, data: {} }, { status: 503, headers });
    },

    accept(port) {
      if (door?.serve != null) door.serve(port);
      else if (door !== null || failure !== null || waiting.length >= portsWaiting) port.close();
      else waiting.push(port);
    },
  };
}

const policy =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
