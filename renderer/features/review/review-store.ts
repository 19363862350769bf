import { create } from 'zustand';

/**
 * The pile being reviewed: posts in the order they were found, those already decided included, so that
 * "3 of 9" stays true while the core's own list shrinks.
 */
interface ReviewState {
  pile: readonly string[];
  currentId: string | null;
}

export const useReview = create<ReviewState>(() => ({ pile: [], currentId: null }));

/** Starts anew with the posts that wait, staying at the current one if it still does. */
export function beginReview(waiting: readonly string[]): void {
  useReview.setState(({ currentId }) => ({
    pile: waiting,
    currentId: currentId !== null && waiting.includes(currentId) ? currentId : (waiting[0] ?? null),
  }));
}

/** Puts posts that came meanwhile at the end of the pile. */
export function addToReview(waiting: readonly string[]): void {
  const { pile, currentId } = useReview.getState();
  const fresh = waiting.filter((id) => !pile.includes(id));
  if (fresh.length > 0) useReview.setState({ pile: [...pile, ...fresh], currentId: currentId ?? fresh[0] ?? null });
}

/** One post on or back, without wrapping round. */
export function stepReview(by: 1 | -1): void {
  useReview.setState(({ pile, currentId }) => {
    const index = pile.indexOf(currentId ?? '') + by;
    return { currentId: pile[Math.max(0, Math.min(pile.length - 1, index))] ?? null };
  });
}

/** After a decision: the next post that still waits, looking behind the current one first; null when none is left. */
export function advanceReview(waiting: readonly string[]): void {
  useReview.setState(({ pile, currentId }) => {
    const index = pile.indexOf(currentId ?? '');
    const order = [...pile.slice(index + 1), ...pile.slice(0, Math.max(0, index))];
    return { currentId: order.find((id) => waiting.includes(id)) ?? null };
  });
}

export function showInReview(id: string): void {
  useReview.setState({ currentId: id });
}
