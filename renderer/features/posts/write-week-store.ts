import { create } from 'zustand';

/**
 * Whether the "Write the week" dialog is open, and for which client it was opened. Once `wanted` it stays on the
 * page: the writing goes on when it is closed.
 */
export const useWriteWeek = create<{ opened: boolean; wanted: boolean; clientId: string | null }>(() => ({
  opened: false,
  wanted: false,
  clientId: null,
}));

export function openWriteWeek(clientId: string | null = null): void {
  useWriteWeek.setState({ opened: true, wanted: true, clientId });
}

export function closeWriteWeek(): void {
  useWriteWeek.setState({ opened: false });
}
