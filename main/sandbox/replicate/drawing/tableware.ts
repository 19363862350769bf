import { at, type Canvas, ellipse, n, path, rect, shadow, stroke } from './canvas.ts';
import { darker, lighter, mix } from './palette.ts';

const crema = '#c98a4b';
const espresso = '#5b3420';
const crust = '#d98f3f';

/** A cup on a saucer with rising steam; stands at the origin, about 420 wide. */
export function cup(canvas: Canvas): string {
  const { palette, random } = canvas;
  const colour = random.pick([palette.main, palette.accent, palette.main, palette.accent2]);
  const wall = canvas.linear([lighter(colour, 0.25), colour, darker(colour, 0.22)], { x: 1, y: 0.2 });
  const saucer = ellipse(0, -14, 215, 34, darker(colour, 0.22)) + ellipse(0, -22, 215, 33, canvas.body(colour));
  const bowl = 'M-150 -232 C -150 -110 -112 -34 -58 -30 L 58 -30 C 112 -34 150 -110 150 -232 Z';
  const handle = stroke('M142 -196 C 226 -208 232 -104 118 -96', darker(colour, 0.12), 27);
  const band = random.chance(0.5)
    ? path(
        'M-146 -176 C -143 -152 -139 -136 -134 -120 L 134 -120 C 139 -136 143 -152 146 -176 Z',
        palette.accent2,
        'opacity="0.75"',
      )
    : '';
  const rim =
    ellipse(0, -232, 150, 33, lighter(colour, 0.3)) +
    ellipse(0, -229, 136, 26, canvas.linear([espresso, crema], { x: 1, y: 0.4 }));
  const art = at(-8, -229, 0.55, latteHeart(canvas));
  const shine = stroke('M-118 -196 C -114 -140 -100 -96 -78 -66', '#ffffff', 12, 'opacity="0.45"');
  return shadow(220, canvas) + saucer + steam(canvas, -250, 190) + handle + path(bowl, wall) + band + shine + rim + art;
}

function latteHeart(canvas: Canvas): string {
  return `<g transform="scale(1 0.24)">${ellipse(14, 0, 118, 118, lighter(crema, 0.35), 'opacity="0.55"')}${path('M14 96 C -90 30 -86 -76 -26 -76 C 2 -76 14 -50 14 -38 C 14 -50 26 -76 54 -76 C 114 -76 118 30 14 96 Z', canvas.palette.main)}</g>`;
}

/** Wisps above a hot thing; `y` is where they begin. */
export function steam(canvas: Canvas, y: number, length: number): string {
  const { random } = canvas;
  const wisp = (x: number, size: number): string => {
    const sway = random.between(24, 46) * (random.chance(0.5) ? 1 : -1);
    const d = `M${n(x)} ${n(y)} C ${n(x + sway)} ${n(y - size * 0.3)} ${n(x - sway)} ${n(y - size * 0.6)} ${n(x + sway * 0.5)} ${n(y - size)}`;
    return stroke(d, '#ffffff', 20, 'opacity="0.6" filter="url(#blur8)"');
  };
  return wisp(-52, length * 0.9) + wisp(8, length * 1.2) + wisp(62, length * 0.8);
}

