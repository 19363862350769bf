import { create } from 'zustand';
import type { Line } from './line.ts';

/**
 * - `connecting`: not connected yet since the page was opened
 * - `open`: connected
 * - `reconnecting`: was lost or could not be made; tried again by itself
 * - `signed-out`: the server wants a login first
 */
export type ConnectionState = 'connecting' | 'open' | 'reconnecting' | 'signed-out';

export const useConnection = create<{ state: ConnectionState }>(() => ({ state: 'connecting' }));

const retryDelaysMs = [250, 500, 1_000, 2_000, 4_000];

/**
 * A line to the core that connects again by itself, and looks like a WebSocket.
 * While it waits for its first connection it says CONNECTING, so calls wait for it; later it says CLOSED
 * between connections, so a call fails at once instead of being sent minutes after somebody clicked.
 */
export class ReconnectingSocket extends EventTarget {
  readonly #dial: () => Line;
  readonly #isSignedIn: () => Promise<boolean | null>;
  #socket: Line | null = null;
  #failures = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #started = false;

  /** `isSignedIn` answers whether the server accepts us, null when it cannot be reached. */
  constructor(dial: () => Line, isSignedIn: () => Promise<boolean | null>) {
    super();
    this.#dial = dial;
    this.#isSignedIn = isSignedIn;
  }

  get readyState(): number {
    if (this.#socket?.readyState === WebSocket.OPEN) return WebSocket.OPEN;
    return useConnection.getState().state === 'connecting' ? WebSocket.CONNECTING : WebSocket.CLOSED;
  }

  /** Connects, or tries again at once when it is waiting to. */
  start(): void {
    if (this.#socket !== null) return;
    if (!this.#started) {
      this.#started = true;
      addEventListener('online', () => this.start());
      document.addEventListener('visibilitychange', () => {
        if (!document.hidden && useConnection.getState().state === 'reconnecting') this.start();
      });
    }
    if (useConnection.getState().state === 'signed-out') useConnection.setState({ state: 'connecting' });
    clearTimeout(this.#retry);
    this.#connect();
  }

  send(data: string | ArrayBufferLike | Blob | ArrayBufferView): void {
    if (this.#socket?.readyState !== WebSocket.OPEN) throw new Error('Not connected.');
    this.#socket.send(data);
  }

  #connect(): void {
    const socket = this.#dial();
    this.#socket = socket;
    socket.addEventListener('open', () => {
      this.#failures = 0;
      useConnection.setState({ state: 'open' });
      this.dispatchEvent(new Event('open'));
    });
    socket.addEventListener('message', (event) => {
      if (event instanceof MessageEvent)
        this.dispatchEvent(new MessageEvent('message', { data: event.data as unknown }));
    });
    socket.addEventListener('close', () => {
      this.#socket = null;
      void this.#lost();
    });
  }

  async #lost(): Promise<void> {
    useConnection.setState({ state: 'reconnecting' });
    this.dispatchEvent(new Event('close'));
    if ((await this.#isSignedIn()) === false) {
      useConnection.setState({ state: 'signed-out' });
      return;
    }
    if (this.#socket !== null) return;
    const delay = retryDelaysMs[Math.min(this.#failures, retryDelaysMs.length - 1)];
    this.#failures += 1;
    this.#retry = setTimeout(() => this.start(), delay);
  }
}
