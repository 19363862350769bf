import { create } from 'zustand';
import { type Bindings, capsFor, keyFor, readBindings } from './bindings.ts';
import { ariaKey } from './keys.ts';
import type { ShortcutId } from './shortcuts.ts';

const storageKey = 'autosocial-shortcuts';

/** The keys chosen on this computer. */
export const useBindings = create<{ bindings: Bindings }>(() => ({ bindings: remembered() }));

/** In effect at once; they stay where the browser keeps anything. */
export function keepBindings(bindings: Bindings): void {
  useBindings.setState({ bindings });
  try {
    if (Object.keys(bindings).length === 0) localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, JSON.stringify(bindings));
  } catch {
    // A full or forbidden storage keeps nothing; until the page is left, the keys are as chosen.
  }
}

/** The key of something as it stands on key caps, and for `aria-keyshortcuts`. */
export function useShortcut(id: ShortcutId): { caps: string[]; aria: string } {
  const bindings = useBindings((state) => state.bindings);
  return { caps: capsFor(bindings, id), aria: ariaKey(keyFor(bindings, id)) };
}

function remembered(): Bindings {
  try {
    return readBindings(localStorage.getItem(storageKey));
  } catch {
    return {};
  }
}
