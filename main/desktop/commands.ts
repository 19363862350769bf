import { join } from 'node:path';
import { shell } from 'electron/common';
import { app, dialog } from 'electron/main';
import type { App } from '../boot.ts';
import type { Core } from '../core/core.ts';
import type { Log } from '../core/ports/index.ts';
import type { Preferences } from './preferences.ts';
import type { Command } from './tray-menu.ts';
import type { Words } from './words/index.ts';

/** Does what a person chose in the tray or in the menu. It asks the core, never a page. */
export function commandRunner(deps: {
  core(): Pick<Core, 'killSwitch'> | null;
  /** How to write a copy of the key into a file; null while no app runs. */
  saveKey(): App['saveKey'] | null;
  preferences: Preferences;
  logs: string;
  log: Log;
  show(path?: string): void;
  /** Something of what menus show has changed. */
  onChange(): void;
  startAtLogin(isWished: boolean): void;
  installUpdate(): void;
  words(): Words;
}): (command: Command) => void {
  const { log, preferences, words } = deps;

  async function set(engaged: boolean): Promise<void> {
    const core = deps.core();
    if (core === null) return;
    const reason = engaged ? words().reasons.desktop : null;
    try {
      await core.killSwitch.set({ scope: 'global', scopeId: '', engaged, reason, actor: 'owner' });
    } catch (error) {
      log.error('the kill switch could not be written down', { error: String(error) });
      const { stopNotWritten, resumeFailed } = words().dialogs;
      dialog.showErrorBox('AutoSocial AI', engaged ? stopNotWritten : resumeFailed);
    }
  }

  async function resume(): Promise<void> {
    const { resume: asked, cancel } = words().dialogs;
    const { response } = await dialog.showMessageBox({
      type: 'question',
      message: asked.message,
      detail: asked.detail,
      buttons: [asked.resume, cancel],
      defaultId: 1,
      cancelId: 1,
    });
    if (response === 0) await set(false);
  }

  async function switchProfile(to: 'sandbox' | 'live'): Promise<void> {
    const { toLive, toSandbox, restart, cancel } = words().dialogs;
    const asked = to === 'live' ? toLive : toSandbox;
    const { response } = await dialog.showMessageBox({
      type: 'question',
      message: asked.message,
      detail: asked.detail,
      buttons: [restart, cancel],
      defaultId: 1,
      cancelId: 1,
    });
    if (response !== 0) return;
    preferences.update({ profile: to });
    app.relaunch();
    app.quit();
  }

  /** The key goes from the keychain into the file; no page sees it. */
  async function saveKey(): Promise<void> {
    const { saveKey: asked, cancel, keyNotWritten } = words().dialogs;
    const { response } = await dialog.showMessageBox({
      type: 'warning',
      message: asked.message,
      detail: asked.detail,
      buttons: [asked.save, cancel],
      defaultId: 1,
      cancelId: 1,
    });
    const save = deps.saveKey();
    if (response !== 0 || save === null) return;
    const file = join(app.getPath('downloads'), 'autosocial-master.key');
    try {
      save(file);
      shell.showItemInFolder(file);
    } catch (error) {
      log.error('the key could not be copied', { error: String(error) });
      dialog.showErrorBox('AutoSocial AI', keyNotWritten(file));
    }
  }

  function prefer(preference: 'keepAwake' | 'startAtLogin', to: boolean): void {
    try {
      if (preference === 'startAtLogin') deps.startAtLogin(to);
      preferences.update({ [preference]: to });
    } catch (error) {
      log.warn('starting at log-in could not be set', { error: String(error) });
    }
    deps.onChange();
  }

  return (command) => {
    switch (command.do) {
      case 'open':
        return deps.show(command.path);
      case 'stop':
        return void set(true);
      case 'resume':
        return void resume();
      case 'set':
        return prefer(command.preference, command.to);
      case 'switch_profile':
        return void switchProfile(command.to);
      case 'open_logs':
        return void shell.openPath(deps.logs);
      case 'save_key':
        return void saveKey();
      case 'about':
        return app.showAboutPanel();
      case 'update':
        deps.installUpdate();
        return app.quit();
      case 'quit':
        return app.quit();
    }
  };
}
