/** A key as the browser tells it, with what is held beside it. */
export type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** How this computer names the key beside the letters: `⌘` or `Ctrl`. */
export const commandKey = /mac/i.test(navigator.userAgent) ? '⌘' : 'Ctrl';

const notYet = new Set(['Shift', 'Control', 'Meta', 'Alt', 'AltGraph', 'CapsLock', 'Dead', 'Process', 'Unidentified']);
const signs: Readonly<Record<string, string>> = { mod: commandKey, shift: '⇧', enter: '↵' };
const ariaNames: Readonly<Record<string, string>> = {
  mod: commandKey === '⌘' ? 'Meta' : 'Control',
  shift: 'Shift',
  enter: 'Enter',
  '+': 'Plus',
};

/**
 * A press in the one way that keys are written here: `a`, `shift+a`, `?`, `mod+enter`; `mod` is Ctrl or Cmd. Shift is
 * told only where it makes no other sign.
 * @returns null for what is no key by itself, and with Alt, which writes signs of its own
 */
export function keyOf({ key, ctrlKey, metaKey, altKey, shiftKey }: Press): string | null {
  if (altKey || notYet.has(key)) return null;
  const name = key === ' ' ? 'space' : key.toLowerCase();
  const isShiftTold = shiftKey && (name.length > 1 || /\p{L}/u.test(name));
  return `${ctrlKey || metaKey ? 'mod+' : ''}${isShiftTold ? 'shift+' : ''}${name}`;
}

/** `mod+shift+a` → `mod`, `shift`, `a`. */
export function partsOf(key: string): string[] {
  const [, mod, shift, name = ''] = /^(mod\+)?(shift\+)?(.+)$/su.exec(key) ?? [];
  return [...(mod === undefined ? [] : ['mod']), ...(shift === undefined ? [] : ['shift']), name];
}

/** As it stands on a key cap: `Ctrl ↵`, `⇧ A`, `?`. */
export function keyText(key: string): string {
  return partsOf(key)
    .map((part) => signs[part] ?? part.toUpperCase())
    .join(' ');
}

/** For `aria-keyshortcuts`: `Control+K`. */
export function ariaKey(key: string): string {
  return partsOf(key)
    .map((part) => ariaNames[part] ?? part.toUpperCase())
    .join('+');
}
