import type { Platform } from '../../../shared/domain/platform.ts';

/** Where the browser goes to let a client's account be connected; it comes back by itself. */
export function connectPath(platform: Platform, clientId: string): string {
  return `/api/auth/${platform}/start?${new URLSearchParams({ clientId })}`;
}
