import { Button } from '@mantine/core';
import { IconPlus, IconSearchOff, IconUsersGroup } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { Empty } from '../../components/Empty.tsx';
import { Failure } from '../../components/Failure.tsx';
import { LoadingRows } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { Panel } from '../../components/Panel.tsx';
import { t } from '../../i18n/i18n.ts';
import { AddClientDialog } from './AddClientDialog.tsx';
import { ClientFilters } from './ClientFilters.tsx';
import { ClientTable } from './ClientTable.tsx';
import { type ClientQuery, findClients } from './find-clients.ts';
import { useStandingClients } from './use-standing-clients.ts';

const route = getRouteApi('/frame/clients');

/** All clients with their health at a glance. */
export function ClientsPage() {
  const { add, ...query } = route.useSearch();
  const navigate = route.useNavigate();
  const { clients, error, retry } = useStandingClients();
  const rows = useRef<HTMLTableSectionElement>(null);
  // What is typed shows at once; the address follows.
  const [words, setWords] = useState(query.q ?? '');
  const search = (text: string) => {
    setWords(text);
    change({ q: text.trim() === '' ? undefined : text });
  };
  const showAll = () => {
    setWords('');
    void navigate({ search: {} });
  };
  const change = (to: ClientQuery) => void navigate({ search: { ...query, ...to }, replace: true });
  const open = () => void navigate({ search: { ...query, add: true } });
  const found = clients === undefined ? undefined : findClients(clients, { ...query, q: words });
  return (
    <Page
      title={t('clients:title')}
      description={t('clients:description')}
      actions={
        <Button leftSection={<IconPlus size={17} />} onClick={open}>
          {t('clients:add.open')}
        </Button>
      }
    >
      {clients !== undefined && clients.length > 0 && (
        <ClientFilters
          query={query}
          words={words}
          clients={clients}
          onSearch={search}
          onChange={change}
          onDown={() => rows.current?.querySelector('a')?.focus()}
        />
      )}
      {error && <Failure error={error} retry={retry} />}
      {!error && (
        <Panel flush>
          {found === undefined && <LoadingRows rows={6} height={64} />}
          {clients?.length === 0 && (
            <Empty
              icon={IconUsersGroup}
              title={t('clients:empty.title')}
              action={<Button onClick={open}>{t('clients:empty.action')}</Button>}
            >
              {t('clients:empty.text')}
            </Empty>
          )}
          {clients !== undefined && clients.length > 0 && found?.length === 0 && (
            <Empty
              icon={IconSearchOff}
              title={t('clients:none.title')}
              action={
                <Button variant="default" onClick={showAll}>
                  {t('clients:none.action')}
                </Button>
              }
            />
          )}
          {found !== undefined && found.length > 0 && (
            <ClientTable
              clients={found}
              sort={query.sort ?? 'health'}
              onSort={(sort) => change({ sort })}
              rows={rows}
            />
          )}
        </Panel>
      )}
      <AddClientDialog opened={add === true} onClose={() => void navigate({ search: query })} />
    </Page>
  );
}
