import { type PlacePath, places } from '../../app/places.ts';

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
  title: string;
  /** The keys one presses, one after the other where there are several, and what that does. */
  shortcuts: readonly { keys: readonly string[]; means: string }[];
}

/** Everything that works by keys, for the help sheet. */
export const shortcutGroups: readonly ShortcutGroup[] = [
  {
    title: 'Everywhere',
    shortcuts: [
      { keys: [`${commandKey} K`], means: 'Search, go anywhere, do anything' },
      { keys: ['N'], means: 'New post' },
      { keys: ['?'], means: 'This help' },
    ],
  },
  {
    title: 'In the review',
    shortcuts: [
      { keys: ['A'], means: 'Approve and go on' },
      { keys: ['R'], means: 'Reject, with a reason' },
      { keys: ['E'], means: 'Edit here' },
      { keys: ['J'], means: 'Next post, as →' },
      { keys: ['K'], means: 'Previous post, as ←' },
      { keys: [`${commandKey} ↵`], means: 'Save while editing' },
    ],
  },
  {
    title: 'Go to',
    shortcuts: places.map(({ key, label }) => ({ keys: ['G', key.toUpperCase()], means: label })),
  },
];
