import { RPCHandler } from '@orpc/server/bun-ws';
import { openMessage } from '../../shared/contract/desktop-port.ts';
import type { CoreRouter } from '../core/api/router.ts';

/** What of Electron's `MessagePortMain` is used. */
export interface Port {
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  postMessage(message: unknown): void;
  start(): void;
  close(): void;
}

/** As on the server host's WebSocket. */
const maxMessageBytes = 1_000_000;

/** Serves the contract to the dashboard over message ports. */
export interface RpcPorts {
  serve(port: Port): void;
  /** Ends all lines; the dashboard then asks for a new one. */
  end(): void;
}

/** Whoever has such a port is the owner: who gets one is decided before. */
export function createRpcPorts(router: CoreRouter, warn: (message: string) => void): RpcPorts {
  // Of the transports without a socket of their own, the one whose failures can be caught.
  const handler = new RPCHandler(router);
  const lines = new Map<Port, () => void>();

  return {
    serve(port) {
      const line = {
        send: (message: unknown) => {
          port.postMessage(message);
          return 0;
        },
      };
      const end = (): void => {
        if (!lines.delete(port)) return;
        handler.close(line);
        port.close();
      };
      lines.set(port, end);
      port.on('close', end);
      port.on('message', ({ data }) => {
        if (!isMessage(data)) return end();
        handler.message(line, data, { context: { actor: 'owner' } }).catch(() => {
          warn('a message on a port made no sense');
          end();
        });
      });
      port.start();
      port.postMessage(openMessage);
    },

    end() {
      for (const end of lines.values()) end();
    },
  };
}

function isMessage(data: unknown): data is string | Uint8Array {
  if (typeof data === 'string') return data.length <= maxMessageBytes;
  return data instanceof Uint8Array && data.byteLength <= maxMessageBytes;
}
