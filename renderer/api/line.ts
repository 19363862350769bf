import { bridgeName, type DesktopBridge, openMessage, portMessage } from '../../shared/contract/desktop-port.ts';

/** What of a WebSocket a line to the core needs; its events are `open`, `message` and `close`. */
export interface Line extends EventTarget {
  readonly readyState: number;
  send(data: string | ArrayBufferLike | Blob | ArrayBufferView): void;
}

declare global {
  interface Window {
    /** There in a desktop window only. */
    [bridgeName]?: DesktopBridge;
  }
}

/** Whether this page is in the app's own window, and not in a browser. */
export const isDesktop = window[bridgeName] !== undefined;

/** Begins a new line: over a message port in the app's own window, over a WebSocket in a browser. */
export function dial(): Line {
  const bridge = window[bridgeName];
  if (bridge !== undefined) return new PortLine(bridge);
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new WebSocket(`${scheme}//${location.host}/api/rpc`);
  socket.binaryType = 'arraybuffer';
  return socket;
}

/** A message port that behaves like a WebSocket. It is open as soon as the app says so. */
class PortLine extends EventTarget implements Line {
  #port: MessagePort | null = null;
  readyState: number = WebSocket.CONNECTING;

  constructor(bridge: DesktopBridge) {
    super();
    const take = ({ source, data, ports }: MessageEvent<unknown>): void => {
      const [port] = ports;
      if (source !== window || data !== portMessage || port === undefined) return;
      removeEventListener('message', take);
      this.#use(port);
    };
    addEventListener('message', take);
    bridge.connect();
  }

  send(data: string | ArrayBufferLike | Blob | ArrayBufferView): void {
    if (this.readyState !== WebSocket.OPEN) throw new Error('Not connected.');
    this.#port?.postMessage(data);
  }

  #use(port: MessagePort): void {
    this.#port = port;
    port.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (this.readyState === WebSocket.OPEN) {
        this.dispatchEvent(new MessageEvent('message', { data }));
      } else if (data === openMessage) {
        this.readyState = WebSocket.OPEN;
        this.dispatchEvent(new Event('open'));
      }
    });
    port.addEventListener('close', () => {
      this.readyState = WebSocket.CLOSED;
      this.dispatchEvent(new Event('close'));
    });
    port.start();
  }
}
