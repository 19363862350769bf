import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { LibraryItem } from '../../../shared/contract/media.ts';
import { client, orpc } from '../../api/client.ts';
import { notifyDone, notifyError } from '../../components/notify.tsx';

type Change = Partial<Pick<LibraryItem, 'altText' | 'focal' | 'aiMade'>> & { name?: string };

/** Saves what is told of a file, and with a message offers to take it back. */
export function useMediaChange(item: LibraryItem) {
  const queries = useQueryClient();
  const save = useMutation({
    mutationFn: (change: Change) => client.media.update({ id: item.id, ...change }),
    onSuccess: (saved) => {
      queries.setQueryData(orpc.media.get.queryKey({ input: { id: item.id } }), saved);
      void queries.invalidateQueries({ queryKey: orpc.media.list.key() });
    },
    onError: notifyError,
  });

  return (to: Change, message?: string): void => {
    const before: Change = Object.fromEntries(Object.keys(to).map((key) => [key, item[key as keyof Change]]));
    save.mutate(to, {
      onSuccess: () => {
        if (message !== undefined) notifyDone(message, () => save.mutate(before));
      },
    });
  };
}
