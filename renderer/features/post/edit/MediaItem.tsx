import { ActionIcon, Badge, Box, Group } from '@mantine/core';
import { IconArrowLeft, IconArrowRight, IconCrop, IconTrash } from '@tabler/icons-react';
import type { Media } from '../../../../shared/contract/media.ts';
import { t } from '../../../i18n/i18n.ts';
import classes from './MediaField.module.css';

/** One file of a post: where it stands, what is told of it, and how networks cut it. */
export function MediaItem({
  item,
  asksAltText,
  onLeft,
  onRight,
  onOpen,
  onRemove,
}: {
  item: Media;
  /** Pictures of the post need a text of their own: it has none for all of them, and is more than a story. */
  asksAltText: boolean;
  /** Undefined where it cannot go further. */
  onLeft: (() => void) | undefined;
  onRight: (() => void) | undefined;
  onOpen: () => void;
  onRemove: () => void;
}) {
  const tool = { size: 'sm', variant: 'white', color: 'dark' } as const;
  const lacksAltText = item.kind === 'image' && item.altText === null && asksAltText;
  return (
    <Box className={classes.item}>
      {item.kind === 'image' ? (
        <img
          src={item.thumbnailUrl ?? item.url}
          alt={item.altText ?? ''}
          style={item.focal ? { objectPosition: `${item.focal.x * 100}% ${item.focal.y * 100}%` } : undefined}
        />
      ) : (
        <video src={`${item.url}#t=0.1`} muted preload="metadata" />
      )}
      <Group gap={4} className={classes.badges}>
        {lacksAltText && (
          <Badge size="xs" color="orange" variant="filled" autoContrast>
            {t('composer:media.noAlt')}
          </Badge>
        )}
        {item.aiMade && (
          <Badge size="xs" color="dark" variant="filled">
            {t('composer:media.byAi')}
          </Badge>
        )}
      </Group>
      <Group gap={2} className={classes.tools}>
        <ActionIcon {...tool} aria-label={t('composer:media.earlier')} disabled={!onLeft} onClick={onLeft}>
          <IconArrowLeft size={14} className="flip-rtl" />
        </ActionIcon>
        <ActionIcon {...tool} aria-label={t('composer:media.later')} disabled={!onRight} onClick={onRight}>
          <IconArrowRight size={14} className="flip-rtl" />
        </ActionIcon>
        <ActionIcon {...tool} aria-label={t('composer:media.details')} onClick={onOpen}>
          <IconCrop size={14} />
        </ActionIcon>
        <ActionIcon {...tool} color="red" aria-label={t('common:action.remove')} onClick={onRemove}>
          <IconTrash size={14} />
        </ActionIcon>
      </Group>
    </Box>
  );
}
