import { Badge, Box, Button, Group, Text } from '@mantine/core';
import { IconPlus, IconUsersGroup } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { Client } from '../../../shared/contract/clients.ts';
import type { Post } from '../../../shared/contract/pipeline.ts';
import { orpc } from '../../api/client.ts';
import { Empty } from '../../components/Empty.tsx';
import { Failure } from '../../components/Failure.tsx';
import { count, formatDayTime } from '../../components/format.ts';
import { LoadingRows } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { Panel } from '../../components/Panel.tsx';
import { zoneCity } from '../../components/zoned-time.ts';
import { AccountMarks } from '../accounts/AccountMarks.tsx';
import { useStop } from '../control/use-stops.ts';
import { startOf, dayFromToday } from '../posts/post-range.ts';
import { AddClientDialog } from './AddClientDialog.tsx';
import { Face } from '../../components/Face.tsx';
import classes from './clients.module.css';
import { ClientStatusBadge } from './ClientStatusBadge.tsx';

const route = getRouteApi('/frame/clients');

/** All clients with their health at a glance. */
export function ClientsPage() {
  const { add } = route.useSearch();
  const navigate = route.useNavigate();
  const clients = useQuery(orpc.clients.list.queryOptions({ input: { limit: 200 } }));
  const ahead = useQuery(
    orpc.pipeline.list.queryOptions({
      input: {
        status: ['in_review', 'approved', 'held', 'failed', 'partly_published'],
        from: startOf(dayFromToday(-30)),
        limit: 200,
      },
    }),
  );
  const byClient = Map.groupBy(ahead.data?.items ?? [], ({ clientId }) => clientId);
  const open = () => void navigate({ search: { add: true } });
  return (
    <Page
      title="Clients"
      description="Each with its own brand, rules and accounts."
      actions={
        <Button leftSection={<IconPlus size={17} />} onClick={open}>
          Add client
        </Button>
      }
    >
      <Panel flush className={classes.list}>
        {clients.isPending && <LoadingRows rows={4} height={72} />}
        {clients.data?.items.map((client) => (
          <ClientRow key={client.id} client={client} posts={byClient.get(client.id) ?? []} />
        ))}
        {clients.data?.items.length === 0 && (
          <Empty
            icon={IconUsersGroup}
            title="No clients yet"
            action={<Button onClick={open}>Add your first client</Button>}
          >
            A client is a brand you post for: its voice, its rules, its accounts.
          </Empty>
        )}
      </Panel>
      {clients.isError && <Failure error={clients.error} retry={() => void clients.refetch()} />}
      <AddClientDialog opened={add === true} onClose={() => void navigate({ search: {} })} />
    </Page>
  );
}

function ClientRow({ client, posts }: { client: Client; posts: readonly Post[] }) {
  const stop = useStop('client', client.id);
  const now = new Date().toISOString();
  const next = posts.find((post) => post.status === 'approved' && post.scheduledFor >= now);
  const reviews = posts.filter((post) => post.status === 'in_review').length;
  const troubled = posts.length - reviews - posts.filter((post) => post.status === 'approved').length;
  return (
    <article className={classes.row} data-testid="client-card">
      <Face name={client.name} />
      <Box flex={1} style={{ minWidth: 0 }}>
        <Link to="/clients/$id" params={{ id: client.id }} className={classes.link}>
          {client.name}
        </Link>
        <Text size="xs" c="dimmed">
          {zoneCity(client.timezone)}
        </Text>
      </Box>
      <Box className={classes.accounts}>
        <AccountMarks clientId={client.id} />
      </Box>
      <Box className={classes.next}>
        <Text size="xs" c="dimmed">
          Next post
        </Text>
        <Text size="sm" className="tabular" truncate>
          {next ? formatDayTime(next.scheduledFor, client.timezone) : 'None scheduled'}
        </Text>
      </Box>
      <Group gap={6} className={classes.badges} justify="flex-end">
        {reviews > 0 && <Badge>{reviews} to review</Badge>}
        {troubled > 0 && <Badge color="orange">{count(troubled, 'needs', 'need')} you</Badge>}
        {stop && <Badge color="red">Stopped</Badge>}
        {client.status !== 'active' && <ClientStatusBadge status={client.status} />}
      </Group>
    </article>
  );
}
