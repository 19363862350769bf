import { useQuery } from '@tanstack/react-query';
import { orpc } from '../../api/client.ts';
import { healthOf } from './client-health.ts';
import type { StandingClient } from './find-clients.ts';

/** All clients by name and how each stands, from one question to the core; undefined until it is answered. */
export function useStandingClients() {
  const glance = useQuery(orpc.clients.glance.queryOptions());
  const switches = useQuery(orpc.killSwitch.list.queryOptions());
  const stopped = new Set(
    switches.data?.items.flatMap(({ scope, id, engaged }) => (engaged && scope === 'client' ? [id] : [])),
  );
  const clients: StandingClient[] | undefined = glance.data?.items.map((client) => ({
    client,
    health: healthOf(client, stopped.has(client.id)),
  }));
  return { clients, error: glance.error, retry: () => void glance.refetch() };
}
