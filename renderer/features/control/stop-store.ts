import { create } from 'zustand';
import type { KillSwitch } from '../../../shared/contract/admin.ts';
import { queryClient } from '../../api/query-client.ts';
import { affectedOptions } from './use-affected.ts';

/** Whose switch it is; `id` names the client or account, null for everything. */
export interface StopScope {
  scope: KillSwitch['scope'];
  id: string | null;
}

/** What is open around a stop: whether to stop everything, what is still under way, or resuming. */
export const useStopDialogs = create<{ asking: boolean; report: StopScope | null; resume: StopScope | null }>(() => ({
  asking: false,
  report: null,
  resume: null,
}));

/** Asks at the kill switch whether everything shall stop; or asks no more. */
export function askToStop(asking: boolean): void {
  useStopDialogs.setState({ asking });
}

/** Shows what a stop that was just made did not reach any more. */
export function openStopReport(report: StopScope): void {
  useStopDialogs.setState({ report });
}

/** Asks how to go on with what became due meanwhile, then resumes. */
export function openResume(resume: StopScope): void {
  useStopDialogs.setState({ resume });
}

export function closeStopDialogs(): void {
  useStopDialogs.setState({ report: null, resume: null });
}

/** Fetches the dialogs' code and what they show before they are needed: what is in flight is shown at once. */
export function preloadStopDialogs(stop: StopScope): void {
  void loadStopDialogs();
  void queryClient.prefetchQuery(affectedOptions(stop));
}

export function loadStopDialogs() {
  return import('./StopDialogs.tsx');
}
