import { ActionIcon, Button, Group, Paper, Progress, Text, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconCalendarTime, IconCheck, IconRefresh, IconTrash, IconX } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { Post } from '../../../../shared/contract/pipeline.ts';
import { ask } from '../../../components/ask.ts';
import { t } from '../../../i18n/i18n.ts';
import { clearSelection, useSelection } from '../selection.ts';
import { BulkReport } from './BulkReport.tsx';
import { stopBulk, useBulkState } from './bulk-store.ts';
import classes from './bulk.module.css';
import { doBulk } from './do-bulk.ts';
import { MoveDialog } from './MoveDialog.tsx';
import { type BulkAction, fits } from './plan.ts';
import { RejectDialog } from './RejectDialog.tsx';

/** The most posts that are changed in one go. */
export const mostAtOnce = 1_000;

/** What can be done with the selected posts; at the foot of the page while some are. */
export function BulkBar({
  posts,
  total,
  selectAll,
}: {
  /** Those that are loaded, as they are shown. */
  posts: readonly Post[];
  /** How many match the filter; null while that is not known. */
  total: number | null;
  /** Loads what is not, and selects all that match, up to {@link mostAtOnce}; undefined where several lists are shown. */
  selectAll?: () => Promise<void>;
}) {
  const ids = useSelection((state) => state.ids);
  const progress = useBulkState((state) => state.progress);
  const [dialog, setDialog] = useState<'reject' | 'move' | null>(null);
  const selected = posts.filter(({ id }) => ids.has(id));
  const fitting = (action: BulkAction) => selected.filter((post) => fits(action, post));
  const run = (...bulk: Parameters<typeof doBulk>) => {
    clearSelection();
    setDialog(null);
    void doBulk(...bulk);
  };
  const byId = (action: BulkAction) => fitting(action).map(({ id }) => ({ id }));
  const approve = () => {
    const shown = fitting('approve').map(({ id, contentHash }) => ({ id, contentHash }));
    run({ action: 'approve', posts: shown }, selected);
  };
  const askToDelete = () =>
    ask({
      title: t('posts:bulk.deleteDialog.title', { count: fitting('delete').length }),
      children: <Text size="sm">{t('posts:bulk.deleteDialog.text')}</Text>,
      labels: { confirm: t('common:action.delete'), cancel: t('common:action.cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => run({ action: 'delete', posts: byId('delete') }, selected),
    });
  const action = (name: BulkAction, icon: ReactNode, label: string, onClick: () => void, color?: string) => (
    <BulkButton key={name} icon={icon} label={label} count={fitting(name).length} onClick={onClick} color={color} />
  );

  return (
    <>
      {progress !== null && <Working {...progress} />}
      {progress === null && selected.length > 0 && (
        <Paper className={classes.bar} shadow="lg" role="toolbar" aria-label={t('posts:bulk.label')} data-bottom-bar>
          <Group gap="xs" wrap="nowrap" style={{ minWidth: 0 }}>
            <Tooltip label={t('posts:bulk.clear')}>
              <ActionIcon variant="subtle" color="gray" aria-label={t('posts:bulk.clear')} onClick={clearSelection}>
                <IconX size={17} />
              </ActionIcon>
            </Tooltip>
            <Text size="sm" fw={600} className="tabular" role="status" style={{ whiteSpace: 'nowrap' }}>
              {t('posts:bulk.selected', { count: selected.length })}
            </Text>
            {selectAll !== undefined && total !== null && total > selected.length && (
              <SelectAll total={total} isMost={selected.length >= mostAtOnce} selectAll={selectAll} />
            )}
          </Group>
          <Group gap={6}>
            {action('approve', <IconCheck size={16} />, t('common:action.approve'), approve, 'teal')}
            {action('reject', <IconArrowBackUp size={16} />, t('posts:bulk.reject'), () => setDialog('reject'))}
            {action('reschedule', <IconCalendarTime size={16} />, t('posts:bulk.move'), () => setDialog('move'))}
            {action('retry', <IconRefresh size={16} />, t('common:action.retry'), () =>
              run({ action: 'retry', posts: byId('retry') }, selected),
            )}
            {action('delete', <IconTrash size={16} />, t('common:action.delete'), askToDelete, 'red')}
          </Group>
        </Paper>
      )}
      <RejectDialog
        count={dialog === 'reject' ? fitting('reject').length : null}
        onClose={() => setDialog(null)}
        onReject={(reason) => run({ action: 'reject', posts: byId('reject'), reason }, selected)}
      />
      {dialog === 'move' && (
        <MoveDialog
          posts={fitting('reschedule')}
          onClose={() => setDialog(null)}
          onMove={(moved) => run({ action: 'reschedule', posts: moved }, selected)}
        />
      )}
      <BulkReport />
    </>
  );
}

function BulkButton({
  icon,
  label,
  count,
  color,
  onClick,
}: {
  icon: ReactNode;
  label: string;
  /** How many of the selected allow it. */
  count: number;
  color?: string;
  onClick: () => void;
}) {
  return (
    <Tooltip label={t('posts:bulk.noneFits')} disabled={count > 0}>
      <Button
        size="xs"
        variant={color === 'teal' ? 'filled' : 'default'}
        c={color === 'red' && count > 0 ? 'red' : undefined}
        leftSection={icon}
        onClick={onClick}
        data-disabled={count === 0 || undefined}
        aria-disabled={count === 0}
        {...(count === 0 ? { onClick: undefined } : {})}
      >
        {label}
      </Button>
    </Tooltip>
  );
}

/** Says so where more match than are changed in one go. */
function SelectAll({
  total,
  isMost,
  selectAll,
}: {
  total: number;
  /** As many are selected as can be. */
  isMost: boolean;
  selectAll: () => Promise<void>;
}) {
  const [isLoading, setLoading] = useState(false);
  const start = () => {
    setLoading(true);
    void selectAll().finally(() => setLoading(false));
  };
  if (isMost) {
    return (
      <Text size="xs" c="dimmed">
        {t('posts:bulk.mostAtOnce', { most: mostAtOnce, total })}
      </Text>
    );
  }
  return (
    <Button size="compact-sm" variant="subtle" loading={isLoading} onClick={start}>
      {total > mostAtOnce
        ? t('posts:bulk.selectFirst', { most: mostAtOnce, total })
        : t('posts:bulk.selectAllMatching', { count: total })}
    </Button>
  );
}

function Working({ done, total }: { done: number; total: number }) {
  const isStopping = useBulkState((state) => state.isStopping);
  return (
    <Paper className={classes.bar} shadow="lg" data-bottom-bar>
      <Progress value={(done / total) * 100} flex={1} aria-label={t('posts:bulk.label')} animated />
      <Text size="sm" className="tabular" role="status">
        {t('posts:bulk.working', { done, total })}
      </Text>
      <Button size="xs" variant="default" disabled={isStopping} onClick={stopBulk}>
        {t('posts:bulk.cancel')}
      </Button>
    </Paper>
  );
}
