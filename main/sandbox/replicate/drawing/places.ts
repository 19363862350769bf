import { at, type Canvas, ellipse, n, path, rect, sprig, stroke } from './canvas.ts';
import { pottedPlant } from './flowers.ts';
import { darker, lighter, mix } from './palette.ts';

/** A sun or moon with its light. */
export function sun(canvas: Canvas, x: number, y: number, radius: number): string {
  const { glow, accent2 } = canvas.palette;
  return (
    ellipse(x, y, radius * 2.6, radius * 2.6, canvas.radial([`${glow}cc`, `${glow}00`])) +
    ellipse(x, y, radius, radius, canvas.linear([glow, mix(glow, accent2, 0.55)]))
  );
}

/** A rolling outline from left to right, filled down to the bottom. */
export function ridge(canvas: Canvas, y: number, swing: number, colour: string): string {
  const { random, height } = canvas;
  const points = Array.from({ length: 6 }, (_, index): [number, number] => [
    -60 + index * 224,
    y + random.between(-swing, swing),
  ]);
  const [first] = points as [[number, number]];
  let d = `M${n(first[0])} ${n(height + 10)} L${n(first[0])} ${n(first[1])}`;
  for (let index = 1; index < points.length; index++) {
    const [x0, y0] = points[index - 1] as [number, number];
    const [x1, y1] = points[index] as [number, number];
    d += ` C ${n(x0 + 112)} ${n(y0)} ${n(x1 - 112)} ${n(y1)} ${n(x1)} ${n(y1)}`;
  }
  return path(`${d} L1060 ${n(height + 10)} Z`, canvas.linear([lighter(colour, 0.14), darker(colour, 0.1)]));
}

/** Sky, sun and hills, with trees in front. */
export function landscape(canvas: Canvas): string {
  const { palette, random, height } = canvas;
  const sunY = height * random.between(0.3, 0.42);
  const layers = [
    palette.far,
    mix(palette.far, palette.mid, 0.6),
    palette.mid,
    mix(palette.mid, palette.near, 0.6),
    palette.near,
  ];
  const hills = layers.map((colour, index) => ridge(canvas, height * (0.5 + index * 0.1), 46 - index * 4, colour));
  const depths = Array.from({ length: 11 }, (_, index) => ({ x: 20 + index * 96, depth: random.next() }));
  const trees = depths
    .sort((a, b) => a.depth - b.depth)
    .map(({ x, depth }) =>
      at(x + random.between(-30, 30), height * (0.88 + depth * 0.15), 0.55 + depth * 0.6, tree(canvas)),
    );
  const mist = [0.56, 0.68].map((share) =>
    ellipse(random.between(200, 800), height * share, 560, 46, palette.glow, 'opacity="0.26" filter="url(#blur20)"'),
  );
  return (
    sun(canvas, random.between(300, 700), sunY, random.between(110, 150)) +
    clouds(canvas) +
    birds(canvas, sunY) +
    (hills[0] ?? '') +
    (mist[0] ?? '') +
    (hills[1] ?? '') +
    (hills[2] ?? '') +
    (mist[1] ?? '') +
    (hills[3] ?? '') +
    (hills[4] ?? '') +
    trees.join('')
  );
}

function tree(canvas: Canvas): string {
  const green = mix(canvas.palette.leaf, canvas.palette.near, canvas.random.between(0.1, 0.5));
  return canvas.random.chance(0.5)
    ? rect(-5, -40, 10, 46, canvas.palette.ink) +
        path('M0 -210 C 52 -120 56 -70 0 -30 C -56 -70 -52 -120 0 -210 Z', canvas.body(green))
    : rect(-6, -60, 12, 66, canvas.palette.ink) +
        ellipse(0, -112, 58, 68, canvas.body(green)) +
        ellipse(26, -84, 40, 40, canvas.body(green));
}

