import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import type { LibraryItem } from '../../../shared/contract/media.ts';
import { type Crop, cropFor, focalFor, movedFocal, type Point } from '../../../shared/domain/crop.ts';
import { type Platform, platformNames } from '../../../shared/domain/platform.ts';
import { formatNumber } from '../../components/format.ts';
import { t } from '../../i18n/i18n.ts';
import classes from './media.module.css';

const boxHeight = 168;
const maxWidth = 180;
/** How far a press of a key moves the picture, of its sides. */
const step = 0.05;
const steps: Record<string, Point> = {
  ArrowLeft: { x: -step, y: 0 },
  ArrowRight: { x: step, y: 0 },
  ArrowUp: { x: 0, y: -step },
  ArrowDown: { x: 0, y: step },
};

interface Drag {
  /** Where it began, on the screen. */
  from: Point;
  crop: Crop;
  focal: Point;
}

/** What a network shows of a picture. Where it cuts, the picture is moved behind the frame by dragging or the arrow keys. */
export function CropFrame({
  item,
  platform,
  ratio,
  isWhole,
  isMovable,
  onMove,
}: {
  item: LibraryItem;
  platform: Platform;
  /** Width by height to cut to, that of a carousel; undefined: as the network cuts. */
  ratio: number | undefined;
  /** Nothing is cut: it stands before a blurred copy of itself. */
  isWhole: boolean;
  isMovable: boolean;
  /** Is given the file as it is known by now: of quick presses of a key each counts on from the one before. */
  onMove: (to: (latest: LibraryItem) => Point) => void;
}) {
  const [drag, setDrag] = useState<Drag | null>(null);
  const focal = drag?.focal ?? focalFor(platform, item);
  const crop = cropFor(platform, item, { focal, ratio });
  const box = boxOf(crop);
  const scale = box.width / crop.width;
  const source = item.thumbnailUrl ?? item.url;
  const picture = (
    <>
      <img
        src={source}
        alt=""
        draggable={false}
        className={isWhole ? classes.blurred : undefined}
        style={{
          width: item.width * scale,
          height: item.height * scale,
          left: -crop.left * scale,
          top: -crop.top * scale,
        }}
      />
      {isWhole && <img src={source} alt="" className={classes.whole} />}
    </>
  );
  if (!isMovable) {
    return (
      <div className={classes.frame} style={box}>
        {picture}
      </div>
    );
  }

  const take = (event: PointerEvent<HTMLButtonElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    setDrag({ from: { x: event.clientX, y: event.clientY }, crop, focal: focal ?? { x: 0.5, y: 0.5 } });
  };
  const pull = ({ clientX, clientY }: PointerEvent): void => {
    if (drag === null) return;
    const by = { x: (drag.from.x - clientX) / scale, y: (drag.from.y - clientY) / scale };
    setDrag({ ...drag, focal: movedFocal(item, drag.crop, focalFor(platform, item), by) });
  };
  const drop = ({ clientX, clientY }: PointerEvent): void => {
    if (drag !== null && (clientX !== drag.from.x || clientY !== drag.from.y)) onMove(() => drag.focal);
    setDrag(null);
  };
  const press = (event: KeyboardEvent): void => {
    const by = steps[event.key];
    const isCutThere = by?.x === 0 ? crop.height < item.height : crop.width < item.width;
    if (by === undefined || !isCutThere) return;
    event.preventDefault();
    onMove((latest) => {
      const around = focalFor(platform, latest);
      const from = cropFor(platform, latest, { focal: around, ratio });
      return movedFocal(latest, from, around, { x: -by.x * item.width, y: -by.y * item.height });
    });
  };
  return (
    <button
      type="button"
      className={`${classes.frame} ${classes.movable}`}
      style={box}
      onPointerDown={take}
      onPointerMove={pull}
      onPointerUp={drop}
      onPointerCancel={() => setDrag(null)}
      onKeyDown={press}
      aria-label={t('media:crop.label', {
        network: platformNames[platform],
        x: inWords(focal?.x ?? 0.5),
        y: inWords(focal?.y ?? 0.5),
      })}
    >
      {picture}
    </button>
  );
}

/** The frame on the page, in CSS pixels. */
function boxOf({ out }: Crop): { width: number; height: number } {
  const ratio = out.width / out.height;
  return ratio > maxWidth / boxHeight
    ? { width: maxWidth, height: maxWidth / ratio }
    : { width: boxHeight * ratio, height: boxHeight };
}

function inWords(share: number): string {
  return formatNumber(share, { style: 'percent' });
}
