import { useEffect } from 'react';

/**
 * When a dialog goes away or is closed, the keyboard goes back to where it was before it. For dialogs that are open
 * from their first moment on: of those Mantine does not know where that was.
 */
export function useFocusBack(isOpen = true): void {
  useEffect(() => {
    if (!isOpen) return;
    const before = document.activeElement;
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, [isOpen]);
}
