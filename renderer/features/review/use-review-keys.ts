import { type HotkeyItem, useHotkeys } from '@mantine/hooks';
import { isInDialog, isTyping } from '../../components/keyboard-focus.ts';
import type { ReviewActions } from './ReviewBar.tsx';

/** Single keys that decide and move on, unless somebody types, or a dialog is open and has the keyboard. */
export function useReviewKeys(actions: ReviewActions): void {
  const unless = (isElsewhere: (target: HTMLElement) => boolean) => (key: string, act: () => void) =>
    [
      key,
      (event: KeyboardEvent) => {
        // A key that stays down decides about one post, not about all of them.
        if (event.repeat || (event.target instanceof HTMLElement && isElsewhere(event.target))) return;
        act();
      },
      { preventDefault: false },
    ] satisfies HotkeyItem;
  const letter = unless((target) => isTyping(target) || isInDialog(target));
  const arrow = unless((target) => target.matches('input, textarea, video, [role=radio]') || isInDialog(target));

  useHotkeys(
    [
      letter('a', actions.approve),
      letter('r', actions.reject),
      letter('e', actions.edit),
      letter('v', actions.variants),
      letter('u', actions.undo),
      letter('j', actions.next),
      letter('k', actions.previous),
      arrow('ArrowRight', actions.next),
      arrow('ArrowLeft', actions.previous),
    ],
    [],
  );
}
