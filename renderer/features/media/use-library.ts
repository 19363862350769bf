import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { orpc } from '../../api/client.ts';

export const kinds = ['all', 'image', 'video'] as const;
export type Kind = (typeof kinds)[number];
export const shows = ['all', 'upload', 'ai', 'used', 'unused'] as const;
export type Show = (typeof shows)[number];

const pageSize = 60;

/** A client's files that fit, page by page, newest first. */
export function useLibrary(clientId: string, { words, kind, show }: { words: string; kind: Kind; show: Show }) {
  return useInfiniteQuery(
    orpc.media.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        clientId,
        limit: pageSize,
        cursor,
        ...(words === '' ? {} : { search: words }),
        ...(kind === 'all' ? {} : { kind }),
        ...(show === 'upload' || show === 'ai' ? { origin: show } : {}),
        ...(show === 'used' || show === 'unused' ? { used: show === 'used' ? 'true' : 'false' } : {}),
      }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
      placeholderData: keepPreviousData,
    }),
  );
}