/** A coffee seen from above, centred on the origin, about 560 wide. */
export function coffeeFromAbove(canvas: Canvas): string {
  const { palette, random } = canvas;
  const colour = random.pick([palette.main, palette.accent]);
  const turn = random.between(-40, 40);
  const fern = Array.from({ length: 6 }, (_, index) => {
    const y = -76 + index * 37;
    const w = [58, 88, 104, 100, 80, 50][index] as number;
    const blade = `M0 ${y + 26} C ${n(-w * 0.5)} ${y + 30} ${n(-w)} ${y + 4} ${n(-w * 1.04)} ${y - 30} C ${n(-w * 0.8)} ${y - 8} ${n(-w * 0.4)} ${y - 2} 0 ${y + 4}`;
    const mirrored = blade.replaceAll(
      /(-?[\d.]+) (-?[\d.]+)/g,
      (_all, x: string, down: string) => `${n(-Number(x))} ${down}`,
    );
    return path(`${blade} Z`, palette.main, 'opacity="0.96"') + path(`${mirrored} Z`, palette.main, 'opacity="0.96"');
  }).join('');
  return (
    ellipse(26, 34, 290, 286, palette.ink, 'opacity="0.3" filter="url(#blur20)"') +
    ellipse(0, 0, 284, 284, canvas.body(colour)) +
    ellipse(0, 0, 236, 236, darker(colour, 0.07)) +
    at(0, 0, 1, rect(150, -26, 130, 52, canvas.body(colour), 26), 32) +
    ellipse(8, 10, 196, 196, palette.ink, 'opacity="0.22" filter="url(#blur8)"') +
    ellipse(0, 0, 194, 194, canvas.body(lighter(colour, 0.12))) +
    ellipse(0, 0, 170, 170, canvas.radial([lighter(crema, 0.18), crema, mix(crema, espresso, 0.75)])) +
    at(
      0,
      4,
      1,
      fern +
        stroke('M0 -96 L0 134', palette.main, 7) +
        path('M0 -128 C -30 -150 -44 -116 0 -90 C 44 -116 30 -150 0 -128 Z', palette.main),
      turn,
    ) +
    stroke('M-128 -96 A 160 160 0 0 1 -40 -154', '#ffffff', 8, 'opacity="0.5"')
  );
}

/** A tall glass with ice and clouds of milk; stands at the origin. */
export function icedGlass(canvas: Canvas): string {
  const { palette, random } = canvas;
  const glass = 'M-112 -430 L -84 -24 C -82 -6 82 -6 84 -24 L 112 -430 Z';
  const drink = 'M-104 -360 L -82 -30 C -80 -14 80 -14 82 -30 L 104 -360 Z';
  const cloud = (x: number, y: number, size: number): string =>
    ellipse(x, y, size, size * 1.5, palette.main, 'opacity="0.75" filter="url(#blur20)"');
  const cube = (x: number, y: number): string =>
    at(
      x,
      y,
      1,
      rect(-38, -38, 76, 76, '#ffffff', 16, 'opacity="0.42"') +
        stroke('M-24 -24 L 4 -24', '#ffffff', 6, 'opacity="0.8"'),
      random.between(-30, 30),
    );
  return (
    shadow(150, canvas) +
    stroke('M30 -400 L 86 -560', palette.accent, 18) +
    path(drink, canvas.linear([lighter(crema, 0.5), crema, espresso])) +
    cloud(-40, -290, 46) +
    cloud(36, -230, 40) +
    cloud(-10, -160, 34) +
    cube(-46, -330) +
    cube(40, -318) +
    cube(-4, -262) +
    path(glass, canvas.linear(['#ffffff66', '#ffffff11', '#ffffff55'], { x: 1, y: 0 })) +
    stroke('M-90 -390 L -70 -80', '#ffffff', 10, 'opacity="0.6"') +
    ellipse(0, -430, 112, 18, 'none', 'stroke="#ffffff" stroke-width="6" opacity="0.8"')
  );
}

/** Croissants on a plate; stands at the origin, about 460 wide. */
export function croissants(canvas: Canvas): string {
  const { palette } = canvas;
  const plate =
    ellipse(0, -12, 250, 42, darker(palette.main, 0.2)) +
    ellipse(0, -24, 250, 42, canvas.body(palette.main)) +
    ellipse(0, -26, 190, 28, darker(palette.main, 0.08));
  return (
    shadow(255, canvas) + plate + at(-70, -62, 1.02, croissant(canvas), -5) + at(84, -54, 0.94, croissant(canvas), 9)
  );
}

function croissant(canvas: Canvas): string {
  const segment = (x: number, y: number, rx: number, ry: number, turn: number): string =>
    at(
      x,
      y,
      1,
      ellipse(0, 0, rx, ry, canvas.linear([lighter(crust, 0.38), crust, darker(crust, 0.34)])) +
        stroke(
          `M${-rx * 0.3} ${-ry * 0.74} Q ${rx * 0.25} ${-ry * 0.2} ${rx * 0.2} ${ry * 0.6}`,
          lighter(crust, 0.5),
          5,
          'opacity="0.6"',
        ),
      turn,
    );
  return (
    segment(-122, 20, 40, 25, -38) +
    segment(122, 20, 40, 25, 38) +
    segment(-84, -8, 54, 42, -26) +
    segment(84, -8, 54, 42, 26) +
    segment(-40, -28, 56, 54, -10) +
    segment(42, -28, 56, 54, 12) +
    segment(0, -36, 50, 60, 0)
  );
}

