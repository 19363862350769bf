import { createRouter } from '../core/api/router.ts';
import { systemRandom } from '../host/chance.ts';
import { systemClock } from '../host/time.ts';
import type { Door, Doors, HostingOptions } from '../hosting.ts';
import { placesOf } from '../places.ts';
import { pagesApp, type PagesOptions, rescuePages } from './pages.ts';
import { createRpcPorts, type Port } from './rpc-port.ts';

/** What the window comes to: pages, and in the app the contract too. */
export interface DesktopDoor extends Door {
  fetch(request: Request): Response | Promise<Response>;
  /** Null in rescue, whose page needs no port. */
  serve: ((port: Port) => void) | null;
}

/** @param origin that logins come back to on this computer, without a trailing slash */
export function desktopDoors(
  options: HostingOptions & Omit<PagesOptions, 'uploads'> & { origin: string; warn(message: string): void },
): Doors<DesktopDoor> {
  const { origin, log } = options;
  return {
    open({ core }) {
      const router = createRouter(core);
      const { uploads } = placesOf(options.dataDir, options.profile);
      const pages = pagesApp(core, router, { ...options, uploads });
      const ports = createRpcPorts(router, options.warn);
      return Promise.resolve({
        origin,
        fetch: (request) => pages.fetch(request),
        serve: ports.serve,
        close: () => {
          options.loopback.close();
          ports.end();
          return Promise.resolve();
        },
      });
    },

    rescue(distress) {
      const pages = rescuePages({ random: systemRandom(systemClock), log }, distress);
      return Promise.resolve({
        origin,
        fetch: (request) => pages.fetch(request),
        serve: null,
        close: () => Promise.resolve(),
      });
    },
  };
}
