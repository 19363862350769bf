import { at, type Canvas, ellipse, path, rect, sprig, stroke } from './canvas.ts';
import { darker, lighter, mix } from './palette.ts';
import { ridge, sun } from './places.ts';

/** The background colour field of every picture. */
export function sky(canvas: Canvas): string {
  const { palette, height } = canvas;
  return rect(-20, -20, 1040, height + 40, canvas.linear([palette.top, palette.bottom]));
}

/** A table, from `y` down. */
export function table(canvas: Canvas, y: number): string {
  const { palette, height } = canvas;
  return (
    rect(
      -20,
      y,
      1040,
      height - y + 20,
      canvas.linear([lighter(palette.surface, 0.24), lighter(palette.surface, 0.06), darker(palette.surface, 0.08)]),
    ) + rect(-20, y, 1040, 7, lighter(palette.surface, 0.4), 0, 'opacity="0.7"')
  );
}

/** Rooms and views for things that stand on a table at `y`. */
export function interior(canvas: Canvas, y: number): string {
  return canvas.random.pick([archNiche, discOnWall, windowLight, softShapes])(canvas, y);
}

/** Hills under a great sun, for people outdoors; they stand at `y`. */
export function outdoors(canvas: Canvas, y: number): string {
  const { palette, random } = canvas;
  const radius = random.between(200, 250);
  return (
    sun(canvas, 500, y - radius * 1.25, radius) +
    ridge(canvas, y - 130, 44, palette.far) +
    ridge(canvas, y - 70, 34, palette.mid) +
    ridge(canvas, y - 14, 12, palette.near)
  );
}

function archNiche(canvas: Canvas, y: number): string {
  const { palette, height, random } = canvas;
  const half = 330;
  const top = Math.max(half + 40, y - Math.min(height * 0.72, 860) + half);
  const arch = (r: number, fill: string): string =>
    path(`M${500 - r} ${y} L ${500 - r} ${top} A ${r} ${r} 0 0 1 ${500 + r} ${top} L ${500 + r} ${y} Z`, fill);
  const side = random.chance(0.5) ? 1 : -1;
  return (
    arch(half + 26, lighter(palette.bottom, 0.35)) +
    arch(half, canvas.linear([palette.mid, palette.far, lighter(palette.far, 0.4)])) +
    sun(canvas, 500 + side * 110, top + 40, 96) +
    at(500 - side * 430, y + 6, 1.15, sprig(canvas, 460, palette.leaf, 11), side * 8) +
    at(500 - side * 380, y + 6, 0.85, sprig(canvas, 400, mix(palette.leaf, palette.ink, 0.25), 9), side * 22)
  );
}

function discOnWall(canvas: Canvas, y: number): string {
  const { palette, random } = canvas;
  const radius = random.between(300, 350);
  const x = random.pick([420, 500, 580]);
  return (
    ellipse(
      x,
      y - radius * 0.86,
      radius,
      radius,
      canvas.linear([palette.accent2, mix(palette.far, palette.accent2, 0.3), palette.far]),
    ) +
    ellipse(x > 500 ? 130 : 870, y - 610, 110, 110, palette.glow, 'opacity="0.75"') +
    at(x > 500 ? 96 : 904, y + 8, 1.2, sprig(canvas, 480, palette.leaf, 11), x > 500 ? 10 : -10) +
    at(x > 500 ? 170 : 830, y + 8, 0.8, sprig(canvas, 420, mix(palette.leaf, palette.ink, 0.3), 9), x > 500 ? 22 : -22)
  );
}

function windowLight(canvas: Canvas, y: number): string {
  const { palette, random } = canvas;
  const lean = random.pick([-150, 150]);
  const pane = (x: number, top: number): string =>
    path(
      `M${x} ${top} L ${x + 170} ${top - 26} L ${x + 170 + lean} ${top + 250} L ${x + lean} ${top + 276} Z`,
      palette.glow,
      'opacity="0.62"',
    );
  const light = [0, 190].flatMap((dx) => [0, 300].map((dy) => pane(330 + dx - lean / 2, y - 720 + dy)));
  const leaves = at(lean > 0 ? 60 : 940, y - 760, 1.1, sprig(canvas, 420, palette.leaf, 10), lean > 0 ? 140 : -140);
  return `<g filter="url(#blur8)">${light.join('')}</g>${leaves}${stroke(`M-20 ${y - 60} L 1020 ${y - 60}`, darker(palette.bottom, 0.16), 5, 'opacity="0.35"')}`;
}

function softShapes(canvas: Canvas, y: number): string {
  const { palette, random } = canvas;
  const side = random.chance(0.5) ? 1 : -1;
  const x = (offset: number): number => 500 + side * offset;
  return (
    path(
      `M${x(-540)} ${y} C ${x(-560)} ${y - 560} ${x(-120)} ${y - 420} ${x(60)} ${y - 640} C ${x(220)} ${y - 820} ${x(560)} ${y - 640} ${x(540)} ${y} Z`,
      canvas.linear([palette.far, lighter(palette.far, 0.35)]),
    ) +
    path(
      `M${x(-200)} ${y} C ${x(-180)} ${y - 360} ${x(220)} ${y - 240} ${x(300)} ${y - 430} C ${x(380)} ${y - 560} ${x(560)} ${y - 470} ${x(560)} ${y} Z`,
      canvas.linear([palette.mid, lighter(palette.mid, 0.25)]),
      'opacity="0.85"',
    ) +
    sun(canvas, x(-240), y - 600, 84) +
    at(x(430), y + 6, 1, sprig(canvas, 430, palette.leaf, 10), side * -8)
  );
}
