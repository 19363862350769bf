import { getRouteApi } from '@tanstack/react-router';
import { ClientSelect } from '../../components/ClientSelect.tsx';
import { PageOverClients } from '../../components/PageOverClients.tsx';
import { t } from '../../i18n/i18n.ts';
import { Insights } from './Insights.tsx';

const route = getRouteApi('/frame/insights');

/** Figures over all clients, or one of them. */
export function InsightsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <PageOverClients
      title={t('insights:title')}
      description={t('insights:description')}
      empty={{
        title: t('insights:empty.title'),
        text: t('insights:empty.noClients'),
        action: t('insights:empty.addClient'),
      }}
      height={480}
    >
      {(clients) => (
        <Insights
          client={clients.find(({ id }) => id === search.client)}
          search={search}
          onSearch={(change) => void navigate({ search: (before) => ({ ...before, ...change }) })}
          clientFilter={
            <ClientSelect
              aria-label={t('insights:filter.client')}
              w={195}
              clients={clients}
              client={search.client}
              onChange={(client) => void navigate({ search: (before) => ({ ...before, client }) })}
            />
          }
        />
      )}
    </PageOverClients>
  );
}
