import { Button, Group, Text, UnstyledButton } from '@mantine/core';
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import type { Media } from '../../../../shared/contract/media.ts';
import { carouselRatio, type Crop, cropFor, focalFor, type Point } from '../../../../shared/domain/crop.ts';
import { isCutOff, type TagPlace, type Tagging, tagsOn, type UserTag } from '../../../../shared/domain/tagging.ts';
import { formatNumber } from '../../../components/format.ts';
import { MediaThumb } from '../../../components/MediaThumb.tsx';
import { t } from '../../../i18n/i18n.ts';
import { Picture } from '../preview/Picture.tsx';
import { inSight } from '../preview/TagLabels.tsx';
import classes from './TagPlaces.module.css';
import { useFreshMedia } from './use-fresh-media.ts';

const maxHeight = 300;
const step = 0.05;
const steps: Record<string, Point> = {
  ArrowLeft: { x: -step, y: 0 },
  ArrowRight: { x: step, y: 0 },
  ArrowUp: { x: 0, y: -step },
  ArrowDown: { x: 0, y: step },
};

/**
 * Where tagged people are on the pictures that Instagram gets, set by dragging or the arrow keys. Nothing for a reel, where
 * tags have no place.
 */
export function TagPlaces({
  media,
  tagging,
  onChange,
}: {
  /** What Instagram gets, in order. */
  media: readonly Media[];
  tagging: Tagging;
  onChange: (tagPlaces: TagPlace[]) => void;
}) {
  const pictures = useFreshMedia(media);
  const [chosen, setChosen] = useState(0);
  const index = Math.min(chosen, pictures.length - 1);
  const item = pictures[index];
  const { userTags = [], tagPlaces = [] } = tagging;
  if (userTags.length === 0 || item === undefined || item.kind === 'video') return null;
  const tags = tagsOn(tagging, pictures)[index] ?? [];
  const ratio = carouselRatio(pictures);
  const crop = cropFor('instagram', item, { focal: focalFor('instagram', item), ratio });
  const elsewhere = userTags.filter((name) => !tags.some(({ username }) => username === name));
  const hidden = tags.find(isCutOff);
  const put = (username: string, place: Point) =>
    onChange([
      ...tagPlaces.filter((other) => other.username !== username),
      { username, media: item.id, ...ofWhole(place, crop, item) },
    ]);
  return (
    <div>
      <Text size="sm" fw={600}>
        {t('composer:instagram.where')}
      </Text>
      <Text size="xs" c="dimmed" mb={6}>
        {t('composer:instagram.whereHow')}
      </Text>
      {pictures.length > 1 && (
        <Group gap={6} mb={6} role="group" aria-label={t('composer:instagram.pictures')}>
          {pictures.map((picture, at) => (
            <UnstyledButton
              key={picture.id}
              className={classes.choice}
              aria-pressed={at === index}
              aria-label={t('composer:preview.pictureOf', { number: at + 1, count: pictures.length })}
              onClick={() => setChosen(at)}
            >
              <MediaThumb media={picture} size={44} />
            </UnstyledButton>
          ))}
        </Group>
      )}
      <div className={classes.stage} style={{ maxWidth: (maxHeight * crop.width) / crop.height }} dir="ltr">
        <Picture media={item} platform="instagram" ratio={ratio} alt={item.altText}>
          {tags.map((tag) => (
            <Marker key={tag.username} tag={tag} onMove={(place) => put(tag.username, place)} />
          ))}
        </Picture>
      </div>
      {elsewhere.length > 0 && (
        <Group gap={6} mt={6}>
          {elsewhere.map((name) => (
            <Button key={name} size="compact-xs" variant="default" onClick={() => put(name, { x: 0.5, y: 0.5 })}>
              {t('composer:instagram.here', { name })}
            </Button>
          ))}
        </Group>
      )}
      {hidden !== undefined && (
        <Text size="xs" c="red" role="alert" mt={4}>
          {t('composer:instagram.fault.cutOff', { name: hidden.username })}
        </Text>
      )}
    </div>
  );
}

/** A name on the picture, which lies in the element that the marker is in. */
function Marker({ tag, onMove }: { tag: UserTag; onMove: (place: Point) => void }) {
  const marker = useRef<HTMLButtonElement>(null);
  const [dragged, setDragged] = useState<Point | null>(null);
  const { x, y } = dragged ?? within(tag.place ?? { x: 0.5, y: 0.5 });

  const pull = (event: PointerEvent<HTMLButtonElement>): void => {
    if (event.type === 'pointerdown') event.currentTarget.setPointerCapture(event.pointerId);
    else if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const box = marker.current?.parentElement?.getBoundingClientRect();
    if (box === undefined || event.type === 'pointerdown') return;
    setDragged(within({ x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height }));
  };
  const drop = (): void => {
    if (dragged !== null) onMove(dragged);
    setDragged(null);
  };
  const press = (event: KeyboardEvent): void => {
    const by = steps[event.key];
    if (by === undefined) return;
    event.preventDefault();
    onMove(within({ x: x + by.x, y: y + by.y }));
  };
  return (
    <button
      ref={marker}
      type="button"
      className={classes.marker}
      data-cut-off={isCutOff(tag) || undefined}
      style={{ left: inSight(x, 40), top: inSight(y, 14) }}
      onPointerDown={pull}
      onPointerMove={pull}
      onPointerUp={drop}
      onPointerCancel={() => setDragged(null)}
      onKeyDown={press}
      aria-label={t('composer:instagram.marker', { name: `@${tag.username}`, x: inWords(x), y: inWords(y) })}
    >
      {tag.username}
    </button>
  );
}

/** A place on the part that Instagram shows, as one on the whole picture. */
function ofWhole({ x, y }: Point, crop: Crop, { width, height }: Media): Point {
  return within({ x: (crop.left + x * crop.width) / width, y: (crop.top + y * crop.height) / height });
}

/** On the picture, to a hundredth of a percent. */
function within({ x, y }: Point): Point {
  const share = (value: number) => Math.round(Math.min(Math.max(value, 0), 1) * 10_000) / 10_000;
  return { x: share(x), y: share(y) };
}

function inWords(share: number): string {
  return formatNumber(share, { style: 'percent' });
}
