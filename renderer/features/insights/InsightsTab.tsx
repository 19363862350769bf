import { getRouteApi } from '@tanstack/react-router';
import type { Client } from '../../../shared/contract/clients.ts';
import { Insights } from './Insights.tsx';

const route = getRouteApi('/frame/clients/$id');

/** Figures of one client, and its monthly report. */
export function InsightsTab({ client }: { client: Client }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Insights
      client={client}
      search={search}
      onSearch={(change) => void navigate({ search: (before) => ({ ...before, ...change }) })}
    />
  );
}
