/*
 * How the dashboard in a desktop window comes to its message port. The preload makes a channel, gives one end to the
 * app and the other to the page; from then on the contract travels on it as it does on a WebSocket.
 */

/** Name of the preload's one function in the page: `window[bridgeName].connect()`. */
export const bridgeName = 'autosocialDesktop';

/** What the preload offers. Each call makes a new port; the page gets it as a message event with {@link portMessage}. */
export interface DesktopBridge {
  connect(): void;
}

/** `data` of the event that brings the port to the page. */
export const portMessage = 'autosocial:port';

/** Channel on which the preload gives the other end to the app. */
export const connectChannel = 'autosocial:connect';

/** The app's first message on a port: it works, calls are welcome. */
export const openMessage = 'open';