export function clouds(canvas: Canvas): string {
  const { random, height, palette } = canvas;
  return Array.from({ length: 3 }, () => {
    const x = random.between(0, 1000);
    const y = height * random.between(0.06, 0.3);
    const bar = (dx: number, dy: number, width: number): string => rect(x + dx, y + dy, width, 30, palette.glow, 15);
    return `<g opacity="0.5">${bar(0, 0, 210)}${bar(60, -22, 120)}${bar(-70, 22, 190)}</g>`;
  }).join('');
}

function birds(canvas: Canvas, y: number): string {
  const { random, palette } = canvas;
  return Array.from({ length: 4 }, () => {
    const x = random.between(160, 840);
    const up = y - random.between(-30, 130);
    return stroke(
      `M${n(x - 17)} ${n(up)} Q ${n(x - 7)} ${n(up - 11)} ${n(x)} ${n(up)} Q ${n(x + 7)} ${n(up - 11)} ${n(x + 17)} ${n(up)}`,
      palette.ink,
      3.4,
      'opacity="0.6"',
    );
  }).join('');
}

/** A shop front with awning, window and door; stands at the origin, 780 wide and 760 high. */
export function storefront(canvas: Canvas, prompt: string): string {
  const { palette, random } = canvas;
  const wall = random.pick([palette.main, lighter(palette.accent, 0.12), lighter(palette.near, 0.1)]);
  const trim = wall === palette.main ? palette.accent : palette.main;
  const lit = canvas.linear(['#fff3cf', '#fbd58c', '#e9b56b']);
  return (
    rect(-390, -760, 780, 764, canvas.linear([lighter(wall, 0.16), wall, darker(wall, 0.1)])) +
    rect(-410, -784, 820, 40, canvas.body(trim), 8) +
    rect(-330, -724, 660, 84, canvas.body(darker(trim, 0.12)), 14) +
    ellipse(0, -682, 22, 22, palette.accent2) +
    rect(-250, -688, 190, 12, lighter(trim, 0.5), 6, 'opacity="0.7"') +
    rect(60, -688, 190, 12, lighter(trim, 0.5), 6, 'opacity="0.7"') +
    rect(-340, -500, 400, 390, darker(trim, 0.25), 12) +
    rect(-324, -484, 368, 358, lit, 6) +
    display(canvas) +
    path('M-324 -484 L -150 -484 L -290 -126 L -324 -126 Z', '#ffffff', 'opacity="0.22"') +
    rect(-356, -126, 432, 26, canvas.body(trim), 6) +
    rect(120, -500, 210, 504, darker(trim, 0.3), 12) +
    rect(134, -486, 182, 490, canvas.body(trim), 8) +
    rect(154, -462, 142, 280, lit, 8) +
    ellipse(286, -140, 10, 10, palette.accent2) +
    rect(150, -110, 150, 70, darker(trim, 0.1), 8) +
    awning(canvas, trim) +
    at(-330, 22, 0.72, pottedPlant(canvas, prompt)) +
    at(60, 26, 0.56, pottedPlant(canvas, prompt)) +
    at(372, 26, 0.64, pottedPlant(canvas, prompt))
  );
}

function display(canvas: Canvas): string {
  const { palette, random } = canvas;
  const shelf = (y: number): string => {
    const things = Array.from({ length: 6 }, (_, index) => {
      const x = -296 + index * 60;
      const colour = random.pick([palette.accent, palette.near, palette.accent2, palette.leaf, palette.mid]);
      const high = random.between(44, 92);
      return random.pick([
        () => rect(x, y - high, 40, high, canvas.body(colour), 8),
        () => ellipse(x + 20, y - 26, 24, 26, canvas.body(colour)),
        () =>
          path(
            `M${x} ${y} L ${x + 8} ${n(y - high)} L ${x + 32} ${n(y - high)} L ${x + 40} ${y} Z`,
            canvas.body(colour),
          ),
      ])();
    });
    return things.join('') + rect(-324, y, 368, 10, darker(palette.near, 0.3));
  };
  const lamp = (x: number): string =>
    stroke(`M${x} -484 L ${x} -446`, palette.ink, 4) +
    path(`M${x - 26} -424 Q ${x} -462 ${x + 26} -424 Z`, palette.ink) +
    ellipse(x, -420, 60, 48, '#ffffff', 'opacity="0.35" filter="url(#blur8)"');
  return shelf(-290) + shelf(-142) + lamp(-230) + lamp(-60);
}

