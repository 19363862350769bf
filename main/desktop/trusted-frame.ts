import { isOurPage } from './page-origin.ts';

/** What of a frame says who is in it. */
export interface Frame {
  url: string;
  parent: unknown;
}

/**
 * Whether a message comes from our own page: not from a frame inside it, not from a page that was left meanwhile
 * (then there is no frame any more).
 */
export function isTrustedFrame(frame: Frame | null | undefined): boolean {
  return frame != null && frame.parent === null && isOurPage(frame.url);
}
