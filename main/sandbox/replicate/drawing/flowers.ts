import { at, type Canvas, ellipse, leaf, n, path, rect, shadow, sprig, stroke } from './canvas.ts';
import { darker, lighter, mix } from './palette.ts';

type Flower = (canvas: Canvas, radius: number, colour: string) => string;

function petals(count: number, turn: number, petal: string): string {
  return Array.from({ length: count }, (_, index) => at(0, 0, 1, petal, turn + (index * 360) / count)).join('');
}

const peony: Flower = (canvas, radius, colour) => {
  const ring = (count: number, share: number, tone: string, turn: number): string => {
    const size = radius * share;
    const fill = canvas.linear([lighter(tone, 0.3), tone]);
    return petals(
      count,
      turn,
      ellipse(
        0,
        -size * 0.62,
        size * 0.46,
        size * 0.5,
        fill,
        `stroke="${darker(tone, 0.1)}" stroke-opacity="0.35" stroke-width="1.5"`,
      ),
    );
  };
  return (
    ring(9, 1, darker(colour, 0.08), 8) +
    ring(8, 0.8, colour, 30) +
    ring(7, 0.58, lighter(colour, 0.16), 0) +
    ring(5, 0.36, lighter(colour, 0.34), 20) +
    ellipse(0, 0, radius * 0.14, radius * 0.14, canvas.palette.accent2)
  );
};

const daisy: Flower = (canvas, radius, colour) => {
  const fill = canvas.linear([lighter(colour, 0.45), colour]);
  return (
    petals(13, 4, ellipse(0, -radius * 0.62, radius * 0.16, radius * 0.4, fill)) +
    ellipse(0, 0, radius * 0.28, radius * 0.28, canvas.body(canvas.palette.accent2))
  );
};

const dahlia: Flower = (canvas, radius, colour) => {
  const ring = (count: number, share: number, tone: string, turn: number): string =>
    petals(
      count,
      turn,
      leaf(
        radius * share,
        radius * share * 0.2,
        canvas.linear([lighter(tone, 0.28), darker(tone, 0.12)]),
        lighter(tone, 0.5),
      ),
    );
  return (
    ring(16, 1, darker(colour, 0.1), 0) +
    ring(14, 0.78, colour, 12) +
    ring(11, 0.56, lighter(colour, 0.18), 5) +
    ring(8, 0.34, lighter(colour, 0.36), 20)
  );
};

const rose: Flower = (canvas, radius, colour) => {
  const layer = (share: number, x: number, y: number, tone: string): string =>
    ellipse(
      x * radius,
      y * radius,
      radius * share,
      radius * share * 0.94,
      canvas.radial([lighter(tone, 0.24), tone, darker(tone, 0.12)], { x: 0.4, y: 0.3 }),
    );
  const curl = (share: number, turn: number): string => {
    const r = n(radius * share);
    return at(
      0,
      0,
      1,
      stroke(
        `M${n(-radius * share)} 0 A ${r} ${r} 0 0 1 ${n(radius * share * 0.5)} ${n(-radius * share * 0.84)}`,
        darker(colour, 0.24),
        radius * 0.045,
        'opacity="0.55"',
      ),
      turn,
    );
  };
  return (
    layer(0.78, -0.24, 0.14, colour) +
    layer(0.78, 0.24, 0.16, colour) +
    layer(0.76, 0, -0.24, colour) +
    layer(0.66, 0.03, 0.05, lighter(colour, 0.12)) +
    layer(0.46, -0.02, -0.03, lighter(colour, 0.22)) +
    curl(0.62, 20) +
    curl(0.5, 150) +
    curl(0.4, 260) +
    curl(0.28, 60) +
    curl(0.17, 200)
  );
};

const tulip: Flower = (canvas, radius, colour) => {
  const side = canvas.linear([lighter(colour, 0.2), darker(colour, 0.1)]);
  const r = radius;
  return (
    path(
      `M0 ${n(r * 0.9)} C ${n(-r)} ${n(r * 0.7)} ${n(-r * 0.86)} ${n(-r * 0.4)} ${n(-r * 0.56)} ${n(-r)} C ${n(-r * 0.2)} ${n(-r * 0.6)} 0 ${n(-r * 0.2)} 0 ${n(r * 0.9)} Z`,
      side,
    ) +
    path(
      `M0 ${n(r * 0.9)} C ${n(r)} ${n(r * 0.7)} ${n(r * 0.86)} ${n(-r * 0.4)} ${n(r * 0.56)} ${n(-r)} C ${n(r * 0.2)} ${n(-r * 0.6)} 0 ${n(-r * 0.2)} 0 ${n(r * 0.9)} Z`,
      side,
    ) +
    path(
      `M0 ${n(r * 0.92)} C ${n(-r * 0.62)} ${n(r * 0.5)} ${n(-r * 0.5)} ${n(-r * 0.5)} 0 ${n(-r * 1.06)} C ${n(r * 0.5)} ${n(-r * 0.5)} ${n(r * 0.62)} ${n(r * 0.5)} 0 ${n(r * 0.92)} Z`,
      canvas.linear([lighter(colour, 0.36), colour]),
    )
  );
};

