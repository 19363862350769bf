import { Badge, Skeleton, Text, UnstyledButton } from '@mantine/core';
import { useElementSize, useIntersection } from '@mantine/hooks';
import { IconAlertTriangle, IconPlayerPlayFilled, IconSparkles } from '@tabler/icons-react';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { LibraryItem } from '../../../shared/contract/media.ts';
import { t } from '../../i18n/i18n.ts';
import { lengthOf, titleOf, useOf } from './describe.ts';
import classes from './media.module.css';

const gap = 16;
const narrowest = 172;
/** Name and line below a picture, with what lies around them; px. */
const wordsHeight = 56;
const rowsAhead = 3;

/** Files as a grid; a click opens one. Only rows near what is in sight are there, however many files there are. */
export function MediaGrid({ items, onOpen }: { items: readonly LibraryItem[]; onOpen: (id: string) => void }) {
  const { ref, width } = useElementSize<HTMLDivElement>();
  const list = useRef<HTMLUListElement>(null);
  const [top, setTop] = useState(0);
  const columns = Math.max(1, Math.floor((width + gap) / (narrowest + gap)));
  const side = (width - gap * (columns - 1)) / columns;
  const rowHeight = side + wordsHeight + gap;
  const rows = useWindowVirtualizer({
    count: width === 0 ? 0 : Math.ceil(items.length / columns),
    estimateSize: () => rowHeight,
    overscan: rowsAhead,
    scrollMargin: top,
  });
  useEffect(() => rows.measure(), [rows, rowHeight]);
  // What stands above, such as files on their way, may come and go.
  useLayoutEffect(() => {
    if (list.current !== null) setTop(Math.round(list.current.getBoundingClientRect().top + window.scrollY));
  });
  return (
    <div ref={ref}>
      <ul ref={list} className={classes.rows} style={{ height: rows.getTotalSize() }} aria-label={t('media:title')}>
        {rows.getVirtualItems().flatMap(({ index, start }) =>
          items.slice(index * columns, (index + 1) * columns).map((item, column) => (
            <li
              key={item.id}
              className={classes.cell}
              style={{ width: side, insetInlineStart: column * (side + gap), top: start - top }}
            >
              <MediaCard item={item} onOpen={() => onOpen(item.id)} />
            </li>
          )),
        )}
      </ul>
    </div>
  );
}

function MediaCard({ item, onOpen }: { item: LibraryItem; onOpen: () => void }) {
  const { kind, url, thumbnailUrl, focal, durationMs, altText, aiMade, problems } = item;
  return (
    <UnstyledButton className={classes.card} onClick={onOpen} data-testid="media-card">
      <span className={classes.picture}>
        {kind === 'image' ? (
          <img
            src={thumbnailUrl ?? url}
            alt={altText ?? ''}
            loading="lazy"
            decoding="async"
            style={{ objectPosition: `${(focal?.x ?? 0.5) * 100}% ${(focal?.y ?? 0.5) * 100}%` }}
          />
        ) : (
          <VideoStill url={url} />
        )}
        {durationMs !== null && (
          <span className={classes.length}>
            <IconPlayerPlayFilled size={11} aria-hidden /> {lengthOf(durationMs)}
          </span>
        )}
        {aiMade && (
          <Badge
            className={classes.ai}
            size="sm"
            variant="filled"
            color="dark"
            leftSection={<IconSparkles size={11} />}
          >
            {t('media:ai.badge')}
          </Badge>
        )}
      </span>
      <Text size="sm" fw={500} truncate component="span" display="block" dir="auto" className="own-words">
        {titleOf(item)}
      </Text>
      <Text size="xs" c="dimmed" component="span" className={classes.line}>
        {problems.length > 0 && (
          <IconAlertTriangle size={13} color="var(--mantine-color-orange-6)" aria-label={t('media:notFit')} />
        )}
        {altText === null ? t('media:alt.none') : useOf(item)}
      </Text>
    </UnstyledButton>
  );
}

/** The first picture of a video, which is there only while it can be seen: each costs a decoder. */
function VideoStill({ url }: { url: string }) {
  const { ref, entry } = useIntersection({ rootMargin: '300px' });
  return (
    <span ref={ref} className={classes.still}>
      {entry?.isIntersecting === true && <video src={`${url}#t=0.1`} preload="metadata" muted aria-hidden />}
    </span>
  );
}

export function MediaGridSkeleton() {
  return (
    <div className={classes.grid} aria-busy="true">
      {['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((key) => (
        <Skeleton key={key} height={210} radius="md" />
      ))}
    </div>
  );
}
