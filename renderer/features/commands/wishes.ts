import { type PlacePath, places } from '../../app/places.ts';
import { type Bindings, keyFor, pagePrefix, shortcutFor } from './bindings.ts';
import { keyOf, partsOf, type Press } from './keys.ts';

/** What a key, or a key after `g`, asks for. */
export type Wish = { kind: 'go'; to: PlacePath } | { kind: 'newPost' | 'help' | 'palette' };

/** How long a `g` waits for the key behind it, in ms. */
export const waitMs = 1_500;

const pages = places.map(({ to }) => to);

/**
 * What a key means, outside of text and dialogs.
 * @param afterG whether a `g` came just before
 * @returns `'wait'` when it is a `g`; null when it means nothing here
 */
export function wishOf(press: Press, afterG: boolean, bindings: Bindings): Wish | 'wait' | null {
  const key = keyOf(press);
  if (key === null) return null;
  if (afterG) {
    // Capital or small: Shift may still be held from the `G`.
    const to = key.startsWith('mod+') ? null : shortcutFor(bindings, partsOf(key).at(-1) ?? '', pages);
    return to === null ? null : { kind: 'go', to };
  }
  if (key === pagePrefix) return 'wait';
  const kind = shortcutFor(bindings, key, ['newPost', 'help']);
  return kind === null ? null : { kind };
}

/** Works everywhere, as nobody types it. */
export function isPaletteKey(press: Press, bindings: Bindings): boolean {
  return keyOf(press) === keyFor(bindings, 'palette');
}
