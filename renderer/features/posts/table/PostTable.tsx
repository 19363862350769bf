import { Checkbox, Text, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconArrowsSort } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Post } from '../../../../shared/contract/pipeline.ts';
import type { PostOrder } from '../../../../shared/domain/post.ts';
import { formatDay } from '../../../components/format.ts';
import { Panel } from '../../../components/Panel.tsx';
import { t } from '../../../i18n/i18n.ts';
import { clearSelection, extendTo, select, toggle, useSelection } from '../selection.ts';
import classes from './PostTable.module.css';
import { PostTableRow } from './PostTableRow.tsx';
import { rowHeights, rowsOf } from './table-rows.ts';

/** Rows that are loaded before they come into sight. */
const ahead = 25;

/**
 * Any number of posts, of which only those in sight are drawn. Arrows move, Space selects, Shift extends, Enter opens;
 * what is needed further down is asked for on the way.
 */
export function PostTable({
  posts,
  order,
  onOrder,
  hasMore,
  loadMore,
}: {
  posts: readonly Post[];
  order: PostOrder;
  onOrder: (order: PostOrder) => void;
  hasMore: boolean;
  /** Asks for the next page; harmless while one is on its way. */
  loadMore: () => void;
}) {
  const navigate = useNavigate();
  const [activeId, setActiveId] = useState<string | null>(null);
  const body = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => rowsOf(posts, order), [posts, order]);
  const virtual = useRowsInSight(rows, body);
  const shown = virtual.getVirtualItems();
  const lastShown = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && lastShown >= rows.length - ahead) loadMore();
  }, [hasMore, lastShown, rows.length, loadMore]);

  const ids = useMemo(() => posts.map(({ id }) => id), [posts]);
  const active = activeId === null ? -1 : ids.indexOf(activeId);
  const moveTo = (index: number, isRange: boolean) => {
    const id = ids[Math.max(0, Math.min(ids.length - 1, index))];
    if (id === undefined) return;
    if (isRange && activeId !== null && useSelection.getState().anchor === null) toggle(activeId);
    if (isRange) extendTo(id, ids);
    setActiveId(id);
    virtual.scrollToIndex(rows.findIndex((row) => row.kind === 'post' && row.post.id === id));
  };
  const pick = useCallback(
    (id: string, isRange: boolean) => {
      setActiveId(id);
      if (isRange) extendTo(id, ids);
      else toggle(id);
    },
    [ids],
  );
  const open = useCallback((id: string) => void navigate({ to: '/posts/$id', params: { id } }), [navigate]);
  const steps: Partial<Record<string, number>> = {
    ArrowDown: active + 1,
    ArrowUp: active - 1,
    PageDown: active + 10,
    PageUp: active - 10,
    Home: 0,
    End: ids.length - 1,
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    const step = steps[event.key];
    const isAll = event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey);
    if (step !== undefined) moveTo(step, event.shiftKey);
    else if (isAll) select(ids);
    else if (event.key === ' ' && activeId !== null) toggle(activeId);
    else if (event.key === 'Enter' && activeId !== null) open(activeId);
    else if (event.key === 'Escape') clearSelection();
    else return;
    event.preventDefault();
  };

  return (
    <Panel flush className={classes.panel}>
      <div
        role="grid"
        aria-label={t('posts:table.label')}
        aria-multiselectable
        aria-rowcount={hasMore ? -1 : posts.length + 1}
        aria-activedescendant={active < 0 ? undefined : `post-row-${activeId}`}
        tabIndex={0}
        className={classes.grid}
        onKeyDown={onKeyDown}
        onFocus={(event) => {
          if (event.target === event.currentTarget && active < 0) setActiveId(ids[0] ?? null);
        }}
        data-testid="post-table"
      >
        <TableHead ids={ids} order={order} onOrder={onOrder} />
        <div ref={body} role="rowgroup" className={classes.body} style={{ height: virtual.getTotalSize() }}>
          {shown.map(({ index, start, size, key }) => {
            const row = rows[index];
            const style = { height: size, transform: `translateY(${start - virtual.options.scrollMargin}px)` };
            if (row?.kind === 'day') {
              return (
                <div key={key} role="row" className={classes.day} style={style}>
                  <Text role="gridcell" aria-colspan={7} component="span" fz="sm" fw={600}>
                    {formatDay(row.at)}
                  </Text>
                </div>
              );
            }
            return (
              row && (
                <PostTableRow
                  key={key}
                  post={row.post}
                  place={row.index + 2}
                  top={start - virtual.options.scrollMargin}
                  height={size}
                  isActive={row.post.id === activeId}
                  withDay={order === 'client' || order === 'status'}
                  onPick={pick}
                  onOpen={open}
                />
              )
            );
          })}
        </div>
      </div>
      {hasMore && (
        <Text size="xs" c="dimmed" ta="center" py="sm" role="status">
          {t('posts:table.more')}
        </Text>
      )}
    </Panel>
  );
}

