import { contextBridge, ipcRenderer } from 'electron/renderer';
import { bridgeName, connectChannel, type DesktopBridge, portMessage } from '../shared/contract/desktop-port.ts';

/** Gives one end of a new channel to the app and the other to the page, and nothing else to anybody. */
const bridge: DesktopBridge = {
  connect() {
    const { port1, port2 } = new MessageChannel();
    ipcRenderer.postMessage(connectChannel, null, [port2]);
    window.postMessage(portMessage, location.origin, [port1]);
  },
};

contextBridge.exposeInMainWorld(bridgeName, bridge);
