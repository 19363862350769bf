import { describe, expect, it } from 'vitest';
import { autostartEntry, autostartFile, commandOf } from './autostart-entry.ts';

/** Reads an Exec line as a desktop does: first the file's escapes, then the quotes, then the field codes. */
function argumentsIn(entry: string): string[] {
  const line = /^Exec=(.*)$/m.exec(entry)?.[1] ?? '';
  const value = line.replace(/\\\\/g, '\\');
  return [...value.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, part = '']) =>
    part.replace(/\\(["`$\\])/g, '$1').replaceAll('%%', '%'),
  );
}

describe('starting at log-in on Linux', () => {
  it.each([
    ['/opt/AutoSocial AI/autosocial-ai'],
    ['/home/a"b/$(touch x)/`id`/app'],
    ['/home/100%/app'],
    ['/home/back\\slash/app'],
  ])('starts %s, whatever is in its path', (program) => {
    expect(argumentsIn(autostartEntry([program, '--hidden']))).toEqual([program, '--hidden']);
  });

  it('is an entry that desktops accept', () => {
    const entry = autostartEntry(['/opt/app', '--hidden']);
    expect(entry.split('\n').slice(0, 2)).toEqual(['[Desktop Entry]', 'Type=Application']);
  });

  it('lies where the desktop looks', () => {
    expect(autostartFile({}, '/home/mia')).toBe('/home/mia/.config/autostart/autosocial-ai.desktop');
    expect(autostartFile({ XDG_CONFIG_HOME: '/cfg' }, '/home/mia')).toBe('/cfg/autostart/autosocial-ai.desktop');
    expect(autostartFile({ XDG_CONFIG_HOME: 'relative' }, '/home/mia')).toMatch(/^\/home\/mia/);
  });

  it('starts an AppImage by its file', () => {
    expect(commandOf({ APPIMAGE: '/home/mia/App.AppImage' }, '/tmp/.mount_x/app', [])).toEqual([
      '/home/mia/App.AppImage',
      '--hidden',
    ]);
    expect(commandOf({}, '/usr/bin/electron', ['main.js'])).toEqual(['/usr/bin/electron', 'main.js', '--hidden']);
  });
});
