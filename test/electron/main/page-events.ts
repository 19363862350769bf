import type Electron from 'electron';
import { application } from './app.ts';
import { windowOf } from './browser-window.ts';
import { invoke, Ipc, ipcMain } from './ipc.ts';
import { toApp, toPage } from './page-server.ts';
import { bridgeFrom, closedByPage, fromPage, MessagePort, type PortEnd } from './ports.ts';
import { preventable } from './preventable.ts';
import type { Session } from './session.ts';
import { machine, outside } from './state.ts';
import { strict } from './strict.ts';
import { type Contents, Frame } from './web-contents.ts';

/** A page that wants to go somewhere by itself: by a link, a script, a form or a redirect. */
export interface Navigation {
  address: string;
  isMainFrame: boolean;
  isRedirect: boolean;
}

/** What a document says to the app over ipcRenderer. */
export interface Said {
  type: 'send' | 'invoke' | 'post';
  channel: string;
  input: unknown[];
  /** Ids of ports that came along. */
  ports?: string[];
  /** Of the call that waits for an answer. */
  call?: number;
}

function contentsOf(id: number): Contents | undefined {
  return windowOf(id)?.contents;
}

/** What happens to pages in Chromium, told to the app in Electron's words. */
export const pageEvents = {
  /** @returns whether the page may go there */
  async mayNavigate(id: number, { address, isMainFrame, isRedirect }: Navigation): Promise<boolean> {
    const contents = contentsOf(id);
    if (contents === undefined) return false;
    const url = toApp(address);
    const frame = isMainFrame ? contents.mainFrame : null;
    const details = { url, isMainFrame, isSameDocument: false, frame, initiator: contents.mainFrame };
    const event = preventable(details);
    if (isRedirect) contents.emit('will-redirect', event, url, false, isMainFrame, process.pid, contents.id);
    else {
      contents.emit('will-frame-navigate', event);
      if (isMainFrame && !event.defaultPrevented)
        contents.emit('will-navigate', event, url, false, true, process.pid, 1);
    }
    return !event.defaultPrevented;
  },

  /** A link that no page answers to, such as another program's: the app may object, else it is the system's. */
  async leaves(id: number, address: string): Promise<void> {
    if (!(await pageEvents.mayNavigate(id, { address, isMainFrame: true, isRedirect: false }))) return;
    const page = await toPage(address);
    if (page === address) machine.externals.push(address);
    else
      void contentsOf(id)
        ?.load(address, page)
        .catch(() => undefined);
  },

  opensWindow(id: number, address: string, frameName: string): void {
    const details = { url: toApp(address), frameName, features: '', disposition: 'foreground-tab' };
    const answer = contentsOf(id)?.opensWindow?.(details as Electron.HandlerDetails);
    if (answer?.action !== 'deny')
      throw new Error(`The stand-in opens no second window, and the app allowed ${address}.`);
  },

  committed(id: number, documentId: string, address: string): void {
    contentsOf(id)?.becomes(documentId, address);
    contentsOf(id)?.emit('did-navigate', preventable(), toApp(address), 200, 'OK');
  },

  movedWithin(id: number, address: string): void {
    const contents = contentsOf(id);
    if (contents === undefined) return;
    contents.frame.url = toApp(address);
    contents.emit('did-navigate-in-page', preventable(), toApp(address), true, process.pid, 1);
  },

  domReady(id: number): void {
    contentsOf(id)?.emit('dom-ready', preventable());
  },

  loaded(id: number): void {
    const window = windowOf(id);
    if (window === undefined) return;
    window.contents.emit('did-finish-load');
    window.contents.emit('did-stop-loading');
    window.emit('ready-to-show');
  },

  titled(id: number, title: string): void {
    const window = windowOf(id);
    if (window === undefined || window.title === title) return;
    const event = preventable();
    window.contents.title = title;
    window.emit('page-title-updated', event, title, true);
    if (!event.defaultPrevented) window.title = title;
  },

  crashed(id: number): void {
    const contents = contentsOf(id);
    if (contents === undefined) return;
    contents.hasCrashed = true;
    contents.leaveDocument();
    const details = { reason: 'crashed', exitCode: 132 };
    contents.emit('render-process-gone', preventable(), details);
    application.emit('render-process-gone', preventable(), strict('webContents', contents), details);
  },

  says(id: number, documentId: string, said: Said): void {
    const contents = contentsOf(id);
    if (contents === undefined) return;
    dispatch(contents, frameOf(contents, documentId), said);
  },

  portSays: fromPage,

  portClosed: closedByPage,

  permits(id: number, permission: string, address: string): Promise<boolean> {
    const contents = contentsOf(id);
    if (contents === undefined) return Promise.resolve(false);
    return sessionOf(contents).permits(strict('webContents', contents), permission, toApp(address));
  },

  hasPermission(id: number, permission: string, address: string): boolean {
    const contents = contentsOf(id);
    if (contents === undefined) return false;
    return sessionOf(contents).hasPermission(strict('webContents', contents), permission, toApp(address));
  },
};

/**
 * Gives the app what a document said.
 * @param frame null when the document has gone meanwhile
 * @param given ports that come along
 */
export function dispatch(
  contents: Contents,
  frame: Frame | null,
  { type, channel, input, ports = [], call }: Said,
  given: readonly PortEnd[] = ports.map(bridgeFrom),
): void {
  const documentId = frame?.documentId ?? '';
  const event = strict<Electron.IpcMainEvent>('IpcMainEvent', {
    type: 'frame',
    sender: strict('webContents', contents),
    processId: frame?.processId ?? 0,
    frameId: frame?.routingId ?? 0,
    defaultPrevented: false,
    preventDefault: () => undefined,
    ports: given.map((end) => new MessagePort(end)),
    /** Looked up at each use: it goes when the page moves on. */
    get senderFrame() {
      return frame === null || frame.isGone ? null : strict('WebFrameMain', frame);
    },
    reply: (to: string, ...answer: unknown[]) => frame?.send(to, ...answer),
  });
  const targets = [...(frame === null ? [] : [frame.ipc]), contents.ipc, ipcMain as unknown as Ipc];
  if (type === 'invoke') {
    void invoke(targets, event as unknown as Electron.IpcMainInvokeEvent, channel, input).then((answer) =>
      outside().tell('toDocument', documentId, { type: 'invoked', call, ...answer }),
    );
    return;
  }
  if (type === 'send') contents.emit('ipc-message', event, channel, ...input);
  for (const target of targets) target.emit(channel, event, ...input);
}

function frameOf({ frame }: Contents, documentId: string): Frame | null {
  return frame.documentId === documentId ? frame : null;
}

function sessionOf(contents: Contents): Session {
  return contents.session as unknown as Session;
}
