import { getHotkeyHandler, type HotkeyItem } from '@mantine/hooks';
import { useLayoutEffect } from 'react';
import { isInDialog, isTyping } from '../../components/keyboard-focus.ts';

/**
 * Single keys that decide and move on, unless somebody types, or a dialog is open and has the keyboard. Arrows are left to
 * whatever has them for itself. They work from the moment that the post is seen: whoever is fast loses no key.
 * @param keys what each key does, by its name
 */
export function useReviewKeys(keys: Readonly<Record<string, () => void>>): void {
  useLayoutEffect(() => {
    const listen = getHotkeyHandler(
      Object.entries(keys).map(
        ([key, act]): HotkeyItem => [key, (event) => press(event, key, act), { preventDefault: false }],
      ),
    );
    document.documentElement.addEventListener('keydown', listen);
    return () => document.documentElement.removeEventListener('keydown', listen);
  });
}

function press({ target, repeat }: KeyboardEvent, key: string, act: () => void): void {
  // A key that stays down decides about one post, not about all of them.
  if (repeat) return;
  if (target instanceof HTMLElement && (isInDialog(target) || isTaken(target, key))) return;
  act();
}

function isTaken(target: HTMLElement, key: string): boolean {
  return key.startsWith('Arrow') ? target.matches('input, textarea, video') : isTyping(target);
}
