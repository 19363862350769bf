import { describe, expect, it } from 'vitest';
import { places } from '../../app/places.ts';
import { isPaletteKey, type Press, shortcutGroups, wishOf } from './shortcuts.ts';

const press = (key: string, held: Partial<Press> = {}): Press => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
});

describe('a key', () => {
  it('leads to each main page after a g, capital or small, and to no two with the same', () => {
    expect(wishOf(press('g'), false)).toBe('wait');
    for (const { key, to } of places) {
      expect(wishOf(press(key), true)).toEqual({ kind: 'go', to });
      expect(wishOf(press(key.toUpperCase()), true)).toEqual({ kind: 'go', to });
    }
    expect(new Set(places.map(({ key }) => key)).size).toBe(places.length);
  });

  it('means something by itself only where that is written on the help sheet', () => {
    const single = 'abcdefghijklmnopqrstuvwxyz?'.split('').filter((key) => wishOf(press(key), false) !== null);
    expect(single).toEqual(['g', 'n', '?']);
    const told = shortcutGroups.flatMap(({ shortcuts }) => shortcuts.map(({ keys }) => keys.join(' ')));
    expect(told).toEqual(expect.arrayContaining(['N', '?', ...places.map(({ key }) => `G ${key.toUpperCase()}`)]));
  });

  it('after a g means a page or nothing', () => {
    expect(wishOf(press('n'), true)).toBeNull();
    expect(wishOf(press('g'), true)).toBeNull();
  });

  it('is the browser’s own while Ctrl, Cmd or Alt is held', () => {
    for (const held of ['ctrlKey', 'metaKey', 'altKey'] as const) {
      expect(wishOf(press('n', { [held]: true }), false)).toBeNull();
      expect(wishOf(press('h', { [held]: true }), true)).toBeNull();
    }
    expect(isPaletteKey(press('k'))).toBe(false);
    expect(isPaletteKey(press('K', { metaKey: true }))).toBe(true);
    expect(isPaletteKey(press('k', { ctrlKey: true }))).toBe(true);
    expect(isPaletteKey(press('k', { ctrlKey: true, altKey: true }))).toBe(false);
  });
});
