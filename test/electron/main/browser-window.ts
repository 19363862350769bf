import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import { preventable } from './preventable.ts';
import { count, needsReady } from './state.ts';
import { type PartOf, strict, strictClass } from './strict.ts';
import { Contents } from './web-contents.ts';

const open = new Map<number, Window>();
let onAllClosed: () => void = () => undefined;

/** Told when the last window is gone, as `app` is. */
export function whenAllClosed(listener: () => void): void {
  onAllClosed = listener;
}

/** A window nobody sees: what the app does to it is kept, its page runs in Chromium. */
export class Window extends EventEmitter implements PartOf<Electron.BrowserWindow> {
  id: number;
  webContents: Electron.WebContents;
  contents: Contents;
  options: Electron.BrowserWindowConstructorOptions;
  shown: boolean;
  focused = false;
  minimized = false;
  maximized = false;
  fullScreen = false;
  destroyed = false;
  title: string;
  bounds: Electron.Rectangle;
  menuBarVisible = true;

  static getAllWindows(): Electron.BrowserWindow[] {
    return [...open.values()].map((window) => window.face);
  }

  static getFocusedWindow(): Electron.BrowserWindow | null {
    return [...open.values()].find(({ focused }) => focused)?.face ?? null;
  }

  static fromWebContents(contents: Electron.WebContents): Electron.BrowserWindow | null {
    return open.get(contents.id)?.face ?? null;
  }

  static fromId(id: number): Electron.BrowserWindow | null {
    return open.get(id)?.face ?? null;
  }

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super();
    needsReady('Cannot create BrowserWindow');
    this.options = options;
    this.contents = new Contents(options.webPreferences);
    this.webContents = strict<Electron.WebContents>('webContents', this.contents);
    this.id = this.contents.id;
    this.shown = options.show ?? true;
    this.title = options.title ?? '';
    this.bounds = { x: options.x ?? 0, y: options.y ?? 0, width: options.width ?? 800, height: options.height ?? 600 };
    open.set(this.id, this);
    windowMade(this);
  }

  /** What the app holds; its listeners expect it in `this` and in events. */
  get face(): Electron.BrowserWindow {
    return strict('BrowserWindow', this);
  }

  loadURL(url: string): Promise<void> {
    return this.contents.loadURL(url);
  }

  reload(): void {
    this.contents.reload();
  }

  show(): void {
    this.shown = true;
    this.minimized = false;
    this.emit('show');
    this.focus();
  }

  showInactive(): void {
    this.shown = true;
    this.emit('show');
  }

  hide(): void {
    this.shown = false;
    this.focused = false;
    this.emit('hide');
  }

  focus(): void {
    count('window.focus');
    this.focused = true;
    this.emit('focus');
  }

  blur(): void {
    this.focused = false;
    this.emit('blur');
  }

  minimize(): void {
    this.minimized = true;
    this.emit('minimize');
  }

  restore(): void {
    this.minimized = false;
    this.emit('restore');
  }

  maximize(): void {
    this.maximized = true;
    this.emit('maximize');
  }

  unmaximize(): void {
    this.maximized = false;
    this.emit('unmaximize');
  }

  isVisible(): boolean {
    return this.shown && !this.minimized;
  }

  isFocused(): boolean {
    return this.focused;
  }

  isMinimized(): boolean {
    return this.minimized;
  }

  isMaximized(): boolean {
    return this.maximized;
  }

  isFullScreen(): boolean {
    return this.fullScreen;
  }

  setFullScreen(flag: boolean): void {
    this.fullScreen = flag;
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }

  getTitle(): string {
    return this.title;
  }

  setTitle(title: string): void {
    this.title = title;
  }

  getBounds(): Electron.Rectangle {
    return { ...this.bounds };
  }

  getNormalBounds(): Electron.Rectangle {
    return { ...this.bounds };
  }

  setBounds(bounds: Partial<Electron.Rectangle>): void {
    this.bounds = { ...this.bounds, ...bounds };
    this.emit('resize');
    this.emit('resized');
    this.emit('move');
    this.emit('moved');
  }

  setMenuBarVisibility(visible: boolean): void {
    this.menuBarVisible = visible;
  }

  setAutoHideMenuBar(): void {}

  setMenu(): void {}

  removeMenu(): void {}

  setIcon(): void {}

  setBackgroundColor(): void {}

  flashFrame(): void {
    count('window.flashFrame');
  }

  /** As a person's click on the window's cross: the app may object. */
  close(): void {
    if (this.destroyed) return;
    const event = preventable();
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
  }

  destroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.shown = false;
    open.delete(this.id);
    this.contents.destroyPage();
    this.emit('closed');
    if (open.size === 0) onAllClosed();
  }
}

let windowMade: (window: Window) => void = () => undefined;

/** Told of each new window, as `app` is by `web-contents-created`. */
export function whenMade(listener: (window: Window) => void): void {
  windowMade = listener;
}

export function windows(): Window[] {
  return [...open.values()];
}

export function windowOf(id: number): Window | undefined {
  return open.get(id);
}

export const BrowserWindow = strictClass<typeof Electron.BrowserWindow>('BrowserWindow', Window);
