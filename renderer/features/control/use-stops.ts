import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { KillSwitch } from '../../../shared/contract/admin.ts';
import { orpc } from '../../api/client.ts';

/** The kill switch of everything, only while it is engaged. */
export function useGlobalStop(): KillSwitch | undefined {
  return useStop('global', null);
}

/** The switch of one scope, only while it is engaged. */
export function useStop(scope: KillSwitch['scope'], id: string | null): KillSwitch | undefined {
  const switches = useQuery(orpc.killSwitch.list.queryOptions());
  return switches.data?.items.find((item) => item.engaged && item.scope === scope && item.id === id);
}

/** Engages or releases a switch; the answer is shown only after the core has stored it. */
export function useSetStop() {
  const queryClient = useQueryClient();
  return useMutation(
    orpc.killSwitch.set.mutationOptions({
      onSuccess: (switches) => queryClient.setQueryData(orpc.killSwitch.list.queryKey(), switches),
    }),
  );
}