/** Swirled buns on a plate; stands at the origin, about 460 wide. */
export function buns(canvas: Canvas): string {
  const { palette } = canvas;
  const plate =
    ellipse(0, -12, 260, 40, darker(palette.main, 0.2)) + ellipse(0, -22, 260, 40, canvas.body(palette.main));
  return (
    shadow(265, canvas) +
    plate +
    at(4, -124, 0.94, bun(canvas), 20) +
    at(-112, -92, 1, bun(canvas), -14) +
    at(118, -88, 1, bun(canvas), 8)
  );
}

function bun(canvas: Canvas): string {
  const dough = ellipse(
    0,
    0,
    112,
    76,
    canvas.radial([lighter(crust, 0.45), crust, darker(crust, 0.3)], { x: 0.4, y: 0.3 }),
  );
  const points = Array.from({ length: 46 }, (_, index) => {
    const angle = index * 0.36;
    const reach = 6 + index * 2.05;
    return `${n(Math.cos(angle) * reach)} ${n(Math.sin(angle) * reach * 0.66)}`;
  });
  const swirl = `M${points.join(' L')}`;
  const icing = stroke('M-70 -22 C -40 -46 -16 -8 10 -28 C 34 -46 54 -20 76 -22', '#fffaf2', 13, 'opacity="0.9"');
  return (
    ellipse(6, 14, 112, 74, canvas.palette.ink, 'opacity="0.25" filter="url(#blur8)"') +
    dough +
    stroke(swirl, darker(crust, 0.45), 8, 'opacity="0.75"') +
    icing
  );
}

/** A round loaf on a board; stands at the origin. */
export function loaf(canvas: Canvas): string {
  const wood = mix(canvas.palette.surface, '#b98a5a', 0.6);
  const score = (x: number): string =>
    stroke(`M${x - 46} -108 C ${x - 24} -160 ${x + 8} -196 ${x + 40} -214`, lighter(crust, 0.62), 13, 'opacity="0.9"');
  return (
    shadow(280, canvas) +
    rect(-290, -30, 580, 34, canvas.body(wood), 17) +
    path(
      'M-226 -30 C -250 -150 -150 -262 0 -262 C 150 -262 250 -150 226 -30 Z',
      canvas.radial([lighter(crust, 0.34), crust, darker(crust, 0.42)], { x: 0.4, y: 0.25 }),
    ) +
    score(-96) +
    score(-14) +
    score(70) +
    ellipse(-60, -214, 90, 22, '#ffffff', 'opacity="0.22" filter="url(#blur8)"')
  );
}

/** A layered cake on a stand; stands at the origin. */
export function cake(canvas: Canvas): string {
  const { palette, random } = canvas;
  const icing = random.pick([palette.main, lighter(palette.accent2, 0.45), lighter(palette.far, 0.35)]);
  const drip = Array.from({ length: 9 }, (_, index) =>
    rect(-180 + index * 40, -300, 34, random.between(44, 100), palette.accent2, 17),
  ).join('');
  const berries = Array.from({ length: 7 }, (_, index) =>
    ellipse(
      -132 + index * 44,
      -322 - (index % 2) * 12,
      22,
      22,
      canvas.body(index % 3 === 1 ? palette.accent : palette.accent2),
    ),
  ).join('');
  return (
    shadow(170, canvas) +
    path('M-90 0 C -50 -20 -30 -60 -28 -110 L 28 -110 C 30 -60 50 -20 90 0 Z', canvas.body(palette.main)) +
    ellipse(0, -112, 250, 30, darker(palette.main, 0.14)) +
    ellipse(0, -120, 250, 30, canvas.body(palette.main)) +
    rect(-184, -300, 368, 180, canvas.linear([lighter(icing, 0.2), icing, darker(icing, 0.16)], { x: 1, y: 0.1 }), 22) +
    rect(-184, -222, 368, 20, palette.accent, 0, 'opacity="0.5"') +
    ellipse(0, -298, 184, 32, lighter(palette.accent2, 0.12)) +
    drip +
    berries
  );
}
