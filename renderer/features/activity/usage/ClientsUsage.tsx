import { Badge, Button, Collapse, Group, Progress, Table, Text, UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { UsageOfMonth } from '../../../../shared/contract/usage.ts';
import { orpc } from '../../../api/client.ts';
import { formatUsd } from '../../../components/format.ts';
import { Panel } from '../../../components/Panel.tsx';
import { t } from '../../../i18n/i18n.ts';
import type { BudgetOwner } from './BudgetDialog.tsx';
import { budgetColors } from './budget-colors.ts';
import { UsageEntries } from './UsageEntries.tsx';
import classes from './usage.module.css';

type Row = UsageOfMonth['clients'][number];

/** What each client's AI calls cost; its calls one by one when it is opened. Every client can get a budget here. */
export function ClientsUsage({
  usage,
  isNow,
  onBudget,
}: {
  usage: UsageOfMonth;
  isNow: boolean;
  onBudget: (owner: BudgetOwner) => void;
}) {
  const clients = useQuery(orpc.clients.list.queryOptions({ input: { limit: 200 } }));
  const known = new Set(usage.clients.map(({ clientId }) => clientId));
  const idle = isNow ? (clients.data?.items.filter(({ id }) => !known.has(id)) ?? []) : [];
  const rows = [...usage.clients, ...idle.map(({ id, name }) => ({ ...nothing, clientId: id, clientName: name }))];
  return (
    <Panel
      title={t('activity:usage.clients.title')}
      description={t('activity:usage.clients.description')}
      flush={rows.length > 0}
    >
      {rows.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('activity:usage.clients.none')}
        </Text>
      ) : (
        <Table.ScrollContainer minWidth={640}>
          <Table verticalSpacing="sm" horizontalSpacing="lg">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('activity:usage.clients.client')}</Table.Th>
                <Table.Th>{t('activity:usage.clients.units')}</Table.Th>
                <Table.Th ta="end">{t('activity:usage.clients.cost')}</Table.Th>
                {isNow && <Table.Th w={230}>{t('activity:usage.clients.budget')}</Table.Th>}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((row) => (
                <ClientRow
                  key={row.clientId ?? ''}
                  row={row}
                  month={usage.month}
                  onBudget={isNow && row.clientId !== null && row.clientName !== null ? onBudget : null}
                  columns={isNow ? 4 : 3}
                />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Panel>
  );
}

const nothing = { microUsd: 0, calls: 0, tokens: 0, images: 0, videos: 0, budget: null };

function ClientRow({
  row,
  month,
  columns,
  onBudget,
}: {
  row: Row;
  month: string;
  columns: number;
  /** Null where no budget can be set. */
  onBudget: ((owner: BudgetOwner) => void) | null;
}) {
  const [isOpen, setOpen] = useState(false);
  const { clientId, clientName, calls, tokens, images, videos } = row;
  const name = clientName ?? t(clientId === null ? 'activity:usage.clients.nobody' : 'activity:usage.clients.gone');
  const made = [
    t('common:count.calls', { count: calls }),
    ...(tokens > 0 ? [t('activity:usage.tokens', { count: tokens })] : []),
    ...(images > 0 ? [t('common:count.pictures', { count: images })] : []),
    ...(videos > 0 ? [t('common:count.videos', { count: videos })] : []),
  ];
  return (
    <>
      <Table.Tr data-testid="usage-client">
        <Table.Td>
          {calls === 0 || clientId === null ? (
            <Text size="sm" fw={550} ps={24}>
              {name}
            </Text>
          ) : (
            <UnstyledButton
              className={classes.opener}
              aria-expanded={isOpen}
              aria-label={t('activity:usage.clients.open', { name })}
              onClick={() => setOpen(!isOpen)}
            >
              <IconChevronRight size={16} className={classes.arrow} data-open={isOpen || undefined} />
              {name}
            </UnstyledButton>
          )}
        </Table.Td>
        <Table.Td>
          <Text size="sm" c="dimmed">
            {made.join(' · ')}
          </Text>
        </Table.Td>
        <Table.Td ta="end" className="tabular">
          {formatUsd(row.microUsd)}
        </Table.Td>
        {columns === 4 && (
          <Table.Td>{onBudget !== null && <BudgetCell row={row} name={name} onBudget={onBudget} />}</Table.Td>
        )}
      </Table.Tr>
      {isOpen && clientId !== null && (
        <Table.Tr>
          <Table.Td colSpan={columns} p={0}>
            <Collapse expanded>
              <UsageEntries clientId={clientId} month={month} />
            </Collapse>
          </Table.Td>
        </Table.Tr>
      )}
    </>
  );
}

function BudgetCell({ row, name, onBudget }: { row: Row; name: string; onBudget: (owner: BudgetOwner) => void }) {
  const { budget, clientId } = row;
  const limitMicroUsd = budget?.limitMicroUsd ?? null;
  const label = t(budget === null ? 'activity:usage.budget.setOf' : 'activity:usage.budget.changeOf', { name });
  return (
    <Group gap="xs" wrap="nowrap" justify="space-between">
      {budget === null ? (
        <Text size="sm" c="dimmed">
          {t('activity:usage.budget.none')}
        </Text>
      ) : (
        <div className={classes.budget}>
          <Group gap={6} wrap="nowrap">
            <Text size="sm" className="tabular">
              {t('activity:usage.spentOf', { limit: formatUsd(budget.limitMicroUsd) })}
            </Text>
            {budget.state !== 'ok' && (
              <Badge size="xs" color={budgetColors[budget.state]}>
                {t(`activity:usage.budget.state.${budget.state}`)}
              </Badge>
            )}
          </Group>
          <Progress
            mt={4}
            size="xs"
            value={Math.min(100, (budget.spentMicroUsd / Math.max(1, budget.limitMicroUsd)) * 100)}
            color={budgetColors[budget.state]}
            aria-label={t('activity:usage.budget.share', { name })}
          />
        </div>
      )}
      <Button
        size="compact-xs"
        variant="subtle"
        style={{ flexShrink: 0 }}
        aria-label={label}
        onClick={() => onBudget({ clientId, name, limitMicroUsd })}
      >
        {t(budget === null ? 'activity:usage.budget.set' : 'activity:usage.budget.change')}
      </Button>
    </Group>
  );
}
