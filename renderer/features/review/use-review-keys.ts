import { useLayoutEffect } from 'react';
import { isInDialog, isTakingKeys, isTyping } from '../../components/keyboard-focus.ts';
import { shortcutFor } from '../commands/bindings.ts';
import { useBindings } from '../commands/bindings-store.ts';
import { keyOf } from '../commands/keys.ts';

type ReviewKey = 'approve' | 'reject' | 'edit' | 'variants' | 'undo' | 'next' | 'previous';
type Acts = Readonly<Partial<Record<ReviewKey, () => void>>>;

/** Beside the keys that a person may choose. */
const arrows: Readonly<Record<string, ReviewKey>> = { arrowright: 'next', arrowleft: 'previous' };

/**
 * Single keys that decide and move on, unless somebody types, or a dialog is open and has the keyboard. Arrows are left to
 * whatever has them for itself. They work from the moment that the post is seen: whoever is fast loses no key.
 */
export function useReviewKeys(acts: Acts): void {
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent): void => press(event, acts);
    document.documentElement.addEventListener('keydown', listen);
    return () => document.documentElement.removeEventListener('keydown', listen);
  });
}

function press(event: KeyboardEvent, acts: Acts): void {
  const { target, repeat } = event;
  const key = keyOf(event);
  // A key that stays down decides about one post, not about all of them.
  if (repeat || key === null) return;
  const among = Object.keys(acts) as ReviewKey[];
  const wish = shortcutFor(useBindings.getState().bindings, key, among) ?? arrows[key];
  const act = wish === undefined ? undefined : acts[wish];
  if (act === undefined) return;
  if (target instanceof HTMLElement && (isInDialog(target) || isTakingKeys(target) || isTaken(target, key))) return;
  // The browser has keys with Ctrl of its own.
  if (key.startsWith('mod+')) event.preventDefault();
  act();
}

function isTaken(target: HTMLElement, key: string): boolean {
  return key.startsWith('arrow') ? target.matches('input, textarea, video') : isTyping(target);
}
