import { Select, Skeleton } from '@mantine/core';
import { IconUsersPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { orpc } from '../../api/client.ts';
import { Empty } from '../../components/Empty.tsx';
import { Failure } from '../../components/Failure.tsx';
import { ButtonLink } from '../../components/links.tsx';
import { Page } from '../../components/Page.tsx';
import { Panel } from '../../components/Panel.tsx';
import { t } from '../../i18n/i18n.ts';
import { Insights } from './Insights.tsx';

const route = getRouteApi('/frame/insights');

/** Figures over all clients, or one of them. */
export function InsightsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const clients = useQuery(orpc.clients.list.queryOptions({ input: { limit: 200 } }));
  const all = clients.data?.items ?? [];
  return (
    <Page title={t('insights:title')} description={t('insights:description')}>
      {clients.isError && <Failure error={clients.error} retry={() => void clients.refetch()} />}
      {clients.isPending && <Skeleton height={480} radius="lg" aria-label={t('common:loading')} />}
      {clients.isSuccess && all.length === 0 && (
        <Panel>
          <Empty
            icon={IconUsersPlus}
            title={t('insights:empty.title')}
            action={
              <ButtonLink to="/clients" search={{ add: true }}>
                {t('insights:empty.addClient')}
              </ButtonLink>
            }
          >
            {t('insights:empty.noClients')}
          </Empty>
        </Panel>
      )}
      {all.length > 0 && (
        <Insights
          client={all.find(({ id }) => id === search.client)}
          search={search}
          onSearch={(change) => void navigate({ search: (before) => ({ ...before, ...change }) })}
          clientFilter={
            <Select
              aria-label={t('insights:filter.client')}
              placeholder={t('common:allClients')}
              searchable
              clearable
              w={200}
              data={all.map(({ id, name }) => ({ value: id, label: name }))}
              value={search.client ?? null}
              onChange={(client) => void navigate({ search: (before) => ({ ...before, client: client ?? undefined }) })}
            />
          }
        />
      )}
    </Page>
  );
}
