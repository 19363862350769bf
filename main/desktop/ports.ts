import { ipcMain } from 'electron/main';
import { connectChannel } from '../../shared/contract/desktop-port.ts';
import type { Port } from './rpc-port.ts';
import { isTrustedFrame } from './trusted-frame.ts';

/** The one place where a page is given a port, and the only use of IPC: whoever holds a port is the owner. */
export function handOverPorts(accept: (port: Port) => void, warn: (message: string) => void): void {
  ipcMain.on(connectChannel, (event) => {
    const [port, ...others] = event.ports;
    for (const other of others) other.close();
    if (port === undefined) return;
    if (isTrustedFrame(event.senderFrame)) return accept(port);
    warn('a port was refused: it does not come from our page');
    port.close();
  });
}
