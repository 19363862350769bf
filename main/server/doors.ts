import type { SessionRecord } from '../core/ports/index.ts';
import { systemDigest, systemRandom } from '../host/chance.ts';
import { systemClock } from '../host/time.ts';
import type { Doors, HostingOptions } from '../hosting.ts';
import { placesOf } from '../places.ts';
import { startRescue } from './rescue.ts';
import { type RunningServer, type ServerOptions, startServer } from './server.ts';

/**
 * The server host's doors, one after the other in the same process: the address stays, also where any free port was
 * taken, and so do log-ins that were made while there was no store to keep them.
 */
export function serverDoors(options: HostingOptions & Omit<ServerOptions, 'uploads'>): Doors<RunningServer> {
  const sessions: SessionRecord[] = [];
  let { port } = options;

  return {
    async open({ core, ports, handouts }) {
      const { connections } = ports.store;
      for (const session of sessions) {
        if ((await connections.sessionByHash(session.tokenHash)) === undefined)
          await connections.insertSession(session);
      }
      const { uploads } = placesOf(options.dataDir, options.profile);
      const server = await startServer(core, ports, handouts, { ...options, port, uploads });
      port = server.port;
      return server;
    },

    async rescue(distress) {
      const deps = { clock: systemClock, random: systemRandom(systemClock), digest: systemDigest, log: options.log };
      const server = await startRescue(deps, { ...options, ...distress, port, sessions });
      port = server.port;
      return server;
    },
  };
}
