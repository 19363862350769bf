import { ActionIcon } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconPhoto } from '@tabler/icons-react';
import { useState } from 'react';
import type { Media } from '../../../../shared/contract/media.ts';
import classes from './preview.module.css';

/** The pictures and videos of a post in the shape a network shows them. */
export function PreviewMedia({
  media,
  ratio,
  altText,
}: {
  media: readonly Media[];
  /** Width to height, e.g. `4 / 5`; left out, the file's own. */
  ratio?: string;
  altText: string | null;
}) {
  const [index, setIndex] = useState(0);
  const current = media[Math.min(index, media.length - 1)];
  if (current === undefined) {
    return (
      <div className={classes.noMedia}>
        <IconPhoto size={30} stroke={1.3} aria-hidden />
        <span>No picture or video</span>
      </div>
    );
  }
  const shape = { aspectRatio: ratio ?? feedRatio(current) };
  return (
    <div className={classes.media} style={shape}>
      {current.kind === 'image' ? (
        <img src={current.url} alt={altText ?? ''} />
      ) : (
        <video key={current.id} src={current.url} controls muted loop playsInline aria-label={altText ?? 'Video'} />
      )}
      {media.length > 1 && (
        <span className={classes.counter}>
          {index + 1}/{media.length}
        </span>
      )}
      {media.length > 1 && (
        <div className={classes.turn}>
          <ActionIcon
            variant="white"
            radius="xl"
            size="sm"
            color="dark"
            aria-label="Previous picture"
            disabled={index === 0}
            onClick={() => setIndex(index - 1)}
          >
            <IconChevronLeft size={15} />
          </ActionIcon>
          <ActionIcon
            variant="white"
            radius="xl"
            size="sm"
            color="dark"
            aria-label="Next picture"
            disabled={index >= media.length - 1}
            onClick={() => setIndex(index + 1)}
          >
            <IconChevronRight size={15} />
          </ActionIcon>
        </div>
      )}
    </div>
  );
}

/** Feeds show nothing narrower than 4:5 and nothing wider than 1.91:1; the rest is cut off at the edges. */
function feedRatio({ width, height }: Media): number {
  return Math.max(4 / 5, Math.min(1.91, width / height));
}
