import type { DraftContent } from '../../../../shared/contract/drafts.ts';
import type { Shelved } from './autosave.ts';

/** A window that is still there gives what it wrote to the app within so long after the line is back; ms. */
export const ownersMs = 5_000;

/** What giving leftovers to the app needs of the world. */
export interface LeftoverDeps {
  /** What windows of this browser could not give to the app, by id. */
  shelf(): ReadonlyMap<string, Shelved>;
  drop(id: string): void;
  /** This window writes it and gives it to the app itself. */
  isOpenHere(id: string): boolean;
  put(input: { id: string; content: DraftContent } & Shelved): Promise<unknown>;
  /** The app will not take it, because somebody else went on with it or ended it meanwhile. */
  isRefused(error: unknown): boolean;
  /** Until windows that are still there had their turn. */
  ownersTurn(): Promise<void>;
}

/** Changes to a post that came to light. `isKept`: the app has them now; else they are in this browser only. */
export interface Leftover {
  postId: string;
  isKept: boolean;
}

/**
 * Gives the app what windows of this browser could not give it before they were closed: as drafts, so that no post is
 * changed by it and nobody's newer text is written over. What the app does not take stays on the shelf until its draft
 * is opened, where both versions are shown.
 */
export async function sendLeftovers(deps: LeftoverDeps): Promise<Leftover[]> {
  const before = deps.shelf();
  if (before.size === 0) return [];
  await deps.ownersTurn();
  const found: Leftover[] = [];
  for (const [id, entry] of before) {
    if (deps.isOpenHere(id) || !isSame(deps.shelf().get(id), entry)) continue;
    const isOfPost = entry.basedOn !== null;
    try {
      await deps.put({ id, ...entry });
      if (isSame(deps.shelf().get(id), entry)) deps.drop(id);
      if (isOfPost) found.push({ postId: id, isKept: true });
    } catch (error) {
      console.warn('A draft waits in this browser.', error);
      if (isOfPost && deps.isRefused(error)) found.push({ postId: id, isKept: false });
    }
  }
  return found;
}

/** Nobody wrote on since. */
function isSame(now: Shelved | undefined, before: Shelved): boolean {
  return JSON.stringify(now) === JSON.stringify(before);
}
