import { describe, expect, it } from 'vitest';
import { places } from '../../app/places.ts';
import { type Bindings, capsFor, keyFor, readBindings, rebound, refusalOf, swapped } from './bindings.ts';
import { ariaKey, keyOf, keyText, type Press } from './keys.ts';
import { type ShortcutId, shortcuts } from './shortcuts.ts';
import { isPaletteKey, wishOf } from './wishes.ts';

const press = (key: string, held: Partial<Press> = {}): Press => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

describe('a key', () => {
  it('leads to each main page after a g, capital or small, and to no two with the same', () => {
    expect(wishOf(press('g'), false, {})).toBe('wait');
    for (const { key, to } of places) {
      expect(wishOf(press(key), true, {})).toEqual({ kind: 'go', to });
      expect(wishOf(press(key.toUpperCase(), { shiftKey: true }), true, {})).toEqual({ kind: 'go', to });
    }
    expect(new Set(places.map(({ key }) => key)).size).toBe(places.length);
  });

  it('means something by itself only where that is written on the help sheet', () => {
    const single = 'abcdefghijklmnopqrstuvwxyz?'.split('').filter((key) => wishOf(press(key), false, {}) !== null);
    expect(single).toEqual(['g', 'n', '?']);
    const told = shortcuts.map(({ id }) => capsFor({}, id).join(' '));
    expect(told).toEqual(expect.arrayContaining(['N', '?', ...places.map(({ key }) => `G ${key.toUpperCase()}`)]));
  });

  it('after a g means a page or nothing', () => {
    expect(wishOf(press('n'), true, {})).toBeNull();
    expect(wishOf(press('g'), true, {})).toBeNull();
  });

  it('is the browser’s own while Ctrl, Cmd or Alt is held', () => {
    for (const held of ['ctrlKey', 'metaKey', 'altKey'] as const) {
      expect(wishOf(press('n', { [held]: true }), false, {})).toBeNull();
      expect(wishOf(press('h', { [held]: true }), true, {})).toBeNull();
    }
    expect(isPaletteKey(press('k'), {})).toBe(false);
    expect(isPaletteKey(press('K', { metaKey: true }), {})).toBe(true);
    expect(isPaletteKey(press('k', { ctrlKey: true }), {})).toBe(true);
    expect(isPaletteKey(press('k', { ctrlKey: true, altKey: true }), {})).toBe(false);
  });

  it.each([
    [press('a'), 'a', 'A', 'A'],
    [press('A'), 'a', 'A', 'A'],
    [press('A', { shiftKey: true }), 'shift+a', '⇧ A', 'Shift+A'],
    [press('?', { shiftKey: true }), '?', '?', '?'],
    [press('Enter', { metaKey: true }), 'mod+enter', 'Ctrl ↵', 'Control+Enter'],
    [press('+', { ctrlKey: true, shiftKey: true }), 'mod++', 'Ctrl +', 'Control+Plus'],
    [press('ش'), 'ش', 'ش', 'ش'],
    [press(' '), 'space', 'SPACE', 'SPACE'],
  ])('is written in one way: %j', (pressed, key, text, aria) => {
    expect([keyOf(pressed), keyText(key), ariaKey(key)]).toEqual([key, text, aria]);
  });

  it('is none while only Shift, or a sign that is not finished, is pressed', () => {
    expect(['Shift', 'Control', 'Meta', 'Alt', 'Dead', 'Process'].map((key) => keyOf(press(key)))).toEqual(
      Array.from({ length: 6 }, () => null),
    );
  });
});

