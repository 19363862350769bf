import { isOurPage } from './page-origin.ts';

/** What pages may do that browsers ask about, each with its reason. Everything else is denied without asking. */
const granted: Record<string, string> = {
  'clipboard-sanitized-write': 'The dashboard copies links and captions when a person presses Copy.',
  fullscreen: 'A video is watched in full screen.',
};

/** @param requestedBy address of the page that asks; empty or null where Electron does not know it */
export function isGranted(permission: string, requestedBy: string | null | undefined): boolean {
  return Object.hasOwn(granted, permission) && typeof requestedBy === 'string' && isOurPage(requestedBy);
}
