import { Group, ScrollArea, Table, Text, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react';
import { memo, type ReactNode, useState } from 'react';
import type { Figures, Overview } from '../../../shared/contract/insights.ts';
import { type Platform, platformNames } from '../../../shared/domain/platform.ts';
import { TextLink } from '../../components/links.tsx';
import { formatNumber } from '../../components/format.ts';
import { Panel } from '../../components/Panel.tsx';
import { PlatformIcon } from '../../components/PlatformIcon.tsx';
import { t } from '../../i18n/i18n.ts';
import classes from './insights.module.css';
import { absenceWords, signedOf } from './words.ts';

const headColumns = ['posts', 'views', 'viewers', 'interactions'] as const satisfies readonly (keyof Figures)[];
const partColumns = ['likes', 'comments', 'shares', 'saves'] as const satisfies readonly (keyof Figures)[];
const audienceColumns = ['followers', 'followersGained'] as const satisfies readonly (keyof Figures)[];
type Column = (typeof headColumns)[number] | (typeof partColumns)[number] | (typeof audienceColumns)[number];

interface Row {
  id: string;
  name: string;
  label: ReactNode;
  figures: Figures;
  networks: readonly Platform[];
}

/** What each network brought. */
export const NetworkFigures = memo(function NetworkFigures({ networks }: { networks: Overview['networks'] }) {
  const rows = networks.map(({ platform, now }) => ({
    id: platform,
    name: platformNames[platform],
    networks: [platform],
    figures: now,
    label: (
      <Group gap={8} wrap="nowrap">
        <PlatformIcon platform={platform} />
        {platformNames[platform]}
      </Group>
    ),
  }));
  const columns = [...headColumns, ...partColumns, ...audienceColumns];
  return (
    <FigureTable title={t('insights:table.networks')} first={t('insights:table.network')} {...{ rows, columns }} />
  );
});

/** What each client’s posts brought. */
export const ClientFigures = memo(function ClientFigures({
  clients,
  networks,
}: Pick<Overview, 'clients' | 'networks'>) {
  const platforms = networks.map(({ platform }) => platform);
  const rows = clients.map(({ clientId, clientName, now }) => ({
    id: clientId,
    name: clientName,
    networks: platforms,
    figures: now,
    label: (
      <TextLink to="/clients/$id" params={{ id: clientId }} search={{ tab: 'insights' }} size="sm">
        {clientName}
      </TextLink>
    ),
  }));
  const columns = [...headColumns, ...audienceColumns];
  return <FigureTable title={t('insights:table.clients')} first={t('insights:table.client')} {...{ rows, columns }} />;
});

interface Order {
  by: Column | 'name';
  isRising: boolean;
}

function FigureTable({
  title,
  first,
  rows,
  columns,
}: {
  title: string;
  first: string;
  rows: readonly Row[];
  columns: readonly Column[];
}) {
  const [order, setOrder] = useState<Order>({ by: 'views', isRising: false });
  const sortBy = (by: Order['by']) => setOrder({ by, isRising: order.by === by ? !order.isRising : by === 'name' });
  const heads = [['name', first] as const, ...columns.map((name) => [name, t(`insights:metric.${name}`)] as const)];
  return (
    <Panel title={title} flush>
      <ScrollArea type="auto" offsetScrollbars="x" viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': title }}>
        <Table className={classes.figures} verticalSpacing="xs" horizontalSpacing="sm" highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              {heads.map(([name, words]) => (
                <Table.Th
                  key={name}
                  ta={name === 'name' ? 'start' : 'end'}
                  aria-sort={order.by === name ? (order.isRising ? 'ascending' : 'descending') : 'none'}
                >
                  <UnstyledButton className={classes.sorter} onClick={() => sortBy(name)} data-on={order.by === name}>
                    {words}
                    <SortIcon state={order.by === name ? order : null} />
                  </UnstyledButton>
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {sorted(rows, order).map((row) => (
              <Table.Tr key={row.id}>
                <Table.Th scope="row" fw={550}>
                  {row.label}
                </Table.Th>
                {columns.map((name) => (
                  <Table.Td key={name} ta="end" className="tabular">
                    <Value name={name} row={row} />
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea>
    </Panel>
  );
}

function SortIcon({ state }: { state: Order | null }) {
  const Icon = state === null ? IconArrowsSort : state.isRising ? IconArrowUp : IconArrowDown;
  return <Icon size={13} stroke={1.8} aria-hidden />;
}

function Value({ name, row }: { name: Column; row: Row }) {
  const value = row.figures[name];
  if (value !== null) return name === 'followersGained' ? signedOf(value) : formatNumber(value);
  return (
    <Text span size="xs" c="dimmed">
      {absenceWords(name, row.networks)}
    </Text>
  );
}

/** What is not known comes last, whichever way it is sorted. */
function sorted(rows: readonly Row[], { by, isRising }: Order): Row[] {
  const sign = isRising ? 1 : -1;
  return [...rows].sort((a, b) => {
    if (by === 'name') return sign * a.name.localeCompare(b.name);
    const [left, right] = [a.figures[by], b.figures[by]];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return sign * (left - right) || a.name.localeCompare(b.name);
  });
}
