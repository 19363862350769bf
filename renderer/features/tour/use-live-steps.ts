import { useQueries, useQuery } from '@tanstack/react-query';
import { orpc } from '../../api/client.ts';
import { type LiveFacts, type LiveStep, liveStepsOf } from './live-steps.ts';

/** The steps to live as they stand; undefined while they are asked for. */
export function useLiveSteps(): { steps: LiveStep[] | undefined; facts: LiveFacts | undefined; error: Error | null } {
  const host = useQuery(orpc.host.get.queryOptions());
  const credentials = useQuery(orpc.credentials.list.queryOptions());
  const clients = useQuery(orpc.clients.list.queryOptions({ input: { limit: 200 } }));
  const approvals = useQuery(orpc.logs.queryOptions({ input: { kind: 'post.approved', limit: 1 } }));
  const stops = useQuery(orpc.logs.queryOptions({ input: { kind: 'kill_switch.engaged', limit: 1 } }));
  const backups = useQuery(orpc.backups.list.queryOptions());
  const accounts = useQueries({
    queries: (clients.data?.items ?? []).map(({ id }) => orpc.accounts.list.queryOptions({ input: { id } })),
    combine: (results) => ({
      isPending: results.some(({ isPending }) => isPending),
      error: results.find(({ error }) => error !== null)?.error ?? null,
      connected: results.flatMap(({ data }) => data?.items ?? []).filter(({ status }) => status !== 'reconnect').length,
    }),
  });
  const error =
    [host, credentials, clients, approvals, stops, backups, accounts].find((query) => query.error !== null)?.error ??
    null;
  if (
    host.data === undefined ||
    credentials.data === undefined ||
    clients.data === undefined ||
    approvals.data === undefined ||
    stops.data === undefined ||
    backups.data === undefined ||
    accounts.isPending
  ) {
    return { steps: undefined, facts: undefined, error };
  }
  const facts: LiveFacts = {
    profile: host.data.profile,
    credentials: credentials.data.items,
    clients: clients.data.items.length,
    accounts: accounts.connected,
    approved: approvals.data.items.length > 0,
    stopped: stops.data.items.length > 0,
    backups: { taken: backups.data.items.length, isDrillGood: backups.data.lastDrill?.isGood ?? null },
  };
  return { steps: liveStepsOf(facts), facts, error };
}
