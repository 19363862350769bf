import { getRouteApi } from '@tanstack/react-router';
import type { Client } from '../../../shared/contract/clients.ts';
import { Calendar } from './Calendar.tsx';

const route = getRouteApi('/frame/clients/$id');

/** The calendar of one client, on its clock. */
export function CalendarTab({ client }: { client: Client }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Calendar
      clients={[client]}
      client={client}
      search={search}
      onSearch={(change) => void navigate({ search: (before) => ({ ...before, ...change }) })}
    />
  );
}
