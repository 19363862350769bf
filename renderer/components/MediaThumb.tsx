import { Box } from '@mantine/core';
import { IconPhoto, IconPlayerPlayFilled, IconVideo } from '@tabler/icons-react';
import type { Media } from '../../shared/contract/media.ts';
import classes from './MediaThumb.module.css';

/** A small square of the first picture or video of a post. */
export function MediaThumb({ media, size = 52 }: { media: Media | undefined; size?: number }) {
  return (
    <Box className={classes.thumb} w={size} h={size}>
      {media === undefined && <IconPhoto size={size / 2.6} stroke={1.4} aria-hidden />}
      {media?.kind === 'image' && <img src={media.thumbnailUrl ?? media.url} alt="" loading="lazy" />}
      {media?.kind === 'video' && (
        <>
          <video src={`${media.url}#t=0.1`} preload="metadata" muted aria-hidden />
          <span className={classes.play}>
            {size < 40 ? <IconVideo size={12} /> : <IconPlayerPlayFilled size={14} />}
          </span>
        </>
      )}
    </Box>
  );
}
