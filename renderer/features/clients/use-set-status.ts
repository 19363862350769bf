import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Client } from '../../../shared/contract/clients.ts';
import { orpc } from '../../api/client.ts';
import { notifyDone } from '../../components/notify.tsx';
import { t } from '../../i18n/i18n.ts';

/** Lets a client be written for, or not; says so, and offers to take it back. */
export function useSetStatus(client: Pick<Client, 'id' | 'name' | 'status'>) {
  const queries = useQueryClient();
  const update = useMutation(
    orpc.clients.update.mutationOptions({
      onSuccess: (saved) => queries.setQueryData(orpc.clients.get.queryKey({ input: { id: saved.id } }), saved),
    }),
  );
  const setStatus = (status: Client['status']) => {
    const before = client.status;
    update.mutate(
      { id: client.id, status },
      {
        onSuccess: () =>
          notifyDone(t(`clients:nowIs.${status}`, { name: client.name }), () =>
            update.mutate({ id: client.id, status: before }),
          ),
      },
    );
  };
  return { setStatus, isPending: update.isPending };
}
