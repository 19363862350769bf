import { type Platform, usualVia, type Via } from '../../../shared/domain/platform.ts';

/** Where the browser goes to let a client's account be connected; it comes back by itself. @param via whose login */
export function connectPath(platform: Platform, clientId: string, via: Via = usualVia(platform)): string {
  const query = new URLSearchParams({ clientId, ...(via === usualVia(platform) ? {} : { via }) });
  return `/api/auth/${platform}/start?${query}`;
}
