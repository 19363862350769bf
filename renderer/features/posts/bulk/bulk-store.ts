import { create } from 'zustand';
import type { Post } from '../../../../shared/contract/pipeline.ts';

/** A post that was left as it was, and why, in words for a person. */
export interface Refused {
  post: Post;
  refusal: string;
}

interface BulkState {
  /** How far the one under way is; null when none is. */
  progress: { done: number; total: number } | null;
  /** A person wants no more of it done. */
  isStopping: boolean;
  /** What became of the last one, when some posts were refused. */
  report: { done: string; refused: readonly Refused[] } | null;
}

/** The bulk action under way. It goes on whatever page is shown. */
export const useBulkState = create<BulkState>(() => ({ progress: null, isStopping: false, report: null }));

export function stopBulk(): void {
  useBulkState.setState({ isStopping: true });
}

export function closeReport(): void {
  useBulkState.setState({ report: null });
}