function awning(canvas: Canvas, trim: string): string {
  const { palette } = canvas;
  const stripe = trim === palette.accent ? palette.accent : palette.accent2;
  const count = 12;
  const width = 800 / count;
  const stripes = Array.from({ length: count }, (_, index) => {
    const x = -400 + index * width;
    const inner = -372 + index * (744 / count);
    const colour = index % 2 === 0 ? stripe : '#fffaf2';
    return path(
      `M${n(inner)} -632 L ${n(inner + 744 / count)} -632 L ${n(x + width)} -514 A ${n(width / 2)} 26 0 0 1 ${n(x)} -514 Z`,
      canvas.linear([lighter(colour, 0.08), darker(colour, 0.08)]),
    );
  });
  return rect(-396, -502, 792, 60, palette.ink, 0, 'opacity="0.22" filter="url(#blur8)"') + stripes.join('');
}

/** Houses in the distance behind a shop. */
export function skyline(canvas: Canvas, ground: number): string {
  const { random, palette } = canvas;
  let x = -40;
  let houses = '';
  while (x < 1040) {
    const width = random.between(110, 190);
    const top = ground - random.between(360, 660);
    const colour = random.pick([palette.far, mix(palette.far, palette.mid, 0.5), mix(palette.far, palette.glow, 0.4)]);
    const windows = [0.25, 0.65].flatMap((share) =>
      [70, 170, 270].map((down) => rect(x + width * share - 12, top + down, 26, 44, palette.glow, 6, 'opacity="0.65"')),
    );
    const roof = random.chance(0.5)
      ? path(
          `M${n(x - 8)} ${n(top)} L ${n(x + width / 2)} ${n(top - 76)} L ${n(x + width + 8)} ${n(top)} Z`,
          darker(colour, 0.18),
        )
      : '';
    houses +=
      roof + rect(x, top, width, ground - top + 10, canvas.linear([lighter(colour, 0.1), colour])) + windows.join('');
    x += width + 6;
  }
  return houses;
}

/** Arches, discs and leaves in balance. */
export function abstractShapes(canvas: Canvas): string {
  const { palette, random, height } = canvas;
  const base = height * 0.84;
  const tall = height * 0.46;
  const arch = (x: number, width: number, high: number, colour: string): string => {
    const r = width / 2;
    return path(
      `M${n(x - r)} ${n(base)} L ${n(x - r)} ${n(base - high + r)} A ${n(r)} ${n(r)} 0 0 1 ${n(x + r)} ${n(base - high + r)} L ${n(x + r)} ${n(base)} Z`,
      canvas.linear([lighter(colour, 0.2), colour, darker(colour, 0.1)]),
    );
  };
  const side = random.chance(0.5) ? 1 : -1;
  const x = (offset: number): number => 500 + side * offset;
  const rainbow = [250, 196, 142, 88].map((width, index) =>
    arch(
      x(210),
      width * 1.1,
      width * 1.24,
      [palette.near, palette.accent2, palette.mid, palette.main][index] as string,
    ),
  );
  return (
    sun(canvas, x(random.between(60, 200)), height * 0.3, random.between(100, 140)) +
    arch(x(-170), 400, tall, palette.mid) +
    arch(x(-170), 270, tall * 0.76, palette.far) +
    at(x(-180), base, 1.2, sprig(canvas, Math.min(420, tall * 0.74), palette.leaf, 9), side * -6) +
    rainbow.join('') +
    ellipse(x(20), base - 74, 74, 74, canvas.body(palette.accent)) +
    ellipse(x(-372), base - 46, 46, 46, canvas.body(palette.accent2)) +
    rect(x(372) - 34, base - 250, 68, 250, canvas.body(palette.main), 34) +
    rect(
      -10,
      base,
      1020,
      height - base + 10,
      canvas.linear([lighter(palette.surface, 0.1), darker(palette.surface, 0.14)]),
    )
  );
}
