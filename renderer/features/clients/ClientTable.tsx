import { Badge, Box, Group, Progress, Table, Text, UnstyledButton } from '@mantine/core';
import { IconArrowDown } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { KeyboardEvent, ReactNode, Ref } from 'react';
import type { ClientGlance } from '../../../shared/contract/clients.ts';
import { formatDayTime } from '../../components/format.ts';
import { zoneCity } from '../../components/zoned-time.ts';
import { t } from '../../i18n/i18n.ts';
import { AccountMarks } from '../accounts/AccountMarks.tsx';
import { ClientFace } from './ClientFace.tsx';
import { ClientStatusBadge } from './ClientStatusBadge.tsx';
import classes from './clients.module.css';
import type { ClientOrder, StandingClient } from './find-clients.ts';
import { HealthMark } from './HealthMark.tsx';

const columns = [
  { order: 'name', label: 'clients:column.client' },
  { order: 'health', label: 'clients:column.health' },
  { order: 'next', label: 'clients:column.next' },
  { order: 'planned', label: 'clients:column.planned' },
  { order: 'review', label: 'clients:column.review' },
] as const satisfies readonly { order: ClientOrder; label: string }[];

/** One row a client; the whole row leads to it. The arrow keys go from row to row. */
export function ClientTable({
  clients,
  sort,
  onSort,
  rows,
}: {
  clients: readonly StandingClient[];
  sort: ClientOrder;
  onSort: (sort: ClientOrder) => void;
  rows: Ref<HTMLTableSectionElement>;
}) {
  return (
    <Box className={classes.list}>
      <Table className={classes.table} verticalSpacing="sm" horizontalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            {columns.map(({ order, label }) => (
              <SortHeader key={order} isSorted={sort === order} onSort={() => onSort(order)}>
                {t(label)}
              </SortHeader>
            ))}
            <Table.Th className={classes.head}>{t('clients:column.accounts')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody ref={rows} onKeyDown={moveFocus}>
          {clients.map(({ client, health }) => (
            <Table.Tr key={client.id} className={classes.row} data-testid="client-card">
              <Table.Td className={classes.name}>
                <Name client={client} />
              </Table.Td>
              <Table.Td>
                <HealthMark health={health} />
              </Table.Td>
              <Table.Td>
                <Text size="sm" className={classes.when} c={client.nextPostAt === null ? 'dimmed' : undefined}>
                  {client.nextPostAt === null
                    ? t('clients:noneScheduled')
                    : formatDayTime(client.nextPostAt, client.timezone)}
                </Text>
              </Table.Td>
              <Table.Td>
                <Planned client={client} />
              </Table.Td>
              <Table.Td>
                {client.toReview > 0 && (
                  <Badge aria-label={t('clients:toReview', { count: client.toReview })}>
                    {t('clients:number', { count: client.toReview })}
                  </Badge>
                )}
              </Table.Td>
              <Table.Td>
                <div className={classes.above}>
                  <AccountMarks accounts={client.accounts} />
                </div>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Box>
  );
}

function SortHeader({ isSorted, onSort, children }: { isSorted: boolean; onSort: () => void; children: ReactNode }) {
  return (
    <Table.Th className={classes.head} aria-sort={isSorted ? 'ascending' : undefined}>
      <UnstyledButton className={classes.sort} onClick={onSort} data-sorted={isSorted || undefined}>
        {children}
        <IconArrowDown size={13} aria-hidden />
      </UnstyledButton>
    </Table.Th>
  );
}

function Name({ client }: { client: ClientGlance }) {
  return (
    <Group gap="md" wrap="nowrap">
      <div className={classes.face}>
        <ClientFace name={client.name} color={client.color} size={38} />
      </div>
      <Box style={{ minWidth: 0 }}>
        <Link to="/clients/$id" params={{ id: client.id }} className={classes.link}>
          {client.name}
        </Link>
        <Group gap={6} wrap="nowrap" mt={1}>
          <Text size="xs" c="dimmed" truncate>
            {zoneCity(client.timezone)}
          </Text>
          {client.status !== 'active' && <ClientStatusBadge status={client.status} size="xs" />}
        </Group>
      </Box>
    </Group>
  );
}

/** How much of what the rules want there is for the next seven days. */
function Planned({ client: { planned, wanted, status } }: { client: ClientGlance }) {
  const isShort = status === 'active' && planned < wanted;
  return (
    <Box w={66}>
      <Text size="sm" className="tabular">
        {wanted === 0 ? t('clients:number', { count: planned }) : t('clients:plannedOf', { planned, wanted })}
      </Text>
      {wanted > 0 && (
        <Progress
          mt={4}
          size={4}
          value={Math.min(100, (planned / wanted) * 100)}
          color={isShort ? 'orange' : 'teal'}
          aria-hidden
        />
      )}
    </Box>
  );
}

function moveFocus(event: KeyboardEvent<HTMLTableSectionElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLAnchorElement>(`a.${classes.link}`)];
  const at = links.findIndex((link) => link === document.activeElement);
  const next = links[at + step];
  if (at === -1 || next === undefined) return;
  event.preventDefault();
  next.focus();
}