/** The rows within the window, with what stands above the table taken into account. */
function useRowsInSight(rows: ReturnType<typeof rowsOf>, body: React.RefObject<HTMLDivElement | null>) {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const measure = () => {
      if (body.current !== null) setTop(body.current.getBoundingClientRect().top + window.scrollY);
    };
    measure();
    // What stands above may grow: a hint, a banner, chips.
    const watcher = new ResizeObserver(measure);
    watcher.observe(document.body);
    return () => watcher.disconnect();
  }, [body]);
  return useWindowVirtualizer({
    count: rows.length,
    estimateSize: (index) => rowHeights[rows[index]?.kind ?? 'post'],
    getItemKey: (index) => {
      const row = rows[index];
      return row?.kind === 'post' ? row.post.id : (row?.at ?? index);
    },
    overscan: 8,
    scrollMargin: top,
    scrollPaddingStart: 150,
    scrollPaddingEnd: 110,
    useFlushSync: false,
  });
}

function TableHead({
  ids,
  order,
  onOrder,
}: {
  ids: readonly string[];
  order: PostOrder;
  onOrder: (order: PostOrder) => void;
}) {
  const chosen = useSelection(({ ids: selected }) => ids.filter((id) => selected.has(id)).length);
  const isTime = order === 'time' || order === 'latest';
  const timeArrow = order === 'latest' ? IconArrowDown : IconArrowUp;
  return (
    <div role="rowgroup" className={classes.head}>
      <div role="row" className={classes.row}>
        <span role="columnheader" className={classes.check}>
          <Checkbox
            size="xs"
            tabIndex={-1}
            aria-label={t('posts:table.selectAll')}
            checked={chosen > 0 && chosen === ids.length}
            indeterminate={chosen > 0 && chosen < ids.length}
            onChange={() => (chosen === ids.length ? clearSelection() : select(ids))}
          />
        </span>
        <SortHead
          label={t('posts:table.time')}
          does={`${t('posts:table.sortTime')}, ${t(order === 'time' ? 'posts:table.latest' : 'posts:table.earliest')}`}
          sort={isTime ? (order === 'latest' ? 'descending' : 'ascending') : 'none'}
          icon={isTime ? timeArrow : IconArrowsSort}
          onClick={() => onOrder(order === 'time' ? 'latest' : 'time')}
        />
        <span className={classes.thumb} aria-hidden />
        <span role="columnheader">{t('posts:table.post')}</span>
        <SortHead
          className={classes.client}
          label={t('posts:table.client')}
          does={t('posts:table.sortClient')}
          sort={order === 'client' ? 'ascending' : 'none'}
          icon={order === 'client' ? IconArrowUp : IconArrowsSort}
          onClick={() => onOrder('client')}
        />
        <span role="columnheader">{t('posts:table.networks')}</span>
        <SortHead
          label={t('posts:table.status')}
          does={t('posts:table.sortStatus')}
          sort={order === 'status' ? 'ascending' : 'none'}
          icon={order === 'status' ? IconArrowUp : IconArrowsSort}
          onClick={() => onOrder('status')}
        />
        <span role="columnheader" className={classes.source}>
          {t('posts:table.source')}
        </span>
      </div>
    </div>
  );
}

function SortHead({
  label,
  does,
  sort,
  icon: Icon,
  className,
  onClick,
}: {
  label: string;
  does: string;
  sort: 'ascending' | 'descending' | 'none';
  icon: typeof IconArrowUp;
  className?: string;
  onClick: () => void;
}) {
  return (
    <span role="columnheader" aria-sort={sort} className={className}>
      <UnstyledButton
        className={classes.sort}
        title={does}
        onClick={onClick}
        data-active={sort !== 'none' || undefined}
      >
        {label}
        <Icon size={13} aria-hidden />
      </UnstyledButton>
    </span>
  );
}
