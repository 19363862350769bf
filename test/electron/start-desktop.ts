import type { Desktop, DesktopOptions } from './desktop.ts';
import { startReal } from './real.ts';
import { startStandIn } from './stand-in.ts';

/** Whether specs run on real Electron: then what only the stand-in can do is left out. */
export const isReal = process.env.AUTOSOCIAL_TEST_ELECTRON === '1';

/**
 * Starts the built desktop app and waits until it works: on the stand-in, or on the Electron that is installed when
 * the specs were started by `npm run test:electron`.
 * @throws Error when real Electron is asked for and there is none
 */
export function startDesktop(options: DesktopOptions): Promise<Desktop> {
  return isReal ? startReal(options) : startStandIn(options);
}
