import { places } from '../../app/places.ts';
import type { WordKey } from '../../i18n/i18n.ts';

/** Where a shortcut works; those of `pages` are the second key, after a `g`. */
export type ShortcutPlace = 'everywhere' | 'review' | 'pages';

interface Shortcut {
  id: string;
  place: ShortcutPlace;
  /** The key until a person chooses another, as `keyOf` writes it. */
  key: string;
  means: WordKey;
  /** Works while somebody types, too. */
  isHeardWhileTyping?: true;
}

/** Everything that works by keys a person may choose. */
export const shortcuts = [
  {
    id: 'palette',
    place: 'everywhere',
    key: 'mod+k',
    means: 'commands:shortcuts.palette',
    isHeardWhileTyping: true,
  },
  { id: 'newPost', place: 'everywhere', key: 'n', means: 'app:newPost' },
  { id: 'help', place: 'everywhere', key: '?', means: 'commands:shortcuts.help' },
  { id: 'approve', place: 'review', key: 'a', means: 'commands:shortcuts.approve' },
  { id: 'reject', place: 'review', key: 'r', means: 'commands:shortcuts.reject' },
  { id: 'edit', place: 'review', key: 'e', means: 'commands:shortcuts.edit' },
  { id: 'variants', place: 'review', key: 'v', means: 'review:keys.variants' },
  { id: 'undo', place: 'review', key: 'u', means: 'review:keys.undo' },
  { id: 'next', place: 'review', key: 'j', means: 'commands:shortcuts.next' },
  { id: 'previous', place: 'review', key: 'k', means: 'commands:shortcuts.previous' },
  { id: 'save', place: 'review', key: 'mod+enter', means: 'commands:shortcuts.save', isHeardWhileTyping: true },
  ...places.map(({ to, key, label }) => ({ id: to, place: 'pages' as const, key, means: label })),
] as const satisfies readonly Shortcut[];

export type ShortcutId = (typeof shortcuts)[number]['id'];

/** The places in the order they are shown, with their headings. */
export const shortcutPlaces: readonly { place: ShortcutPlace; title: WordKey }[] = [
  { place: 'everywhere', title: 'commands:shortcuts.everywhere' },
  { place: 'review', title: 'commands:shortcuts.inReview' },
  { place: 'pages', title: 'commands:group.pages' },
];

export function shortcutOf(id: ShortcutId): Shortcut {
  return shortcuts.find((shortcut) => shortcut.id === id) as Shortcut;
}
