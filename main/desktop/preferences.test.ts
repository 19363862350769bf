import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { logFile } from '../host/log-file.ts';
import { rememberingLog } from '../host/recent-log.ts';
import { readDesktopEnvironment } from './electron-environment.ts';
import { openPreferences } from './preferences.ts';

const log = rememberingLog({ info: () => undefined, warn: () => undefined, error: () => undefined }, Date.now);

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'autosocial-preferences-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

describe('preferences', () => {
  it('are kept, for their owner alone', () => {
    const file = join(folder(), 'new', 'desktop.json');
    const window = { bounds: { x: 1, y: 2, width: 900, height: 700 }, isMaximized: true };
    openPreferences(file, log).update({ keepAwake: true, window });
    expect(openPreferences(file, log).get()).toMatchObject({ keepAwake: true, startAtLogin: false, window });
    expect(statSync(file).mode & 0o077).toBe(0);
  });

  it.each([
    '',
    'null',
    '[]',
    '{"keepAwake":"yes","window":{"bounds":{"x":"a"}},"profile":"root","language":"xx"}',
    '{"window":{"bounds":{"x":1e400,"y":0,"width":-1,"height":0},"isMaximized":true}}',
  ])('take what still fits of a spoiled file: %s', (content) => {
    const file = join(folder(), 'desktop.json');
    writeFileSync(file, content);
    expect(openPreferences(file, log).get()).toEqual({
      keepAwake: false,
      startAtLogin: false,
      window: null,
      profile: null,
      language: null,
      toldOfTray: false,
    });
  });

  it('are in effect although they cannot be written', () => {
    const file = join(folder(), 'desktop.json');
    mkdirSync(file);
    const preferences = openPreferences(file, log);
    preferences.update({ keepAwake: true });
    expect(preferences.get().keepAwake).toBe(true);
  });
});

describe('the environment of the desktop host', () => {
  const read = (env: Record<string, string>, argv: string[] = [], own: object = {}) =>
    readDesktopEnvironment(env, argv, { isPackaged: false, chosen: null, ...own });

  it('has the profile a person chose, unless the command line or a variable says another', () => {
    expect(read({}).profile).toBe('sandbox');
    expect(read({}, [], { chosen: 'live' }).profile).toBe('live');
    expect(read({ AUTOSOCIAL_PROFILE: 'sandbox' }, [], { chosen: 'live' }).profile).toBe('sandbox');
    expect(read({}, ['--sandbox'], { chosen: 'live' }).profile).toBe('sandbox');
  });

  it('takes no flag that stands behind a link', () => {
    expect(read({}, ['autosocial://onboard/x', '--live']).profile).toBe('sandbox');
  });

  it('points no service elsewhere in a packaged app', () => {
    const env = { FACEBOOK_GRAPH_BASE_URL: 'http://127.0.0.1:8080' };
    expect(read(env).endpoints.facebookGraph).toBe('http://127.0.0.1:8080');
    expect(read(env, [], { isPackaged: true }).endpoints.facebookGraph).toBe('https://graph.facebook.com');
  });
});

describe('the log file', () => {
  it('grows, and begins anew above five megabytes', () => {
    const file = join(folder(), 'logs', 'desktop.log');
    const write = logFile(file);
    write('first\n');
    write(`${'x'.repeat(5_000_001)}\n`);
    write('last\n');
    expect(readFileSync(file, 'utf8')).toBe('last\n');
    expect(readFileSync(`${file}.1`, 'utf8').startsWith('first\n')).toBe(true);
    logFile(file)('after a restart\n');
    expect(readFileSync(file, 'utf8')).toBe('last\nafter a restart\n');
  });
});
