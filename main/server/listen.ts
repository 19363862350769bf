import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import type { ServerEnv } from '../web/actor.ts';

/** Answers under way when a server closes have this long. */
const graceMs = 2_000;

export interface Listener {
  server: Server;
  port: number;
  /** Origin of this very address, without a trailing slash. */
  url: string;
  /** Takes no more requests; resolves when those under way are answered, or cut off after two seconds. */
  close(): Promise<void>;
}

/**
 * Serves an app over HTTP.
 * @param prepare is shown the server before it listens
 */
export async function listen(
  app: Hono<ServerEnv>,
  { host, port: wanted }: { host: string; port: number },
  prepare: (server: Server) => void = () => undefined,
): Promise<Listener> {
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  server.headersTimeout = 10_000;
  server.maxConnections = 500;
  prepare(server);
  const port = await portOf(server, host, wanted);
  return {
    server,
    port,
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    close: () =>
      new Promise((resolve) => {
        const cutOff = setTimeout(() => server.closeAllConnections(), graceMs);
        server.close(() => {
          clearTimeout(cutOff);
          resolve();
        });
      }),
  };
}

function portOf(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.removeListener('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}
