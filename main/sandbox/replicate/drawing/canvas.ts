import { darker, lighter, type Palette } from './palette.ts';
import type { Random } from './random.ts';

/** What every drawing function gets: colours, chance and a place for gradients. One unit is a thousandth of the width. */
export class Canvas {
  readonly palette: Palette;
  readonly random: Random;
  /** Height in units; the width is always 1000. */
  readonly height: number;
  readonly #definitions: string[] = [];

  constructor(palette: Palette, random: Random, height: number) {
    this.palette = palette;
    this.random = random;
    this.height = height;
  }

  /** A gradient from above to below, or along the given direction; returns a paint for `fill`. */
  linear(colours: readonly string[], direction: { x: number; y: number } = { x: 0, y: 1 }): string {
    return this.#define(
      `linearGradient x1="0" y1="0" x2="${direction.x}" y2="${direction.y}"`,
      'linearGradient',
      colours,
    );
  }

  /** A gradient from a centre outwards; a colour may carry its opacity as `#rrggbb00`. */
  radial(colours: readonly string[], centre: { x: number; y: number } = { x: 0.5, y: 0.5 }): string {
    return this.#define(`radialGradient cx="${centre.x}" cy="${centre.y}" r="0.5"`, 'radialGradient', colours);
  }

  /** A body lit from the upper left. */
  body(colour: string): string {
    return this.linear([lighter(colour, 0.22), colour, darker(colour, 0.16)], { x: 0.9, y: 0.7 });
  }

  /** The whole picture. */
  svg(content: string): string {
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 ${n(this.height)}"><defs>
<filter id="blur8" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="8"/></filter>
<filter id="blur20" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="20"/></filter>
<filter id="blur60" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="60"/></filter>
${this.#definitions.join('\n')}</defs>${content}</svg>`;
  }

  #define(open: string, close: string, colours: readonly string[]): string {
    const id = `p${this.#definitions.length}`;
    const stops = colours.map((colour, index) => {
      const opacity = colour.length === 9 ? Number.parseInt(colour.slice(7), 16) / 255 : 1;
      const offset = colours.length === 1 ? 0 : index / (colours.length - 1);
      return `<stop offset="${n(offset)}" stop-color="${colour.slice(0, 7)}" stop-opacity="${n(opacity)}"/>`;
    });
    this.#definitions.push(`<${open.replace(' ', ` id="${id}" `)}>${stops.join('')}</${close}>`);
    return `url(#${id})`;
  }
}

/** A number short enough for SVG. */
export function n(value: number): string {
  return String(Math.round(value * 100) / 100);
}

export function at(x: number, y: number, scale: number, content: string, turn = 0): string {
  return `<g transform="translate(${n(x)} ${n(y)}) scale(${n(scale)}) rotate(${n(turn)})">${content}</g>`;
}

export function ellipse(cx: number, cy: number, rx: number, ry: number, fill: string, more = ''): string {
  return `<ellipse cx="${n(cx)}" cy="${n(cy)}" rx="${n(rx)}" ry="${n(ry)}" fill="${fill}" ${more}/>`;
}

export function rect(x: number, y: number, width: number, height: number, fill: string, radius = 0, more = ''): string {
  return `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" rx="${n(radius)}" fill="${fill}" ${more}/>`;
}

export function path(d: string, fill: string, more = ''): string {
  return `<path d="${d}" fill="${fill}" ${more}/>`;
}

export function stroke(d: string, colour: string, width: number, more = ''): string {
  return `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${n(width)}" stroke-linecap="round" stroke-linejoin="round" ${more}/>`;
}

/** The soft shadow of something that stands at the origin. */
export function shadow(width: number, canvas: Canvas, opacity = 0.35): string {
  return ellipse(width * 0.12, 4, width, width * 0.13, canvas.palette.ink, `opacity="${opacity}" filter="url(#blur8)"`);
}

/** A leaf from the origin upwards. */
export function leaf(length: number, width: number, fill: string, vein: string): string {
  const blade = `M0 0 C ${n(-width)} ${n(-length * 0.35)} ${n(-width * 0.7)} ${n(-length * 0.8)} 0 ${n(-length)} C ${n(width * 0.7)} ${n(-length * 0.8)} ${n(width)} ${n(-length * 0.35)} 0 0 Z`;
  return path(blade, fill) + stroke(`M0 0 L0 ${n(-length * 0.86)}`, vein, Math.max(1, width * 0.06), 'opacity="0.5"');
}

/** A curved twig with leaves on both sides, from the origin upwards. */
export function sprig(canvas: Canvas, length: number, colour: string, leaves = 7): string {
  const { random } = canvas;
  const bend = random.between(-0.25, 0.25) * length;
  const point = (t: number): [number, number] => [bend * t * t, -length * t];
  const fill = canvas.linear([lighter(colour, 0.2), colour]);
  const blades = Array.from({ length: leaves }, (_, index) => {
    const t = 0.18 + (index / leaves) * 0.8;
    const [x, y] = point(t);
    const side = index % 2 === 0 ? 1 : -1;
    const size = length * 0.3 * (1.15 - t * 0.6);
    return at(x, y, 1, leaf(size, size * 0.3, fill, lighter(colour, 0.5)), side * random.between(38, 62));
  });
  const [endX, endY] = point(1);
  const tip = at(
    endX,
    endY + length * 0.04,
    1,
    leaf(length * 0.18, length * 0.05, fill, lighter(colour, 0.5)),
    bend / 8,
  );
  return (
    stroke(`M0 0 Q 0 ${n(-length * 0.5)} ${n(endX)} ${n(endY)}`, darker(colour, 0.2), length * 0.014) +
    blades.join('') +
    tip
  );
}