/** Which flower leads, by the words of the prompt. */
function chooseFlowers(canvas: Canvas, prompt: string): [Flower, Flower] {
  const named: [RegExp, Flower][] = [
    [/peon|ranunculus/i, peony],
    [/rose|wedding|bridal/i, rose],
    [/tulip/i, tulip],
    [/dahlia/i, dahlia],
    [/daisy|meadow|wild/i, daisy],
  ];
  const all = [peony, rose, dahlia, daisy];
  const lead = named.find(([pattern]) => pattern.test(prompt))?.[1] ?? canvas.random.pick(all);
  return [lead, canvas.random.pick(all.filter((flower) => flower !== lead))];
}

/** Colours for petals: the palette's own, so that the picture stays together. */
function petalColours(canvas: Canvas, prompt: string): string[] {
  const { palette } = canvas;
  if (/green and white|white (garden )?rose|bridal|wedding/i.test(prompt))
    return ['#fffaf2', '#f8f1e4', '#fdf6ea', lighter(palette.leaf, 0.6)];
  if (/sunset|dahlia|apricot|coral/i.test(prompt)) return ['#e8663f', '#f2994a', '#c8443f', '#f7c06a', '#a5334e'];
  if (/blush|peon|pink/i.test(prompt)) return ['#f3a9b5', '#f7c8cd', '#e27f95', '#fbe3df'];
  if (/lavender|violet/i.test(prompt)) return ['#9b7fc4', '#b79ad8', '#7c61a8', '#d9c6ec'];
  return [palette.accent2, '#f09a8a', palette.main, palette.accent, mix(palette.mid, '#ff6f7d', 0.5)];
}

/** A dome of flowers with leaves, its stems meeting at the origin; about 560 wide and 560 high. */
export function bunch(canvas: Canvas, prompt: string): string {
  const { random, palette } = canvas;
  const [lead, second] = chooseFlowers(canvas, prompt);
  const colours = petalColours(canvas, prompt);
  const greens = [-66, -47, -28, -10, 11, 30, 49, 67].map((turn) =>
    at(
      0,
      -40,
      1,
      sprig(
        canvas,
        random.between(400, 520),
        mix(palette.leaf, random.pick([palette.ink, palette.accent2, palette.leaf]), 0.25),
      ),
      turn + random.between(-6, 6),
    ),
  );
  const spots: [number, number, number][] = [
    [-196, -226, 76],
    [196, -232, 78],
    [-112, -390, 74],
    [116, -396, 76],
    [0, -480, 70],
    [-84, -186, 84],
    [92, -190, 86],
    [0, -318, 112],
  ];
  const heads = spots.map(([x, y, radius], index) => {
    const flower = index === spots.length - 1 || index % 2 === 0 ? lead : second;
    const size = radius * random.between(0.94, 1.12);
    const shade = ellipse(x + 8, y + 14, size * 0.9, size * 0.9, palette.ink, 'opacity="0.16" filter="url(#blur8)"');
    return (
      shade +
      at(
        x + random.between(-14, 14),
        y + random.between(-12, 12),
        1,
        flower(canvas, size, colours[index % colours.length] as string),
        flower === tulip ? x / 9 : random.between(0, 60),
      )
    );
  });
  const buds = Array.from({ length: 9 }, () => {
    const turn = random.between(-70, 70);
    return at(
      0,
      -60,
      1,
      stroke(`M0 0 L0 -430`, palette.leaf, 4) + ellipse(0, -440, 15, 19, canvas.body(random.pick(colours))),
      turn,
    );
  });
  return greens.join('') + buds.join('') + heads.join('');
}

