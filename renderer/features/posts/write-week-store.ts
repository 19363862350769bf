import { create } from 'zustand';

/** Whether the "Write the week" dialog is open, and for which client it was opened. */
export const useWriteWeek = create<{ opened: boolean; clientId: string | null }>(() => ({
  opened: false,
  clientId: null,
}));

export function openWriteWeek(clientId: string | null = null): void {
  useWriteWeek.setState({ opened: true, clientId });
}

export function closeWriteWeek(): void {
  useWriteWeek.setState({ opened: false });
}
