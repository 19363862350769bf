import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { chooseHost, electronBinary, withoutChoice } from './choose-host.mjs';

const laptop = { flags: [], binary: '/electron', platform: 'linux', env: { DISPLAY: ':0' }, isRoot: false };

describe('npm start', () => {
  it.each([
    ['desktop', 'on a laptop', {}],
    ['desktop', 'on Wayland', { env: { WAYLAND_DISPLAY: 'wayland-0' } }],
    ['desktop', 'on a Mac, where a display is not announced', { platform: 'darwin', env: {} }],
    ['desktop', 'with an empty CI', { env: { DISPLAY: ':0', CI: '' } }],
    ['desktop', 'as root when asked for', { isRoot: true, flags: ['--desktop'] }],
    ['server', 'on a laptop when asked for', { flags: ['--server', '--live'] }],
    ['server', 'as root', { isRoot: true }],
    ['server', 'in CI', { env: { DISPLAY: ':0', CI: 'true' } }],
    ['server', 'without a display', { env: {} }],
    ['server', 'without the program', { binary: null }],
  ])('starts the %s host %s', (host, _where, facts) => {
    const choice = chooseHost({ ...laptop, ...facts });
    expect(choice.host).toBe(host);
    expect(choice.reason).not.toBe('');
  });

  it('fetches the program only where nothing else is missing', () => {
    expect(chooseHost({ ...laptop, binary: null }).isMissingBinaryOnly).toBe(true);
    for (const facts of [{ isRoot: true }, { env: {} }, { env: { DISPLAY: ':0', CI: '1' } }, { flags: ['--server'] }]) {
      expect(chooseHost({ ...laptop, binary: null, ...facts }).isMissingBinaryOnly).toBe(false);
    }
  });

  it('keeps its own flags to itself', () => {
    expect(withoutChoice(['--desktop', '--live', '--hidden'])).toEqual(['--live', '--hidden']);
  });
});

describe('the program', () => {
  it('is found by its note, beside it, and where the environment says', () => {
    const root = mkdtempSync(join(tmpdir(), 'autosocial-electron-'));
    onTestFinished(() => rmSync(root, { recursive: true }));
    const folder = join(root, 'node_modules', 'electron');
    mkdirSync(join(folder, 'dist'), { recursive: true });
    expect(electronBinary(root, {})).toBeNull();
    writeFileSync(join(folder, 'path.txt'), 'electron.exe');
    expect(electronBinary(root, {})).toBeNull();
    writeFileSync(join(folder, 'dist', 'electron.exe'), '');
    expect(electronBinary(root, {})).toBe(join(folder, 'dist', 'electron.exe'));
    expect(electronBinary(root, { ELECTRON_OVERRIDE_DIST_PATH: root })).toBeNull();
  });
});
