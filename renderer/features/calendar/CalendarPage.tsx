import { getRouteApi } from '@tanstack/react-router';
import { ClientSelect } from '../../components/ClientSelect.tsx';
import { PageOverClients } from '../../components/PageOverClients.tsx';
import { t } from '../../i18n/i18n.ts';
import { Calendar } from './Calendar.tsx';

const route = getRouteApi('/frame/calendar');

/** The calendar over all clients. */
export function CalendarPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <PageOverClients
      title={t('calendar:title')}
      description={t('calendar:description')}
      empty={{
        title: t('calendar:noClients.title'),
        text: t('calendar:noClients.text'),
        action: t('calendar:noClients.action'),
      }}
      height={560}
    >
      {(clients) => (
        <Calendar
          clients={clients}
          client={clients.find(({ id }) => id === search.client)}
          search={search}
          onSearch={(change) => void navigate({ search: (before) => ({ ...before, ...change }) })}
          clientFilter={
            <ClientSelect
              aria-label={t('calendar:toolbar.client')}
              w={220}
              clients={clients}
              client={search.client}
              onChange={(client) => void navigate({ search: (before) => ({ ...before, client, slots: undefined }) })}
            />
          }
        />
      )}
    </PageOverClients>
  );
}
