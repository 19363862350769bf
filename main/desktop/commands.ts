import { join } from 'node:path';
import { shell } from 'electron/common';
import { app, dialog } from 'electron/main';
import type { App } from '../boot.ts';
import type { Core } from '../core/core.ts';
import type { Log } from '../core/ports/index.ts';
import type { Preferences } from './preferences.ts';
import type { Command } from './tray-menu.ts';

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
}): (command: Command) => void {
  const { log, preferences } = deps;

  async function set(engaged: boolean): Promise<void> {
    const core = deps.core();
    if (core === null) return;
    const reason = engaged ? 'Stopped from the desktop' : null;
    try {
      await core.killSwitch.set({ scope: 'global', scopeId: '', engaged, reason, actor: 'owner' });
    } catch (error) {
      log.error('the kill switch could not be written down', { error: String(error) });
      const stopped =
        'Everything is stopped now, but that could not be written down: after a restart it may be forgotten.';
      dialog.showErrorBox('AutoSocial AI', engaged ? stopped : 'Publishing could not be resumed. Try again.');
    }
  }

  async function resume(): Promise<void> {
    const { response } = await dialog.showMessageBox({
      type: 'question',
      message: 'Resume publishing?',
      detail: 'Posts go out on time again. What became due meanwhile waits for your decision.',
      buttons: ['Resume', 'Cancel'],
      defaultId: 1,
      cancelId: 1,
    });
    if (response === 0) await set(false);
  }

  async function switchProfile(to: 'sandbox' | 'live'): Promise<void> {
    const { response } = await dialog.showMessageBox({
      type: 'question',
      message: to === 'live' ? 'Work with real accounts?' : 'Go to the sandbox?',
      detail:
        to === 'live'
          ? 'The app starts anew with your own clients, and approved posts are really published. The sandbox stays as it is.'
          : 'The app starts anew with its sample agency. Your own clients stay as they are; nothing of theirs is sent meanwhile.',
      buttons: ['Restart', 'Cancel'],
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
    const { response } = await dialog.showMessageBox({
      type: 'warning',
      message: 'Save a copy of the key?',
      detail:
        'It opens your clients’ logins on any computer, together with a copy of the data. It is put into your downloads; move it to a safe place, apart from the data.',
      buttons: ['Save', 'Cancel'],
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
      dialog.showErrorBox('AutoSocial AI', `The key could not be written to ${file}.`);
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
