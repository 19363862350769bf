import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { app } from 'electron/main';
import { autostartEntry, autostartFile, commandOf, hiddenFlag } from './autostart-entry.ts';

/**
 * Has the system start the app when the person logs in, or not.
 * @param home the person's home folder
 * @throws what keeps the entry of a Linux desktop from being written
 */
export function startAtLogin(isWished: boolean, home: string): void {
  if (process.platform !== 'linux') {
    app.setLoginItemSettings({ openAtLogin: isWished, args: [hiddenFlag] });
    return;
  }
  const file = autostartFile(process.env, home);
  if (!isWished) {
    rmSync(file, { force: true });
    return;
  }
  mkdirSync(dirname(file), { recursive: true });
  const script = app.isPackaged ? [] : process.argv.slice(1, 2);
  writeFileSync(file, autostartEntry(commandOf(process.env, process.execPath, script)));
}
