import { type HotkeyItem, useHotkeys } from '@mantine/hooks';
import { isInDialog, isTyping } from '../../components/keyboard-focus.ts';

/**
 * Single keys that decide and move on, unless somebody types, or a dialog is open and has the keyboard. Arrows are left to
 * whatever has them for itself.
 * @param keys what each key does, by its name
 */
export function useReviewKeys(keys: Readonly<Record<string, () => void>>): void {
  useHotkeys(
    Object.entries(keys).map(
      ([key, act]): HotkeyItem => [key, (event) => press(event, key, act), { preventDefault: false }],
    ),
    [],
  );
}

function press(event: KeyboardEvent, key: string, act: () => void): void {
  const { target, repeat } = event;
  // A key that stays down decides about one post, not about all of them.
  if (repeat) return;
  if (target instanceof HTMLElement && (isInDialog(target) || isTaken(target, key))) return;
  act();
}

function isTaken(target: HTMLElement, key: string): boolean {
  return key.startsWith('Arrow') ? target.matches('input, textarea, video') : isTyping(target);
}
