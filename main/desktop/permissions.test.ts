import { expect, it } from 'vitest';
import { isGranted } from './permissions.ts';
import { isTrustedFrame } from './trusted-frame.ts';

/** Everything Electron 45 asks about. */
const asked = [
  'background-sync',
  'clipboard-read',
  'clipboard-sanitized-write',
  'deprecated-sync-clipboard-read',
  'display-capture',
  'fileSystem',
  'fullscreen',
  'geolocation',
  'hid',
  'idle-detection',
  'keyboardLock',
  'local-fonts',
  'media',
  'mediaKeySystem',
  'midi',
  'midiSysex',
  'notifications',
  'openExternal',
  'payment-handler',
  'pointerLock',
  'sensors',
  'serial',
  'speaker-selection',
  'storage-access',
  'top-level-storage-access',
  'unknown',
  'usb',
  'window-management',
  '__proto__',
  'constructor',
];

it('grants what the dashboard needs, and denies all else', () => {
  expect(asked.filter((permission) => isGranted(permission, 'app://bundle/'))).toEqual([
    'clipboard-sanitized-write',
    'fullscreen',
  ]);
});

it.each(['https://evil.example/', 'app://bundle.evil/', '', null, undefined])('grants %s nothing', (address) => {
  expect(asked.filter((permission) => isGranted(permission, address))).toEqual([]);
});

it('trusts the top frame of our own page only', () => {
  const ours = { url: 'app://bundle/review', parent: null };
  expect(isTrustedFrame(ours)).toBe(true);
  expect(isTrustedFrame({ ...ours, parent: ours })).toBe(false);
  expect(isTrustedFrame({ ...ours, url: 'https://evil.example/?app://bundle/' })).toBe(false);
  expect(isTrustedFrame({ ...ours, url: '' })).toBe(false);
  expect(isTrustedFrame({ ...ours, url: 'about:blank' })).toBe(false);
  expect(isTrustedFrame(null)).toBe(false);
  expect(isTrustedFrame(undefined)).toBe(false);
});
