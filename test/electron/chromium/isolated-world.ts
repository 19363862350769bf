import type { Codec } from '../codec.ts';

export interface WorldOptions {
  /** Names in this world only: of the binding that leads out, and of the function that is called from outside. */
  binding: string;
  receiver: string;
  /** Of the events that lead to the page's own world; a secret, as the page shares the document. */
  line: string;
}

/** The app's preload as a function of what Electron hands to it. */
type Preload = (
  require: (name: string) => object,
  process: object,
  exports: object,
  module: { exports: object },
  Buffer: undefined,
  global: typeof globalThis,
  setImmediate: undefined,
  clearImmediate: undefined,
) => void;

/** Electron's wrapping of a sandboxed preload. @param source null when the window has none */
export function wrapPreload(source: string | null): string {
  if (source === null) return 'null';
  return `function (require, process, exports, module, Buffer, global, setImmediate, clearImmediate) {${source}\n}`;
}

/**
 * Electron's sandboxed preload environment, in an isolated world of a page: `require` of what is on the list,
 * `ipcRenderer`, `contextBridge`. Runs before the page's first script, in the top frame only, as Electron's default
 * is. Its source is sent into the page, so that it uses nothing of this module but its arguments.
 */
export function isolatedWorld(
  { binding, receiver, line }: WorldOptions,
  makeCodec: () => Codec,
  preload: Preload | null,
): void {
  if (window !== window.top) return;
  type Message = Record<string, unknown> & { type: string };
  type Listener = (
    event: { ports: readonly MessagePort[]; senderId: number; sender: unknown },
    ...input: unknown[]
  ) => void;

  const world = globalThis as unknown as Record<string, (payload: string) => void>;
  const out = world[binding] as (payload: string) => void;
  delete world[binding];
  const codec = makeCodec();
  const documentId = [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16)).join('');
  const tell = (message: Message): void => out(codec.encode({ ...message, documentId }));

  // Ports that the app's process has the other end of.
  const ports = new Map<string, MessagePort>();
  let lastPort = 0;

  function bridge(id: string, port: MessagePort): void {
    ports.set(id, port);
    port.onmessage = ({ data, ports: more }) => {
      if (more.length > 0) throw new Error('The stand-in cannot send ports over a port that the app holds.');
      tell({ type: 'port-message', port: id, data: data as unknown });
    };
    port.addEventListener('close', () => {
      ports.delete(id);
      tell({ type: 'port-close', port: id });
    });
  }

  function giveAway(given: readonly MessagePort[]): string[] {
    const taken = structuredClone([...given], { transfer: [...given] });
    return taken.map((port) => {
      lastPort += 1;
      const id = `${documentId}/page-${lastPort}`;
      bridge(id, port);
      return id;
    });
  }

  function clone<T>(value: T): T {
    try {
      return structuredClone(value);
    } catch {
      throw new Error('An object could not be cloned.');
    }
  }

  // ipcRenderer
  const listeners = new Map<string, Listener[]>();
  const calls = new Map<number, { resolve(value: unknown): void; reject(error: Error): void; channel: string }>();
  let lastCall = 0;
  const on = (channel: string, listener: Listener) => {
    listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
    return ipcRenderer;
  };
  const off = (channel: string, listener: Listener) => {
    listeners.set(
      channel,
      (listeners.get(channel) ?? []).filter((known) => known !== listener),
    );
    return ipcRenderer;
  };
  const ipcRenderer = {
    send: (channel: string, ...input: unknown[]) => tell({ type: 'send', channel, input: clone(input) }),
    invoke(channel: string, ...input: unknown[]) {
      const call = (lastCall += 1);
      return new Promise((resolve, reject) => {
        tell({ type: 'invoke', channel, input: clone(input), call });
        calls.set(call, { resolve, reject, channel });
      });
    },
    postMessage(channel: string, message: unknown, transfer: readonly MessagePort[] = []) {
      tell({ type: 'post', channel, input: [clone(message)], ports: giveAway(transfer) });
    },
    on,
    addListener: on,
    off,
    removeListener: off,
    once(channel: string, listener: Listener) {
      const once: Listener = (event, ...input) => {
        off(channel, once);
        listener(event, ...input);
      };
      return on(channel, once);
    },
    removeAllListeners(channel: string) {
      listeners.delete(channel);
      return ipcRenderer;
    },
  };

  const receive: Record<string, (message: Message) => void> = {
    ipc({ channel, input, ports: ids = [] }) {
      const arrived = (ids as string[]).map((id) => {
        const { port1, port2 } = new MessageChannel();
        bridge(id, port1);
        return port2;
      });
      const event = { ports: arrived, senderId: 0, sender: ipcRenderer };
      for (const listener of listeners.get(channel as string) ?? []) listener(event, ...(input as unknown[]));
    },
    invoked({ call, result, error }) {
      const waiting = calls.get(call as number);
      calls.delete(call as number);
      if (error === undefined) waiting?.resolve(result);
      else waiting?.reject(new Error(`Error invoking remote method '${waiting.channel}': ${String(error)}`));
    },
    'port-message': ({ port, data }) => ports.get(port as string)?.postMessage(data),
    'port-close'({ port }) {
      ports.get(port as string)?.close();
      ports.delete(port as string);
    },
    permission: (message) => toPage('permission-answer', message),
  };
  world[receiver] = (payload) => {
    const message = codec.decode(payload) as Message;
    receive[message.type]?.(message);
  };

  // contextBridge: values are copied, functions are called by number, one at a time in either direction.
  type Shape = { value: unknown } | { called: number } | { list: Shape[] } | { entries: [string, Shape][] };
  const functions: ((...input: unknown[]) => unknown)[] = [];
  const promised = (value: unknown): value is Promise<unknown> => value instanceof Promise;

  function toPage(name: string, detail: unknown): void {
    window.dispatchEvent(new CustomEvent(`${line}:${name}`, { detail }));
  }

  function shapeOf(value: unknown): Shape {
    if (typeof value === 'function') return { called: functions.push(value as () => unknown) - 1 };
    if (Array.isArray(value)) return { list: value.map(shapeOf) };
    const isPlain = Object.prototype.toString.call(value) === '[object Object]';
    return isPlain
      ? { entries: Object.entries(value as object).map(([key, entry]) => [key, shapeOf(entry)]) }
      : { value: clone(value) };
  }

  function valueOf(shape: Shape): unknown {
    if ('called' in shape)
      return (...input: unknown[]) => toPage('callback', { id: shape.called, input: input.map(shapeOf) });
    if ('list' in shape) return shape.list.map(valueOf);
    if ('entries' in shape) return Object.fromEntries(shape.entries.map(([key, entry]) => [key, valueOf(entry)]));
    return shape.value;
  }

  window.addEventListener(`${line}:call`, (event) => {
    const { call, id, input } = (event as CustomEvent<{ call: number; id: number; input: Shape[] }>).detail;
    const words = (error: unknown): string => (error instanceof Error ? error.message : String(error));
    try {
      const result = functions[id]?.(...input.map(valueOf));
      if (!promised(result)) return toPage('answer', { call, result: shapeOf(result) });
      toPage('answer', { call, isPromise: true });
      result.then(
        (value) => toPage('settled', { call, result: shapeOf(value) }),
        (error: unknown) => toPage('settled', { call, error: words(error) }),
      );
    } catch (error) {
      toPage('answer', { call, error: words(error) });
    }
  });
  window.addEventListener(`${line}:permission`, (event) => {
    const detail = (event as CustomEvent<object>).detail;
    tell({ type: 'permission', ...detail, address: location.href });
  });

  const contextBridge = {
    exposeInMainWorld(key: string, api: unknown): void {
      const exposed = { refused: '' };
      const onRefused = (event: Event): void => {
        exposed.refused = (event as CustomEvent<string>).detail;
      };
      window.addEventListener(`${line}:refused`, onRefused);
      toPage('expose', { key, shape: shapeOf(api) });
      window.removeEventListener(`${line}:refused`, onRefused);
      if (exposed.refused !== '') throw new Error(exposed.refused);
    },
    exposeInIsolatedWorld() {
      throw new Error('The stand-in has one isolated world.');
    },
  };

  tell({ type: 'document', address: location.href });
  if (preload === null) return;
  const strict = <T extends object>(name: string, fake: T): T =>
    new Proxy(fake, {
      get(target, property) {
        if (typeof property === 'symbol' || property in target || property === 'then')
          return Reflect.get(target, property) as unknown;
        throw new Error(`The stand-in of Electron has no ${name}.${property}.`);
      },
    });
  const electron = strict('electron', {
    contextBridge: strict('contextBridge', contextBridge),
    ipcRenderer: strict('ipcRenderer', ipcRenderer),
  });
  const modules: Record<string, object> = {
    electron,
    'electron/renderer': electron,
    'electron/common': electron,
    timers: { setTimeout, clearTimeout, setInterval, clearInterval },
    url: { URL, URLSearchParams },
  };
  const requireModule = (name: string): object => {
    const found = modules[name.replace(/^node:/, '')];
    if (found === undefined) throw new Error(`module not found: ${name}`);
    return found;
  };
  const process = {
    type: 'renderer',
    sandboxed: true,
    contextIsolated: true,
    versions: {},
    env: {},
    isMainFrame: true,
  };
  const module = { exports: {} };
  try {
    preload(
      requireModule,
      strict('process', process),
      module.exports,
      module,
      undefined,
      globalThis,
      undefined,
      undefined,
    );
  } catch (error) {
    console.error('Unable to load preload script', error);
    tell({ type: 'preload-error', message: String(error) });
  }
}
