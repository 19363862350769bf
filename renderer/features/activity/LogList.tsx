import { Text } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Activity } from '../../../shared/contract/admin.ts';
import { formatDay, formatTime, withLocalTimes } from '../../components/format.ts';
import { t } from '../../i18n/i18n.ts';
import classes from './activity.module.css';
import { actorName } from './actor-name.ts';
import { type LogRow, placeOf, rowsOf } from './log-rows.ts';

const looks = {
  info: { icon: IconInfoCircle, color: 'gray' },
  warning: { icon: IconAlertTriangle, color: 'orange' },
  error: { icon: IconAlertTriangle, color: 'red' },
} as const;

/** How many lines before the last one the next page is asked for. */
const ahead = 20;

/**
 * Entries by day. Only those in sight are in the page, so that a log of years scrolls like one of a day.
 * @param clientNames by id; null where all are one client's
 * @param more asks for older entries; null when there are none
 * @param end what stands below the last one
 */
export function LogList({
  entries,
  clientNames,
  isFetching,
  more,
  end,
}: {
  entries: readonly Activity[];
  clientNames: ReadonlyMap<string, string> | null;
  isFetching: boolean;
  more: (() => void) | null;
  end: string;
}) {
  const rows = rowsOf(entries);
  const list = useRef<HTMLDivElement>(null);
  const { virtual, top } = useRowsInSight(rows, list);
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  const isNearEnd = last >= rows.length - ahead;
  useEffect(() => {
    if (isNearEnd && !isFetching) more?.();
  }, [isNearEnd, isFetching, more]);

  return (
    <>
      <div ref={list} className={classes.list} style={{ height: virtual.getTotalSize() }}>
        {shown.map(({ key, index, start }) => {
          const row = rows[index];
          return (
            row !== undefined && (
              <div
                key={key}
                data-index={index}
                ref={virtual.measureElement}
                className={classes.row}
                style={{ transform: `translateY(${start - top}px)` }}
              >
                <Row row={row} clientNames={clientNames} />
              </div>
            )
          );
        })}
      </div>
      <Text size="xs" c="dimmed" ta="center" py="md" className={classes.end} role="status">
        {more === null ? end : t('activity:log.loadingOlder')}
      </Text>
    </>
  );
}

/** Which rows are in sight of the window, and where the list begins on the page, in px. */
function useRowsInSight(rows: readonly LogRow[], list: RefObject<HTMLDivElement | null>) {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const measure = () => {
      if (list.current !== null) setTop(list.current.getBoundingClientRect().top + window.scrollY);
    };
    measure();
    // What stands above may grow: a banner, a second line of filters.
    const watcher = new ResizeObserver(measure);
    watcher.observe(document.body);
    return () => watcher.disconnect();
  }, [list]);
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: (index) => (rows[index]?.kind === 'day' ? 38 : 61),
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 12,
    scrollMargin: top,
    useFlushSync: false,
  });
  return { virtual, top };
}

function Row({ row, clientNames }: { row: LogRow; clientNames: ReadonlyMap<string, string> | null }) {
  if (row.kind === 'day') return <h3 className={classes.day}>{formatDay(row.at)}</h3>;
  const { entry } = row;
  return <Entry entry={entry} clientName={clientNames?.get(entry.clientId ?? '')} />;
}

function Entry({ entry, clientName }: { entry: Activity; clientName: string | undefined }) {
  const { icon: Icon, color } = looks[entry.level];
  const place = placeOf(entry);
  const words = withLocalTimes(entry.message);
  return (
    <div className={classes.entry} data-testid="log-entry">
      <Icon
        size={18}
        stroke={1.7}
        color={`var(--mantine-color-${color}-6)`}
        role="img"
        aria-label={t(`activity:log.levels.${entry.level}`)}
      />
      <div className={classes.words}>
        {place === null ? (
          <Text size="sm">{words}</Text>
        ) : (
          <Link {...place} className={classes.link}>
            {words}
          </Link>
        )}
        <Text size="xs" c="dimmed">
          {[actorName(entry.actor), clientName].filter(Boolean).join(' · ')}
        </Text>
      </div>
      <Text component="time" size="xs" c="dimmed" className={classes.time} dateTime={entry.at}>
        {formatTime(entry.at)}
      </Text>
    </div>
  );
}
