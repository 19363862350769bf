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
import { Calendar } from './Calendar.tsx';

const route = getRouteApi('/frame/calendar');

/** The calendar over all clients. */
export function CalendarPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const clients = useQuery(orpc.clients.list.queryOptions({ input: { limit: 200 } }));
  const all = clients.data?.items ?? [];
  return (
    <Page title={t('calendar:title')} description={t('calendar:description')}>
      {clients.isError && <Failure error={clients.error} retry={() => void clients.refetch()} />}
      {clients.isPending && <Skeleton height={560} radius="lg" aria-label={t('common:loading')} />}
      {clients.isSuccess && all.length === 0 && (
        <Panel>
          <Empty
            icon={IconUsersPlus}
            title={t('calendar:noClients.title')}
            action={
              <ButtonLink to="/clients" search={{ add: true }}>
                {t('calendar:noClients.action')}
              </ButtonLink>
            }
          >
            {t('calendar:noClients.text')}
          </Empty>
        </Panel>
      )}
      {all.length > 0 && (
        <Calendar
          clients={all}
          client={all.find(({ id }) => id === search.client)}
          search={search}
          onSearch={(change) => void navigate({ search: (before) => ({ ...before, ...change }) })}
          clientFilter={
            <Select
              aria-label={t('calendar:toolbar.client')}
              placeholder={t('common:allClients')}
              searchable
              clearable
              w={220}
              data={all.map(({ id, name }) => ({ value: id, label: name }))}
              value={search.client ?? null}
              onChange={(client) =>
                void navigate({ search: (before) => ({ ...before, client: client ?? undefined, slots: undefined }) })
              }
            />
          }
        />
      )}
    </Page>
  );
}
