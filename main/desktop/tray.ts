import { join } from 'node:path';
import { nativeImage } from 'electron/common';
import { Menu, type MenuItemConstructorOptions, Tray } from 'electron/main';
import { moodOf } from './standing.ts';
import { type Command, type Entry, trayHint, type TrayFacts, trayMenu } from './tray-menu.ts';

export interface TrayIcon {
  /** Shows how things stand. */
  render(facts: TrayFacts): void;
  destroy(): void;
}

/** @param icons folder with one picture for each mood */
export function createTray(icons: string, run: (command: Command) => void): TrayIcon {
  const tray = new Tray(iconOf(icons, 'starting'));
  // On Linux a click opens the menu, or nothing does; elsewhere it is the quick way in.
  tray.on('click', () => run({ do: 'open' }));
  let shown = '';

  return {
    render(facts) {
      const entries = trayMenu(facts);
      const state = JSON.stringify([entries, trayHint(facts), moodOf(facts.standing)]);
      if (state === shown || tray.isDestroyed()) return;
      shown = state;
      tray.setImage(iconOf(icons, moodOf(facts.standing)));
      tray.setToolTip(trayHint(facts));
      // Set anew after each change: on Linux a menu that was set is not looked at again.
      tray.setContextMenu(Menu.buildFromTemplate(entries.map((entry) => itemOf(entry, run))));
    },
    destroy: () => tray.destroy(),
  };
}

/** macOS colours a template picture itself; the others show the one with colours. */
function iconOf(folder: string, mood: string) {
  const suffix = process.platform === 'darwin' ? 'Template' : '';
  return nativeImage.createFromPath(join(folder, `${mood}${suffix}.png`));
}

/** An entry as Electron's menus want it. */
export function itemOf(entry: Entry, run: (command: Command) => void): MenuItemConstructorOptions {
  if (entry.kind === 'line') return { type: 'separator' };
  if (entry.kind === 'text') return { label: entry.label, enabled: false };
  const { id, label, command, isChecked } = entry;
  const click = (): void => run(command);
  return isChecked === undefined ? { id, label, click } : { id, label, click, type: 'checkbox', checked: isChecked };
}
