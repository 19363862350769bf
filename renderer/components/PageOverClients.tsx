import { Skeleton } from '@mantine/core';
import { IconUsersPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Client } from '../../shared/contract/clients.ts';
import { orpc } from '../api/client.ts';
import { t } from '../i18n/i18n.ts';
import { Empty } from './Empty.tsx';
import { Failure } from './Failure.tsx';
import { ButtonLink } from './links.tsx';
import { Page } from './Page.tsx';
import { Panel } from './Panel.tsx';

/**
 * A page about all clients, which has nothing to show before there is one.
 * @param empty what it says then, and what its button says
 * @param height of what it shows, in pixels, while that is on its way
 */
export function PageOverClients({
  title,
  description,
  empty,
  height,
  children,
}: {
  title: string;
  description: string;
  empty: { title: string; text: string; action: string };
  height: number;
  children: (clients: readonly Client[]) => ReactNode;
}) {
  const clients = useQuery(orpc.clients.list.queryOptions({ input: { limit: 200 } }));
  const all = clients.data?.items ?? [];
  return (
    <Page title={title} description={description}>
      {clients.isError && <Failure error={clients.error} retry={() => void clients.refetch()} />}
      {clients.isPending && <Skeleton height={height} radius="lg" aria-label={t('common:loading')} />}
      {clients.isSuccess && all.length === 0 && (
        <Panel>
          <Empty
            icon={IconUsersPlus}
            title={empty.title}
            action={
              <ButtonLink to="/clients" search={{ add: true }}>
                {empty.action}
              </ButtonLink>
            }
          >
            {empty.text}
          </Empty>
        </Panel>
      )}
      {all.length > 0 && children(all)}
    </Page>
  );
}
