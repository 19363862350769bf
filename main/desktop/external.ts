import { shell } from 'electron/common';
import { isForBrowser, type LocalOrigins } from './navigation.ts';

/** Opens addresses in the person's browser or mail program. Everything else that wants to goes through here. */
export type OpenExternal = (address: string) => Promise<void>;

/** @param local asked at each use */
export function externalOpener(local: () => LocalOrigins, warn: (message: string) => void): OpenExternal {
  return async (address) => {
    if (!isForBrowser(address, local())) {
      warn('an address was not opened: it is neither https nor mail');
      return;
    }
    await shell.openExternal(new URL(address).href).catch(() => warn('the browser could not be opened'));
  };
}
