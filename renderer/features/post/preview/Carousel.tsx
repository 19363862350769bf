import { ActionIcon } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import type { Media } from '../../../../shared/contract/media.ts';
import { carouselRatio } from '../../../../shared/domain/crop.ts';
import type { UserTag } from '../../../../shared/domain/tagging.ts';
import { t } from '../../../i18n/i18n.ts';
import { Picture } from './Picture.tsx';
import { TagLabels } from './TagLabels.tsx';
import classes from './preview.module.css';

/** Instagram's pictures, one at a time, all cut to the shape of the first. Arrows, dots and the arrow keys turn them. */
export function Carousel({
  media,
  altOf,
  tags,
}: {
  media: readonly Media[];
  altOf: (item: Media) => string | null;
  /** Who is tagged on each. */
  tags: readonly (readonly UserTag[])[];
}) {
  const [chosen, setChosen] = useState(0);
  const index = Math.min(chosen, media.length - 1);
  const current = media[index];
  if (current === undefined) return null;
  const turn = (by: number) => setChosen(Math.max(0, Math.min(media.length - 1, index + by)));
  const press = ({ key }: KeyboardEvent) => {
    if (key === 'ArrowRight') turn(1);
    if (key === 'ArrowLeft') turn(-1);
  };
  const picture = (
    <Picture media={current} platform="instagram" ratio={carouselRatio(media)} alt={altOf(current)}>
      <TagLabels tags={tags[index] ?? []} />
    </Picture>
  );
  if (media.length === 1) return picture;
  return (
    <div
      className={classes.carousel}
      dir="ltr"
      role="group"
      aria-roledescription={t('composer:preview.carousel')}
      aria-label={t('composer:preview.pictureOf', { number: index + 1, count: media.length })}
      onKeyDown={press}
    >
      {picture}
      <span className={classes.counter} aria-hidden>
        {`${index + 1}/${media.length}`}
      </span>
      {index > 0 && (
        <ActionIcon
          className={classes.previous}
          variant="white"
          radius="xl"
          size={26}
          color="dark"
          aria-label={t('composer:preview.previous')}
          onClick={() => turn(-1)}
        >
          <IconChevronLeft size={16} />
        </ActionIcon>
      )}
      {index < media.length - 1 && (
        <ActionIcon
          className={classes.next}
          variant="white"
          radius="xl"
          size={26}
          color="dark"
          aria-label={t('composer:preview.next')}
          onClick={() => turn(1)}
        >
          <IconChevronRight size={16} />
        </ActionIcon>
      )}
      <div className={classes.dots} aria-hidden>
        {media.map(({ id }, at) => (
          <span key={id} className={classes.dot} data-on={at === index || undefined} />
        ))}
      </div>
    </div>
  );
}
