import { Badge, Skeleton, Text, UnstyledButton } from '@mantine/core';
import { useIntersection } from '@mantine/hooks';
import { IconAlertTriangle, IconPlayerPlayFilled, IconSparkles } from '@tabler/icons-react';
import { useState } from 'react';
import type { LibraryItem } from '../../../shared/contract/media.ts';
import { t } from '../../i18n/i18n.ts';
import { lengthOf, titleOf, useOf } from './describe.ts';
import classes from './media.module.css';

/** Files as a grid; a click opens one. Those out of sight cost nothing, however many there are. */
export function MediaGrid({ items, onOpen }: { items: readonly LibraryItem[]; onOpen: (id: string) => void }) {
  return (
    <ul className={classes.grid} aria-label={t('media:title')}>
      {items.map((item) => (
        <li key={item.id} className={classes.cell}>
          <MediaCard item={item} onOpen={() => onOpen(item.id)} />
        </li>
      ))}
    </ul>
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
      <Text size="sm" fw={500} truncate component="span" display="block">
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

/** The first picture of a video, fetched once it is about to be seen. */
function VideoStill({ url }: { url: string }) {
  const { ref, entry } = useIntersection({ rootMargin: '300px' });
  const [wasSeen, setWasSeen] = useState(false);
  const isSeen = wasSeen || entry?.isIntersecting === true;
  if (isSeen && !wasSeen) setWasSeen(true);
  return (
    <span ref={ref} className={classes.still}>
      {isSeen && <video src={`${url}#t=0.1`} preload="metadata" muted aria-hidden />}
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
