import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import { clone } from './ports.ts';
import { strict } from './strict.ts';

type Handler = (event: Electron.IpcMainInvokeEvent, ...input: unknown[]) => unknown;

/** ipcMain, and the `ipc` of a page and of a frame, which are asked before it. */
export class Ipc extends EventEmitter implements Electron.IpcMain {
  handlers = new Map<string, Handler>();

  /** @throws Error when there is one already */
  handle(channel: string, handler: Handler): void {
    if (this.handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    if (typeof handler !== 'function') {
      throw new TypeError(`Expected handler to be a function, but found type '${typeof handler}'`);
    }
    this.handlers.set(channel, handler);
  }

  handleOnce(channel: string, handler: Handler): void {
    this.handle(channel, (event, ...input) => {
      this.removeHandler(channel);
      return handler(event, ...input);
    });
  }

  removeHandler(channel: string): void {
    this.handlers.delete(channel);
  }
}

export const ipcMain = strict<Electron.IpcMain>('ipcMain', new Ipc());

/** What `ipcRenderer.invoke` is answered with: the result, or the words of the error. */
export type Invoked = { result: unknown } | { error: string };

/** Runs the handler of the first that has one: the frame, the page, then everybody's. */
export async function invoke(
  targets: readonly Ipc[],
  event: Electron.IpcMainInvokeEvent,
  channel: string,
  input: unknown[],
): Promise<Invoked> {
  try {
    const handler = targets.find(({ handlers }) => handlers.has(channel))?.handlers.get(channel);
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
    return { result: clone(await handler(event, ...input)) };
  } catch (error) {
    console.error(`Error occurred in handler for '${channel}':`, error);
    return { error: String(error) };
  }
}
