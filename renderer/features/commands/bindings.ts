import { keyText, partsOf } from './keys.ts';
import { type ShortcutId, shortcutOf, shortcuts } from './shortcuts.ts';

/** The keys that a person has chosen, by what they do; all others are as they came. */
export type Bindings = Readonly<Partial<Record<ShortcutId, string>>>;

/** Why a key cannot be had for something. */
export type Refusal =
  /** It is the key of something else; with `canSwap` the two can change places. */
  | { why: 'taken'; by: ShortcutId; canSwap: boolean }
  /** The browser, the system or this app has it for something that stays as it is. */
  | { why: 'reserved' }
  /** What works while somebody types must be a key that types nothing. */
  | { why: 'types' }
  /** It is no letter, digit or sign. */
  | { why: 'unfit' };

/** Begins the keys that lead to pages. */
export const pagePrefix = 'g';

const browserKeys = 'acfhlnpqrstvwxyz0123456789,+-='.split('').map((key) => `mod+${key}`);
const browserShiftKeys = 'bcijknprtwz'.split('').map((key) => `mod+shift+${key}`);
const reserved = new Set([pagePrefix, ...browserKeys, ...browserShiftKeys]);

/** The key of something, as `keyOf` writes it. */
export function keyFor(bindings: Bindings, id: ShortcutId): string {
  return bindings[id] ?? shortcutOf(id).key;
}

/** All keys to be pressed, as they stand on key caps: `G` and `R` for a page. */
export function capsFor(bindings: Bindings, id: ShortcutId): string[] {
  const cap = keyText(keyFor(bindings, id));
  return isPage(id) ? [keyText(pagePrefix), cap] : [cap];
}

/** What a key does, of the shortcuts given; null when nothing. */
export function shortcutFor<Id extends ShortcutId>(bindings: Bindings, key: string, among: readonly Id[]): Id | null {
  return among.find((id) => keyFor(bindings, id) === key) ?? null;
}

/** Why a key cannot be had for something; null when it can. */
export function refusalOf(bindings: Bindings, id: ShortcutId, key: string): Refusal | null {
  const unfit = unfitness(id, key);
  if (unfit !== null) return unfit;
  const by = ownerOf(bindings, id, key);
  if (by === null) return null;
  return { why: 'taken', by, canSwap: unfitness(by, keyFor(bindings, id)) === null };
}

/** With another key for something; the key that it came with leaves no trace. */
export function rebound(bindings: Bindings, id: ShortcutId, key: string): Bindings {
  const { [id]: _, ...others } = bindings;
  return key === shortcutOf(id).key ? others : { ...others, [id]: key };
}

/** With the keys of two in each other's place. */
export function swapped(bindings: Bindings, one: ShortcutId, other: ShortcutId): Bindings {
  return rebound(rebound(bindings, one, keyFor(bindings, other)), other, keyFor(bindings, one));
}

/** What was kept, as far as it still can be: nothing unknown, no key that cannot be had, and no key twice. */
export function readBindings(text: string | null): Bindings {
  let bindings: Bindings = {};
  for (const [name, key] of Object.entries(parsed(text))) {
    const shortcut = shortcuts.find(({ id }) => id === name);
    if (shortcut === undefined || typeof key !== 'string' || unfitness(shortcut.id, key) !== null) continue;
    bindings = rebound(bindings, shortcut.id, key);
  }
  return withoutDoubles(bindings);
}

/** A key that something else has goes back to the one it came with, until none is double. */
function withoutDoubles(bindings: Bindings): Bindings {
  const double = shortcuts.find(({ id }) => ownerOf(bindings, id, bindings[id] ?? '') !== null);
  return double === undefined ? bindings : withoutDoubles(rebound(bindings, double.id, double.key));
}

function ownerOf(bindings: Bindings, id: ShortcutId, key: string): ShortcutId | null {
  const owner = shortcuts.find(
    (other) => other.id !== id && isPage(other.id) === isPage(id) && keyFor(bindings, other.id) === key,
  );
  return owner?.id ?? null;
}

function unfitness(id: ShortcutId, key: string): Refusal | null {
  const [name = '', ...held] = partsOf(key).toReversed();
  const isSign = Array.from(name).length === 1;
  if (isPage(id)) return isSign && held.length === 0 && name !== pagePrefix ? null : { why: 'unfit' };
  if (!isSign && key !== 'mod+enter') return { why: 'unfit' };
  if (reserved.has(key)) return { why: 'reserved' };
  return shortcutOf(id).isHeardWhileTyping === true && !held.includes('mod') ? { why: 'types' } : null;
}

function isPage(id: ShortcutId): boolean {
  return shortcutOf(id).place === 'pages';
}

function parsed(text: string | null): object {
  try {
    const found: unknown = JSON.parse(text ?? '{}');
    return typeof found === 'object' && found !== null ? found : {};
  } catch {
    return {};
  }
}
