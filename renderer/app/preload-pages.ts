import { firstPageShown } from './first-page.ts';

/**
 * Fetches every page's code while nothing else is to do: pages then open at once, and also while the
 * line to the server is away. What cannot be fetched now is fetched when it is opened.
 */
export async function preloadPages(pages: Iterable<unknown>): Promise<void> {
  await firstPageShown;
  for (const page of pages) {
    if (isPreloadable(page)) page.preload().catch(() => undefined);
  }
}

function isPreloadable(page: unknown): page is { preload: () => Promise<void> } {
  return typeof page === 'function' && 'preload' in page && typeof page.preload === 'function';
}
