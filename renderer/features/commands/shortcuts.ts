import { type PlacePath, places } from '../../app/places.ts';
import type { WordKey } from '../../i18n/i18n.ts';

/** What a key, or a key after `g`, asks for. */
export type Wish = { kind: 'go'; to: PlacePath } | { kind: 'new-post' } | { kind: 'help' } | { kind: 'palette' };

/** A key as the browser tells it. */
export type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** How long a `g` waits for the key behind it, in ms. */
export const waitMs = 1_500;

/**
 * What a key means, outside of text and dialogs.
 * @param afterG whether a `g` came just before
 * @returns `'wait'` when it is a `g`; null when it means nothing here
 */
export function wishOf({ key, ctrlKey, metaKey, altKey }: Press, afterG: boolean): Wish | 'wait' | null {
  if (ctrlKey || metaKey || altKey) return null;
  if (afterG) {
    const place = places.find((candidate) => candidate.key === key.toLowerCase());
    return place === undefined ? null : { kind: 'go', to: place.to };
  }
  switch (key) {
    case 'g':
      return 'wait';
    case 'n':
      return { kind: 'new-post' };
    case '?':
      return { kind: 'help' };
    default:
      return null;
  }
}

/** Ctrl+K, or Cmd+K on a Mac: works everywhere, as nobody types it. */
export function isPaletteKey({ key, ctrlKey, metaKey, altKey }: Press): boolean {
  return key.toLowerCase() === 'k' && (ctrlKey || metaKey) && !altKey;
}

/** How this computer names the key beside the letters: `⌘` or `Ctrl`. */
export const commandKey = /mac/i.test(navigator.userAgent) ? '⌘' : 'Ctrl';

export interface ShortcutGroup {
  title: WordKey;
  /** The keys one presses, one after the other where there are several, and what that does. */
  shortcuts: readonly { keys: readonly string[]; means: WordKey }[];
}

/** Everything that works by keys, for the help sheet. */
export const shortcutGroups: readonly ShortcutGroup[] = [
  {
    title: 'commands:shortcuts.everywhere',
    shortcuts: [
      { keys: [`${commandKey} K`], means: 'commands:shortcuts.palette' },
      { keys: ['N'], means: 'app:newPost' },
      { keys: ['?'], means: 'commands:shortcuts.help' },
    ],
  },
  {
    title: 'commands:shortcuts.inReview',
    shortcuts: [
      { keys: ['A'], means: 'commands:shortcuts.approve' },
      { keys: ['R'], means: 'commands:shortcuts.reject' },
      { keys: ['E'], means: 'commands:shortcuts.edit' },
      { keys: ['V'], means: 'review:keys.variants' },
      { keys: ['U'], means: 'review:keys.undo' },
      { keys: ['J'], means: 'commands:shortcuts.next' },
      { keys: ['K'], means: 'commands:shortcuts.previous' },
      { keys: [`${commandKey} ↵`], means: 'commands:shortcuts.save' },
    ],
  },
  {
    title: 'commands:group.pages',
    shortcuts: places.map(({ key, label }) => ({ keys: ['G', key.toUpperCase()], means: label })),
  },
];
