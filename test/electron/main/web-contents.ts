import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import { Ipc } from './ipc.ts';
import { toApp, toPage } from './page-server.ts';
import { bridgeTo, clone, documentGone, giveAway } from './ports.ts';
import { partition } from './session.ts';
import { count, machine, outside } from './state.ts';
import { type PartOf, strict } from './strict.ts';

/** One document in the top frame of a window. Another document is another frame, as in Electron. */
export class Frame implements PartOf<Electron.WebFrameMain> {
  url: string;
  origin: string;
  parent: Electron.WebFrameMain | null;
  name = '';
  processId = process.pid + 1;
  routingId: number;
  frameTreeNodeId: number;
  documentId: string;
  isGone = false;
  ipc = new Ipc();
  detached = false;

  constructor(documentId: string, address: string, contentsId: number, parent: Electron.WebFrameMain | null = null) {
    this.documentId = documentId;
    this.url = toApp(address);
    const { protocol, host } = URL.canParse(this.url) ? new URL(this.url) : { protocol: 'null', host: '' };
    this.origin = `${protocol}//${host}`;
    this.parent = parent;
    this.routingId = contentsId * 100;
    this.frameTreeNodeId = contentsId;
  }

  get top(): Electron.WebFrameMain | null {
    return this.parent === null ? strict('WebFrameMain', this) : this.parent.top;
  }

  isDestroyed(): boolean {
    return this.isGone;
  }

  /** What cannot be cloned is only written to the console, as Electron does. */
  send(channel: string, ...input: unknown[]): void {
    try {
      outside().tell('toDocument', this.documentId, { type: 'ipc', channel, input: clone(input) });
    } catch (error) {
      console.error('Error sending from webFrameMain: ', error);
    }
  }

  postMessage(channel: string, message: unknown, transfer: Electron.MessagePortMain[] = []): void {
    const data = clone(message);
    const ports = giveAway(transfer).map((end) => bridgeTo(this.documentId, end));
    outside().tell('toDocument', this.documentId, { type: 'ipc', channel, input: [data], ports });
  }
}

const defaults: Electron.WebPreferences = {
  nodeIntegration: false,
  nodeIntegrationInSubFrames: false,
  nodeIntegrationInWorker: false,
  contextIsolation: true,
  sandbox: true,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
};

let lastId = 0;

/** A page of a window, as the app's process sees it. The page itself runs in Chromium. */
export class Contents extends EventEmitter implements PartOf<Electron.WebContents> {
  id: number;
  session: Electron.Session;
  ipc: Ipc;
  frame: Frame;
  preferences: Electron.WebPreferences;
  opensWindow: ((details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse) | null = null;
  isGone = false;
  hasCrashed = false;
  title = '';
  opened: Promise<unknown>;

  constructor(preferences: Electron.WebPreferences = {}) {
    super();
    this.id = lastId += 1;
    this.preferences = { ...defaults, ...preferences, ...(machine.sandboxed ? { sandbox: true } : {}) };
    this.session = preferences.session ?? partition(preferences.partition ?? '');
    this.ipc = new Ipc();
    this.frame = new Frame(`blank-${this.id}`, '', this.id);
    this.opened = outside().call('open', this.id, this.preferences.preload ?? null);
    this.opened.catch(() => undefined);
  }

  get mainFrame(): Electron.WebFrameMain {
    return strict('WebFrameMain', this.frame);
  }

  getLastWebPreferences(): Electron.WebPreferences {
    return this.preferences;
  }

  getURL(): string {
    return this.frame.url;
  }

  getTitle(): string {
    return this.title;
  }

  getType(): 'window' {
    return 'window';
  }

  isDestroyed(): boolean {
    return this.isGone;
  }

  isCrashed(): boolean {
    return this.hasCrashed;
  }

  /** @throws Error as Electron words it when the page does not load */
  async loadURL(url: string): Promise<void> {
    await this.load(url, await toPage(url));
  }

  reload(): void {
    const { url } = this.frame;
    void toPage(url)
      .then((address) => this.load(url, address))
      .catch(() => undefined);
  }

  async load(url: string, address: string): Promise<void> {
    await this.opened;
    const { sandbox, contextIsolation, preload } = this.preferences;
    if (preload !== undefined && (sandbox !== true || contextIsolation !== true)) {
      throw new Error('The stand-in runs preloads in a sandbox and an isolated world only.');
    }
    const failure = await outside().call<string | null>('load', this.id, address);
    if (failure === null || this.isGone) return;
    const error = Object.assign(new Error(`${failure} (-2) loading '${url}'`), { code: failure, errno: -2, url });
    this.emit('did-fail-load', strict('Event', {}), -2, failure, url, true);
    throw error;
  }

  send(channel: string, ...input: unknown[]): void {
    this.frame.send(channel, ...input);
  }

  postMessage(channel: string, message: unknown, transfer?: Electron.MessagePortMain[]): void {
    this.frame.postMessage(channel, message, transfer);
  }

  executeJavaScript(code: string): Promise<unknown> {
    return outside().call('evaluate', this.id, code);
  }

  setWindowOpenHandler(handler: (details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse): void {
    this.opensWindow = handler;
  }

  forcefullyCrashRenderer(): void {
    void outside().call('crash', this.id);
  }

  focus(): void {
    count('webContents.focus');
  }

  openDevTools(): void {
    count('webContents.openDevTools');
  }

  toggleDevTools(): void {
    count('webContents.toggleDevTools');
  }

  /** A document came in, by a navigation of whatever kind. */
  becomes(documentId: string, address: string): void {
    this.leaveDocument();
    this.hasCrashed = false;
    this.frame = new Frame(documentId, address, this.id);
  }

  leaveDocument(): void {
    this.frame.isGone = true;
    this.frame.detached = true;
    documentGone(this.frame.documentId);
  }

  destroyPage(): void {
    this.isGone = true;
    this.leaveDocument();
    this.emit('destroyed');
    outside().tell('close', this.id);
  }
}
