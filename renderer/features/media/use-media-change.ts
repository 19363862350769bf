import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { LibraryItem, OwnPointChanges } from '../../../shared/contract/media.ts';
import { client, orpc } from '../../api/client.ts';
import { notifyDone, notifyError } from '../../components/notify.tsx';

type Change = Partial<Pick<LibraryItem, 'altText' | 'focal' | 'aiMade'>> & { name?: string; focalOn?: OwnPointChanges };

/**
 * Saves what is told of a file, and with a message offers to take it back. What is changed is shown at once, so that quick
 * presses of a key count on from each other; changes of one file are saved one after the other.
 */
export function useMediaChange(item: LibraryItem) {
  const queries = useQueryClient();
  const mutationKey = ['media.update', item.id];
  const { queryKey } = orpc.media.get.queryOptions({ input: { id: item.id } });
  const save = useMutation({
    mutationKey,
    scope: { id: mutationKey.join(' ') },
    mutationFn: (change: Change) => client.media.update({ id: item.id, ...change }),
    onMutate: () => queries.cancelQueries({ queryKey }, { revert: false }),
    onSuccess: (saved) => {
      // With another change on its way, this answer is older than what is shown.
      if (queries.isMutating({ mutationKey }) === 1) queries.setQueryData(queryKey, saved);
      void queries.invalidateQueries({ queryKey: orpc.media.list.key() });
    },
    onError: (error) => {
      notifyError(error);
      void queries.invalidateQueries({ queryKey });
    },
  });

  const make = (change: Change, onSuccess?: () => void): void => {
    queries.setQueryData(queryKey, (shown) => shown && withChange(shown, change));
    save.mutate(change, { onSuccess });
  };

  /** @param to a function is given the file as it is known by now, which may be ahead of what is drawn */
  return (to: Change | ((latest: LibraryItem) => Change), message?: string): void => {
    const latest = queries.getQueryData(queryKey) ?? item;
    const change = typeof to === 'function' ? to(latest) : to;
    const before: Change = Object.fromEntries(Object.keys(change).map((key) => [key, latest[key as keyof Change]]));
    make(change, () => {
      if (message !== undefined) notifyDone(message, () => make(before));
    });
  };
}

function withChange(item: LibraryItem, { focalOn, ...change }: Change): LibraryItem {
  const points = Object.entries({ ...item.focalOn, ...focalOn }).filter(([, point]) => point !== null);
  return { ...item, ...change, focalOn: Object.fromEntries(points) };
}
