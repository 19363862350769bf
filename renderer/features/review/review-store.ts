import { create } from 'zustand';

export type Decision = 'approved' | 'rejected';

/**
 * The pile being reviewed: posts in the order they were found, those already decided included, so that "3 of 9" stays true
 * while the core's own list shrinks.
 */
interface ReviewState {
  pile: readonly string[];
  currentId: string | null;
  /** What was decided here, by post; it counts before the core has said so. */
  decided: ReadonlyMap<string, Decision>;
  /** Posts in the order they were decided on; the last one is taken back first. */
  trail: readonly string[];
  /** Somebody changes the current post: nothing may take it out of their hands. */
  isHeld: boolean;
  /** Names the visit of the page that the pile was made for. */
  visit: object | null;
}

const nothing: ReviewState = { pile: [], currentId: null, decided: new Map(), trail: [], isHeld: false, visit: null };

export const useReview = create<ReviewState>(() => nothing);

/** Starts anew with the posts that wait, staying at the current one if it still does. */
export function beginReview(waiting: readonly string[], visit: object): void {
  useReview.setState(({ currentId }) => ({
    ...nothing,
    visit,
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

/**
 * Notes a decision and goes on to the next post that still waits, looking behind the current one first; to the end when
 * none is left.
 * @param waiting those that the core says wait, whether decided here or not
 */
export function decideInReview(id: string, decision: Decision, waiting: readonly string[]): void {
  useReview.setState(({ pile, decided, trail }) => {
    const index = pile.indexOf(id);
    const order = [...pile.slice(index + 1), ...pile.slice(0, Math.max(0, index))];
    const next = new Map(decided).set(id, decision);
    return {
      decided: next,
      trail: [...trail.filter((other) => other !== id), id],
      currentId: order.find((other) => waiting.includes(other) && !next.has(other)) ?? null,
    };
  });
}

/** Takes a decision back and shows its post, unless another one is being changed. */
export function undecideInReview(id: string): void {
  useReview.setState(({ decided, trail, currentId, isHeld }) => {
    const next = new Map(decided);
    next.delete(id);
    return {
      decided: next,
      trail: trail.filter((other) => other !== id),
      currentId: isHeld ? currentId : id,
    };
  });
}

export function showInReview(id: string): void {
  useReview.setState({ currentId: id });
}

/** @param isHeld see {@link ReviewState} */
export function holdReview(isHeld: boolean): void {
  useReview.setState({ isHeld });
}
