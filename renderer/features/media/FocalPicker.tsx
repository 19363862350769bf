import { Button, Group, Text } from '@mantine/core';
import { IconFocusCentered } from '@tabler/icons-react';
import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import type { LibraryItem } from '../../../shared/contract/media.ts';
import type { Point } from '../../../shared/domain/crop.ts';
import { formatNumber } from '../../components/format.ts';
import { t } from '../../i18n/i18n.ts';
import classes from './media.module.css';

const middle: Point = { x: 0.5, y: 0.5 };
const step = 0.05;
const steps: Record<string, Point> = {
  ArrowLeft: { x: -step, y: 0 },
  ArrowRight: { x: step, y: 0 },
  ArrowUp: { x: 0, y: -step },
  ArrowDown: { x: 0, y: step },
};

/** The picture with the point that stays in sight when networks cut it, set by a click, a drag or the arrow keys. */
export function FocalPicker({
  item,
  onChange,
}: {
  item: LibraryItem;
  onChange: (to: (latest: LibraryItem) => Point | null) => void;
}) {
  const [dragged, setDragged] = useState<Point | null>(null);
  const { x, y } = dragged ?? item.focal ?? middle;

  const move = (event: PointerEvent<HTMLButtonElement>): void => {
    if (event.type === 'pointerdown') event.currentTarget.setPointerCapture(event.pointerId);
    else if (dragged === null) return;
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    setDragged({ x: share((event.clientX - left) / width), y: share((event.clientY - top) / height) });
  };
  const drop = (): void => {
    if (dragged !== null) onChange(() => dragged);
    setDragged(null);
  };
  const press = (event: KeyboardEvent): void => {
    const by = steps[event.key];
    if (by === undefined) return;
    event.preventDefault();
    onChange(({ focal }) => ({ x: share((focal ?? middle).x + by.x), y: share((focal ?? middle).y + by.y) }));
  };

  return (
    <div>
      <div className={classes.stage}>
        <button
          type="button"
          className={classes.picker}
          onPointerDown={move}
          onPointerMove={move}
          onPointerUp={drop}
          onPointerCancel={() => setDragged(null)}
          onKeyDown={press}
          aria-label={t('media:focal.label', { x: inWords(x), y: inWords(y) })}
        >
          <img src={item.url} alt={item.altText ?? ''} draggable={false} />
          <span className={classes.point} style={{ left: percent(x), top: percent(y) }} />
        </button>
      </div>
      <Group justify="space-between" mt={6}>
        <Text size="xs" c="dimmed">
          {t('media:focal.hint')}
        </Text>
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          leftSection={<IconFocusCentered size={14} />}
          disabled={item.focal === null}
          onClick={() => onChange(() => null)}
        >
          {t('media:focal.middle')}
        </Button>
      </Group>
    </div>
  );
}

/** Within the picture, to a hundredth. */
function share(value: number): number {
  return Math.round(Math.min(Math.max(value, 0), 1) * 100) / 100;
}

function percent(value: number): string {
  return `${Math.round(value * 100)}%`;
}

function inWords(share: number): string {
  return formatNumber(share, { style: 'percent' });
}
