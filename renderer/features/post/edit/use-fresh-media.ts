import { useQueries } from '@tanstack/react-query';
import type { Media } from '../../../../shared/contract/media.ts';
import { orpc } from '../../../api/client.ts';

/** The files as the library knows them now: their alternative text and focal point may be changed while a post is written. */
export function useFreshMedia(media: readonly Media[]): Media[] {
  return useQueries({
    queries: media.map(({ id }) => orpc.media.get.queryOptions({ input: { id } })),
    combine: (results) => media.map((item, index) => results[index]?.data ?? item),
  });
}
