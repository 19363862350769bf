import { create } from 'zustand';

/** Which of the two is open: the palette, or the help sheet with all shortcuts. */
export const useCommands = create<{ open: 'palette' | 'help' | null }>(() => ({ open: null }));

export function openPalette(): void {
  useCommands.setState({ open: 'palette' });
}

export function openShortcutHelp(): void {
  useCommands.setState({ open: 'help' });
}

export function closeCommands(): void {
  useCommands.setState({ open: null });
}
