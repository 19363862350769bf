import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { RPCHandler } from '@orpc/server/ws';
import { parse } from 'hono/utils/cookie';
import { WebSocketServer } from 'ws';
import type { CoreRouter } from '../core/api/router.ts';
import { type Addresses, sessionCookie } from './guard.ts';
import type { Sessions } from './sessions.ts';

const maxMessageBytes = 1_000_000;
/** RFC 6455, 7.4.1: a server going down. */
const goingAway = 1001;
const graceMs = 1_000;

/**
 * The contract over one WebSocket at `/api/rpc`, for the dashboard: a browser with our cookie, from
 * our own page. Anyone else is turned away before the upgrade.
 * @returns ends all connections
 */
export function serveRpc(
  server: Server,
  router: CoreRouter,
  deps: { sessions: Sessions; addresses: () => Addresses },
): () => void {
  const handler = new RPCHandler(router);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes });

  async function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const status = await refusal(request, deps);
    if (status !== null) {
      socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      void handler.upgrade(webSocket, { context: { actor: 'owner' } });
    });
  }

  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    upgrade(request, socket, head).catch(() => socket.destroy());
  });

  return () => {
    // What was already answered goes out before the goodbye; whoever does not answer that is cut off.
    for (const client of sockets.clients) client.close(goingAway);
    setTimeout(() => {
      for (const client of sockets.clients) client.terminate();
    }, graceMs).unref();
    sockets.close();
  };
}

async function refusal(
  request: IncomingMessage,
  { sessions, addresses }: { sessions: Sessions; addresses: () => Addresses },
): Promise<string | null> {
  const { host, origin, cookie } = request.headers;
  const { hosts, origins } = addresses();
  if (host === undefined || !hosts.has(host)) return '421 Misdirected Request';
  if (request.url?.split('?')[0] !== '/api/rpc') return '404 Not Found';
  if (origin === undefined || !origins.has(origin)) return '403 Forbidden';
  const session = parse(cookie ?? '')[sessionCookie];
  return session !== undefined && (await sessions.isOpen(session)) ? null : '401 Unauthorized';
}