describe('another key', () => {
  it('does what the first one did, which then does nothing', () => {
    const bindings = rebound(rebound({}, 'newPost', 'shift+n'), '/review', 'v');
    expect(wishOf(press('n'), false, bindings)).toBeNull();
    expect(wishOf(press('N', { shiftKey: true }), false, bindings)).toEqual({ kind: 'newPost' });
    expect(wishOf(press('v'), true, bindings)).toEqual({ kind: 'go', to: '/review' });
    expect(wishOf(press('r'), true, bindings)).toBeNull();
    expect(capsFor(bindings, '/review')).toEqual(['G', 'V']);
    expect(isPaletteKey(press('b', { ctrlKey: true }), rebound({}, 'palette', 'mod+b'))).toBe(true);
    expect(rebound(bindings, 'newPost', 'n')).toEqual({ '/review': 'v' });
  });

  it.each<[ShortcutId, string, string | null]>([
    ['approve', 'y', null],
    ['approve', 'a', null],
    ['approve', 'shift+a', null],
    ['approve', 'mod+b', null],
    ['approve', '7', null],
    ['approve', 'ش', null],
    ['approve', 'r', 'taken'],
    ['approve', 'n', 'taken'],
    ['newPost', 'a', 'taken'],
    ['approve', 'g', 'reserved'],
    ['approve', 'mod+c', 'reserved'],
    ['approve', 'mod+shift+k', 'reserved'],
    ['approve', 'escape', 'unfit'],
    ['approve', 'arrowright', 'unfit'],
    ['approve', 'space', 'unfit'],
    ['approve', 'f5', 'unfit'],
    ['approve', 'enter', 'unfit'],
    ['palette', 'p', 'types'],
    ['save', 'shift+s', 'types'],
    ['save', 'mod+m', null],
    ['save', 'mod+k', 'taken'],
    // After a g there are no other keys than the pages'.
    ['/review', 'n', null],
    ['/review', 'v', null],
    ['/review', 'h', 'taken'],
    ['/review', 'g', 'unfit'],
    ['/review', 'mod+b', 'unfit'],
    ['/review', 'shift+b', 'unfit'],
  ])('for %s, %s is refused: %s', (id, key, why) => {
    expect(refusalOf({}, id, key)?.why ?? null).toBe(why);
  });

  it('that is taken can change places with the other, unless the other cannot have it', () => {
    expect(refusalOf({}, 'approve', 'r')).toEqual({ why: 'taken', by: 'reject', canSwap: true });
    const bindings = swapped({}, 'approve', 'reject');
    expect([keyFor(bindings, 'approve'), keyFor(bindings, 'reject')]).toEqual(['r', 'a']);
    expect(swapped(bindings, 'approve', 'reject')).toEqual({});
    expect(refusalOf({}, 'approve', 'mod+k')).toEqual({ why: 'taken', by: 'palette', canSwap: false });
  });

  it('is free again where its first one went elsewhere', () => {
    const bindings: Bindings = { approve: 'y' };
    expect(refusalOf(bindings, 'reject', 'a')).toBeNull();
    expect(refusalOf(rebound(bindings, 'reject', 'a'), 'approve', 'a')).toMatchObject({ why: 'taken', by: 'reject' });
  });
});

describe('what was kept', () => {
  it('is read again, two that were swapped too', () => {
    const bindings = rebound(swapped({}, 'approve', 'reject'), '/review', 'v');
    expect(readBindings(JSON.stringify(bindings))).toEqual(bindings);
  });

  it.each([null, '', 'null', '7', '[]', '{"approve":7}', '{"fly":"f"}', '{"approve":"escape"}', '{"palette":"p"}'])(
    'is left out where it makes no sense: %s',
    (text) => expect(readBindings(text)).toEqual({}),
  );

  it('gives no key to two, and keeps the rest', () => {
    expect(readBindings('{"approve":"r","edit":"x"}')).toEqual({ edit: 'x' });
    expect(readBindings('{"approve":"x","edit":"x"}')).toEqual({ edit: 'x' });
    // What one goes back to may be taken by another, which then goes back too.
    expect(readBindings('{"approve":"x","edit":"x","reject":"a"}')).toEqual({ edit: 'x' });
  });
});
