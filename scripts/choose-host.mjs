import { existsSync, readFileSync } from 'node:fs';
import { lookup } from 'node:dns/promises';
import { join } from 'node:path';

/**
 * Which host `npm start` starts, and why, in words for the line it prints. Pure.
 * @param {{ flags: string[], binary: string | null, platform: string, env: Record<string, string | undefined>, isRoot: boolean }} facts
 *   binary: path of Electron's program, null when it is not there
 * @returns {{ host: 'desktop' | 'server', reason: string, isMissingBinaryOnly: boolean }}
 */
export function chooseHost({ flags, binary, platform, env, isRoot }) {
  const choose = (host, reason, isMissingBinaryOnly = false) => ({ host, reason, isMissingBinaryOnly });
  if (flags.includes('--server')) return choose('server', 'asked for by --server');
  if (flags.includes('--desktop')) return choose('desktop', 'asked for by --desktop');
  if (isRoot) return choose('server', 'a desktop app is not run as root');
  if (env.CI !== undefined && env.CI !== '' && env.CI !== 'false') return choose('server', 'this is a CI run');
  const hasDisplay = platform !== 'linux' || Boolean(env.DISPLAY) || Boolean(env.WAYLAND_DISPLAY);
  if (!hasDisplay) return choose('server', 'this computer has no display');
  if (binary === null) return choose('server', 'Electron’s program is not there', true);
  return choose('desktop', 'there is a display, and Electron’s program');
}

/** Arguments for the host itself. */
export function withoutChoice(flags) {
  return flags.filter((flag) => flag !== '--server' && flag !== '--desktop');
}

/**
 * Path of Electron's program, without loading the package: that would fetch what is missing.
 * @param {string} root the project's folder
 * @returns {string | null}
 */
export function electronBinary(root, env = process.env) {
  const folder = join(root, 'node_modules', 'electron');
  const note = join(folder, 'path.txt');
  const name = existsSync(note) ? readFileSync(note, 'utf8') : 'electron';
  const path = join(env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist'), name);
  return existsSync(path) ? path : null;
}

/** Whether Electron's program could be fetched: looks its source up for three seconds at most. */
export async function canFetchElectron() {
  const tooLate = new Promise((resolve) => setTimeout(() => resolve(false), 3_000).unref());
  const found = lookup('github.com').then(
    () => true,
    () => false,
  );
  return Promise.race([found, tooLate]);
}