/** A bouquet in a vase or tied with a ribbon; stands at the origin, about 840 high. */
export function bouquet(canvas: Canvas, prompt: string): string {
  return /hand-tied|ribbon|wrapped|bridal|wedding/i.test(prompt) ? tied(canvas, prompt) : inVase(canvas, prompt);
}

function inVase(canvas: Canvas, prompt: string): string {
  const { palette, random } = canvas;
  const colour = random.pick([palette.accent, palette.main, palette.near]);
  const shape = random.pick([
    'M-52 -292 C -70 -230 -150 -200 -146 -106 C -142 -30 -92 0 0 0 C 92 0 142 -30 146 -106 C 150 -200 70 -230 52 -292 Z',
    'M-104 -300 C -96 -200 -116 -120 -92 -24 C -88 -4 88 -4 92 -24 C 116 -120 96 -200 104 -300 Z',
    'M-66 -296 C -60 -250 -128 -210 -128 -150 C -128 -70 -70 -60 -62 0 L 62 0 C 70 -60 128 -70 128 -150 C 128 -210 60 -250 66 -296 Z',
  ]);
  return (
    shadow(170, canvas) +
    at(0, -262, 1, bunch(canvas, prompt)) +
    path(shape, canvas.linear([lighter(colour, 0.24), colour, darker(colour, 0.24)], { x: 1, y: 0.3 })) +
    stroke('M-72 -190 C -104 -150 -106 -110 -96 -70', '#ffffff', 12, 'opacity="0.4"')
  );
}

function tied(canvas: Canvas, prompt: string): string {
  const { palette, random } = canvas;
  const stems = Array.from({ length: 9 }, (_, index) =>
    stroke(
      `M${(index - 4) * 7} -280 L ${(index - 4) * 24} ${-10 - Math.abs(index - 4) * 4}`,
      darker(palette.leaf, random.between(0, 0.25)),
      11,
    ),
  );
  const ribbon = palette.main;
  const bow = at(
    0,
    -268,
    1,
    path('M0 0 C -120 -70 -140 40 0 8 Z', canvas.body(ribbon)) +
      path('M0 0 C 120 -70 140 40 0 8 Z', canvas.body(ribbon)) +
      stroke('M-4 6 C -30 90 -70 130 -54 220', ribbon, 20) +
      stroke('M4 6 C 36 100 30 150 66 232', darker(ribbon, 0.08), 20) +
      ellipse(0, 2, 20, 24, darker(ribbon, 0.1)),
  );
  return (
    shadow(150, canvas) +
    stems.join('') +
    at(0, -250, 1, bunch(canvas, prompt)) +
    rect(-40, -292, 80, 52, darker(ribbon, 0.06), 12) +
    bow
  );
}

/** Pots with plants in a row; stands at the origin, about 700 wide. */
export function pots(canvas: Canvas, prompt: string): string {
  return (
    at(-230, 0, 0.86, pottedPlant(canvas, prompt)) +
    at(226, 0, 0.8, pottedPlant(canvas, prompt)) +
    at(0, 18, 1.12, pottedPlant(canvas, prompt))
  );
}

/** One plant in a terracotta pot; stands at the origin. */
export function pottedPlant(canvas: Canvas, prompt: string): string {
  const { palette, random } = canvas;
  const clay = random.pick(['#c8714f', '#d98b62', palette.main, palette.accent]);
  const colours = petalColours(canvas, prompt);
  const flowering = random.chance(0.65) || /lavender|bloom|flower/i.test(prompt);
  const twigs = [-58, -34, -14, 8, 30, 54].map((turn) =>
    at(
      0,
      -150,
      1,
      sprig(canvas, random.between(190, 300), mix(palette.leaf, palette.ink, random.between(0, 0.3)), 6),
      turn + random.between(-6, 6),
    ),
  );
  const heads = flowering
    ? Array.from({ length: 6 }, (_, index) =>
        at(
          (index - 2.5) * 46,
          -250 - random.between(20, 130),
          1,
          daisy(canvas, random.between(30, 44), random.pick(colours)),
        ),
      )
    : [];
  return (
    shadow(118, canvas) +
    twigs.join('') +
    heads.join('') +
    path(
      'M-104 -160 L -74 0 L 74 0 L 104 -160 Z',
      canvas.linear([lighter(clay, 0.2), clay, darker(clay, 0.24)], { x: 1, y: 0.2 }),
    ) +
    rect(-116, -182, 232, 40, canvas.body(clay), 12) +
    rect(-104, -146, 208, 12, darker(clay, 0.3), 6, 'opacity="0.35"')
  );
}
