import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { isInDialog, isTakingKeys, isTyping } from '../../components/keyboard-focus.ts';
import { useBindings } from './bindings-store.ts';
import { openPalette, openShortcutHelp } from './commands-store.ts';
import { isPaletteKey, waitMs, type Wish, wishOf } from './wishes.ts';

/** Listens to the keys that work on every page, but not while somebody types or a dialog has the keyboard. */
export function useShortcuts(): void {
  const navigate = useNavigate();
  useEffect(() => {
    const fulfil = (wish: Wish): void => {
      if (wish.kind === 'go') void navigate({ to: wish.to });
      else if (wish.kind === 'newPost') void navigate({ to: '/posts/new' });
      else if (wish.kind === 'help') openShortcutHelp();
      else openPalette();
    };
    let gAt = Number.NEGATIVE_INFINITY;
    const press = (event: KeyboardEvent): void => {
      if (event.isComposing || event.repeat || !(event.target instanceof Element) || isTakingKeys(event.target)) return;
      const { bindings } = useBindings.getState();
      if (isPaletteKey(event, bindings)) return take(event, { kind: 'palette' });
      // Shift alone may be on its way to a question mark.
      if (event.key === 'Shift' || isBusy(event.target)) return;
      const afterG = event.timeStamp - gAt < waitMs;
      gAt = Number.NEGATIVE_INFINITY;
      const wish = wishOf(event, afterG, bindings);
      if (wish === 'wait') gAt = event.timeStamp;
      // What comes after a "g" is never a key of the page: "g a" must not approve what is under review.
      if (afterG && wish === null) event.stopPropagation();
      if (wish !== null && wish !== 'wait') take(event, wish);
    };
    const take = (event: KeyboardEvent, wish: Wish): void => {
      event.preventDefault();
      event.stopPropagation();
      fulfil(wish);
    };
    // Before the page's own listeners.
    window.addEventListener('keydown', press, { capture: true });
    return () => window.removeEventListener('keydown', press, { capture: true });
  }, [navigate]);
}

function isBusy(target: Element): boolean {
  return isTyping(target) || isInDialog(target) || target.closest('[role=menu], [role=listbox]') !== null;
}
