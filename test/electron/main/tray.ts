import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import { createFromPath, fileOf } from './native-image.ts';
import { type SeenItem, seen } from './menu.ts';
import { needsReady } from './state.ts';
import { type PartOf, strictClass } from './strict.ts';

const made: TrayIcon[] = [];

export class TrayIcon extends EventEmitter implements PartOf<Electron.Tray> {
  toolTip = '';
  title = '';
  isGone = false;
  icon = '';
  menu: Electron.Menu | null = null;
  /** On Linux a menu is copied when it is set: what its items become later does not show. */
  items: SeenItem[] = [];

  constructor(image: Electron.NativeImage | string) {
    super();
    needsReady('Cannot create Tray');
    this.setImage(image);
    made.push(this);
  }

  setImage(image: Electron.NativeImage | string): void {
    const icon = typeof image === 'string' ? createFromPath(image) : image;
    if (typeof image === 'string' && icon.isEmpty()) throw new Error(`Failed to load image from path '${image}'`);
    this.icon = fileOf(icon);
  }

  setPressedImage(): void {}

  setToolTip(toolTip: string): void {
    this.toolTip = toolTip;
  }

  setTitle(title: string): void {
    this.title = title;
  }

  setContextMenu(menu: Electron.Menu | null): void {
    this.menu = menu;
    this.items = seen(menu);
  }

  setIgnoreDoubleClickEvents(): void {}

  isDestroyed(): boolean {
    return this.isGone;
  }

  destroy(): void {
    this.isGone = true;
  }
}

/** The icon in the system's tray. */
export function theTray(): TrayIcon | null {
  return made.find(({ isGone }) => !isGone) ?? null;
}

export const Tray = strictClass<typeof Electron.Tray>('Tray', TrayIcon);
