import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import type { contract } from '../../shared/contract/index.ts';
import { dial } from './line.ts';
import { ReconnectingSocket } from './socket.ts';

export type Client = ContractRouterClient<typeof contract>;

/** The one connection to the core; every call and every pushed change travels on it. */
export const socket = new ReconnectingSocket(dial, isSignedIn);

/** Calls of the contract, typed. */
export const client: Client = createORPCClient(new RPCLink({ websocket: socket as unknown as WebSocket }));

/** The same calls as options for TanStack Query. */
export const orpc = createTanstackQueryUtils(client);

async function isSignedIn(): Promise<boolean | null> {
  try {
    const response = await fetch('/api/host', { credentials: 'same-origin' });
    if (response.status === 503) {
      // In the app's place a page answers that helps with data which cannot be opened.
      location.reload();
      return null;
    }
    return response.status !== 401 && response.status !== 403;
  } catch {
    return null;
  }
}
