import { interior, outdoors, sky, table } from './backdrop.ts';
import { at, type Canvas, ellipse, rect, sprig } from './canvas.ts';
import { bouquet, pots } from './flowers.ts';
import type { Motif } from './motif.ts';
import { equipment, yogaPose } from './movement.ts';
import { darker, lighter } from './palette.ts';
import { abstractShapes, clouds, landscape, skyline, storefront, sun } from './places.ts';
import { buns, cake, coffeeFromAbove, croissants, cup, icedGlass, loaf } from './tableware.ts';

/** Composes background, subject and light into the content of one picture. */
export function drawScene(canvas: Canvas, motif: Motif, prompt: string): string {
  return sky(canvas) + subjectIn(canvas, motif, prompt) + light(canvas);
}

function subjectIn(canvas: Canvas, motif: Motif, prompt: string): string {
  switch (motif) {
    case 'coffee':
      return coffee(canvas, prompt);
    case 'pastry':
      return onTable(canvas, pastry(canvas, prompt), 330, { largest: 1.05, companion: cup(canvas) });
    case 'bouquet':
      return onTable(canvas, bouquet(canvas, prompt), 850, { largest: 1.28 });
    case 'garden':
      return onTable(canvas, pots(canvas, prompt), 560, { largest: 1.12 });
    case 'yoga':
      return person(canvas, prompt);
    case 'weights':
      return onTable(canvas, equipment(canvas), 640, { largest: 1.02 });
    case 'storefront':
      return street(canvas, prompt);
    case 'landscape':
      return landscape(canvas);
    case 'abstract':
      return abstractShapes(canvas);
  }
}

function coffee(canvas: Canvas, prompt: string): string {
  if (/iced|cold/i.test(prompt)) return onTable(canvas, icedGlass(canvas), 580);
  if (/croissant|bread|cake|bun|toast/i.test(prompt))
    return onTable(canvas, pastry(canvas, prompt), 330, { largest: 1.05, companion: cup(canvas) });
  if (/top view|latte art|from above|flat white/i.test(prompt) || canvas.random.chance(0.3)) return fromAbove(canvas);
  return onTable(canvas, cup(canvas), 420);
}

function pastry(canvas: Canvas, prompt: string): string {
  if (/cake|pudding/i.test(prompt)) return cake(canvas);
  if (/\bloa|sourdough|bread|toast/i.test(prompt)) return loaf(canvas);
  return /bun|roll/i.test(prompt) ? buns(canvas) : croissants(canvas);
}

/**
 * A thing of `high` units on a table, as large as the picture allows. A companion stands smaller
 * behind and beside it.
 */
function onTable(
  canvas: Canvas,
  subject: string,
  high: number,
  { largest = 1.5, companion }: { largest?: number; companion?: string } = {},
): string {
  const { height, random } = canvas;
  const floor = height * 0.74;
  const scale = Math.min(largest, (height * 0.62) / high);
  const side = random.chance(0.5) ? 1 : -1;
  const stand = floor + height * 0.07;
  const beside =
    companion === undefined
      ? ''
      : at(500 - side * 250, stand - height * 0.03, Math.min(0.95, height / 1150), companion);
  const x = companion === undefined ? 500 : 500 + side * 160;
  return interior(canvas, floor) + table(canvas, floor) + beside + at(x, stand, scale, subject);
}

/** A cup seen from above, with leaves reaching in from the corners. */
function fromAbove(canvas: Canvas): string {
  const { palette, height, random } = canvas;
  const y = height * 0.52;
  const scale = Math.min(1.25, height / 780);
  const planks = Array.from({ length: 6 }, (_, index) =>
    rect(
      -20,
      (index * height) / 6,
      1040,
      height / 6 - 4,
      canvas.linear([lighter(palette.surface, 0.2 + (index % 3) * 0.05), lighter(palette.surface, 0.08)], {
        x: 1,
        y: 0.2,
      }),
    ),
  );
  const cloth = at(
    250,
    y + 150 * scale,
    scale,
    rect(-330, -330, 660, 660, canvas.body(palette.far), 24),
    random.between(-20, -8),
  );
  const beans = Array.from({ length: 12 }, () =>
    at(
      random.between(60, 940),
      random.chance(0.5) ? random.between(40, height * 0.16) : random.between(height * 0.84, height - 40),
      1,
      ellipse(3, 5, 24, 16, palette.ink, 'opacity="0.25"') +
        ellipse(0, 0, 22, 15, canvas.body('#5b3420')) +
        `<path d="M-20 0 Q 0 -8 20 0" stroke="#2e1810" stroke-width="3" fill="none"/>`,
      random.between(0, 180),
    ),
  );
  const corners =
    at(1020, height * 0.02, 1.3, sprig(canvas, 420, palette.leaf, 10), -128) +
    at(-20, height * 0.99, 1.3, sprig(canvas, 400, palette.leaf, 10), 48);
  return planks.join('') + cloth + beans.join('') + at(500, y, scale, coffeeFromAbove(canvas)) + corners;
}

function person(canvas: Canvas, prompt: string): string {
  const { height, palette, random } = canvas;
  const floor = height * 0.8;
  const scale = Math.min(1.15, (height * 0.62) / (/tree/i.test(prompt) ? 740 : 560));
  const plants = [70, 930].map((x) =>
    at(
      x,
      height * 1.01,
      1.25,
      sprig(canvas, random.between(320, 440), darker(palette.leaf, 0.1), 10),
      x < 500 ? 12 : -12,
    ),
  );
  return outdoors(canvas, floor) + at(500, floor + height * 0.075, scale, yogaPose(canvas, prompt)) + plants.join('');
}

function street(canvas: Canvas, prompt: string): string {
  const { height, palette } = canvas;
  const ground = height * 0.84;
  const scale = Math.min(1, (height * 0.74) / 790);
  const pavement =
    rect(
      -20,
      ground,
      1040,
      height - ground + 20,
      canvas.linear([lighter(palette.surface, 0.45), lighter(palette.surface, 0.15)]),
    ) + rect(-20, ground, 1040, 10, lighter(palette.surface, 0.65));
  return (
    sun(canvas, 780, height * 0.17, 76) +
    clouds(canvas) +
    skyline(canvas, ground) +
    pavement +
    at(500, ground + 6, scale, storefront(canvas, prompt))
  );
}

/** Warm light from one corner and a quiet edge, over everything. */
function light(canvas: Canvas): string {
  const { palette, height, random } = canvas;
  const x = random.chance(0.5) ? 0 : 1;
  const beam = canvas.radial([`${palette.glow}66`, `${palette.glow}00`], { x, y: 0 });
  const edge = canvas.radial([`${palette.ink}00`, `${palette.ink}00`, `${palette.ink}16`]);
  return rect(-20, -20, 1040, height + 40, beam) + rect(-20, -20, 1040, height + 40, edge);
}
