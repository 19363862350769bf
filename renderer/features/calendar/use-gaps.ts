import { useQueries } from '@tanstack/react-query';
import type { Client } from '../../../shared/contract/clients.ts';
import { orpc } from '../../api/client.ts';
import type { Gap } from './entries.ts';

/** How far ahead the core tells the slots of a plan. */
export const gapDays = 31;

/** The free slots that the plans of these clients have in `[from, to)`, instants. None while not `wanted`. */
export function useGaps(
  clients: readonly Client[],
  { from, to, wanted }: { from: string; to: string; wanted: boolean },
): Gap[] {
  const planned = wanted ? clients.filter(({ status }) => status === 'active' || status === 'onboarding') : [];
  const answers = useQueries({
    queries: planned.map(({ id }) => orpc.rules.slots.queryOptions({ input: { id, days: gapDays } })),
  });
  const earliest = Math.max(Date.parse(from), Date.now());
  return planned.flatMap(({ id, name, timezone }, index) =>
    (answers[index]?.data?.items ?? [])
      .filter(({ at, taken }) => !taken && Date.parse(at) >= earliest && Date.parse(at) < Date.parse(to))
      .map(({ at }) => ({ clientId: id, clientName: name, timezone, at })),
  );
}
