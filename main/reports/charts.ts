import { faint, quiet } from './pen.ts';
import type { Sheet } from './sheet.ts';

interface Place {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Looks {
  color: string;
  /** A value beside the axis. */
  scale: (value: number) => string;
  /** What stands below the value of an index; null for nothing. */
  below: (index: number) => string | null;
}

/** One bar for each value; where nothing is known there is none. */
export function drawBars(sheet: Sheet, values: readonly (number | null)[], place: Place, looks: Looks): void {
  const top = niceTop(Math.max(1, ...values.map((value) => value ?? 0)));
  const inner = drawGrid(sheet, { least: 0, most: top }, place, looks);
  const step = inner.width / values.length;
  for (const [index, value] of values.entries()) {
    const height = Math.max(0, ((value ?? 0) / top) * inner.height);
    const x = inner.x + index * step + step * 0.16;
    if (height > 0)
      sheet.box(x, inner.y + inner.height - height, step * 0.68, height, { fill: looks.color, radius: 1.5 });
    drawBelow(sheet, looks.below(index), inner.x + (index + 0.5) * step, inner.y + inner.height);
  }
}

/** A line through what is known. */
export function drawLine(sheet: Sheet, values: readonly (number | null)[], place: Place, looks: Looks): void {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return;
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const room = Math.max(2, Math.ceil((high - low) * 0.15));
  const [least, most] = [Math.max(0, low - room), high + room];
  const inner = drawGrid(sheet, { least, most }, place, looks);
  const step = inner.width / values.length;
  const points = values.flatMap((value, index) =>
    value === null
      ? []
      : [
          {
            x: inner.x + (index + 0.5) * step,
            y: inner.y + inner.height * (1 - (value - least) / (most - least)),
          },
        ],
  );
  sheet.path(points, { color: looks.color, width: 1.8 });
  for (const index of values.keys()) {
    drawBelow(sheet, looks.below(index), inner.x + (index + 0.5) * step, inner.y + inner.height);
  }
}

/** Rules and their values; gives what is left for the values. */
function drawGrid(
  sheet: Sheet,
  { least, most }: { least: number; most: number },
  { x, y, width, height }: Place,
  { scale }: Looks,
): Place {
  const beside = 36;
  const inner = { x: x + beside, y: y + 4, width: width - beside, height: height - 20 };
  for (const share of [0, 0.5, 1]) {
    const at = inner.y + inner.height * (1 - share);
    sheet.rule(inner.x, at, inner.width, faint);
    const words = scale(Math.round(least + (most - least) * share));
    sheet.text(words, { x, y: at - 5, width: beside - 6, size: 7, color: quiet, align: 'end', lines: 1 });
  }
  return inner;
}

function drawBelow(sheet: Sheet, words: string | null, middle: number, bottom: number): void {
  if (words === null) return;
  sheet.text(words, { x: middle - 30, y: bottom + 4, width: 60, size: 7, color: quiet, align: 'center', lines: 1 });
}

/** The next number up that a scale may end with: 1, 2 or 5 with noughts. */
function niceTop(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 5, 10].find((step) => step * power >= value) ?? 10) * power;
}
