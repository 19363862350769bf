import { Badge, Skeleton, Text, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconPlayerPlayFilled, IconSparkles } from '@tabler/icons-react';
import type { LibraryItem } from '../../../shared/contract/media.ts';
import { lengthOf, titleOf, useOf } from './describe.ts';
import classes from './media.module.css';

/** Files as a grid; a click opens one. */
export function MediaGrid({ items, onOpen }: { items: readonly LibraryItem[]; onOpen: (id: string) => void }) {
  return (
    <ul className={classes.grid} aria-label="Media">
      {items.map((item) => (
        <li key={item.id}>
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
            style={{ objectPosition: `${(focal?.x ?? 0.5) * 100}% ${(focal?.y ?? 0.5) * 100}%` }}
          />
        ) : (
          <video src={`${url}#t=0.1`} preload="metadata" muted aria-hidden />
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
            AI
          </Badge>
        )}
      </span>
      <Text size="sm" fw={500} truncate component="span" display="block">
        {titleOf(item)}
      </Text>
      <Text size="xs" c="dimmed" component="span" className={classes.line}>
        {problems.length > 0 && (
          <IconAlertTriangle size={13} color="var(--mantine-color-orange-6)" aria-label="Not fit for every network" />
        )}
        {altText === null ? 'No alternative text' : useOf(item) || 'In no post'}
      </Text>
    </UnstyledButton>
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
