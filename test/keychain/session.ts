import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';

const run = promisify(execFile);

/** A desktop session of its own: a message bus and a secret service that was unlocked with a password. */
export interface DesktopSession {
  /**
   * Runs a script of this folder in it, and answers what it printed last.
   * @param password opens the keyring, or fails to
   */
  run<T>(script: string, environment?: Record<string, string>, password?: string): Promise<T>;
  /** The same without any session, as over ssh. */
  runOutside<T>(script: string, environment?: Record<string, string>): Promise<T>;
}

/** The keyring of the session outlives each run and goes when the test ends. */
export function desktopSession(): DesktopSession {
  const home = mkdtempSync(join(tmpdir(), 'autosocial-session-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const folders = { XDG_RUNTIME_DIR: 'run', XDG_DATA_HOME: 'data', XDG_CONFIG_HOME: 'config' };
  const own = Object.fromEntries(Object.entries(folders).map(([name, folder]) => [name, join(home, folder)]));
  for (const folder of Object.values(own)) mkdirSync(folder, { mode: 0o700 });
  const environment = { PATH: process.env.PATH ?? '', HOME: home, ...own };
  const command = (script: string): string[] => [
    process.execPath,
    '--experimental-strip-types',
    '--no-warnings',
    join(import.meta.dirname, script),
  ];
  return {
    async run(script, further = {}, password = 'correct horse') {
      const unlock = 'printf %s "$PASSWORD" | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1';
      const { stdout } = await run(
        'dbus-run-session',
        ['--', 'bash', '-c', `${unlock}; exec "$@"`, 'bash', ...command(script)],
        { env: { ...environment, ...further, PASSWORD: password } },
      );
      return lastLine(stdout);
    },
    async runOutside(script, further = {}) {
      const [node = '', ...args] = command(script);
      const { stdout } = await run(node, args, { env: { ...environment, ...further } });
      return lastLine(stdout);
    },
  };
}

function lastLine<T>(output: string): T {
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as T;
}
