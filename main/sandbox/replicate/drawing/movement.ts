import { at, type Canvas, ellipse, path, rect, shadow, stroke } from './canvas.ts';
import { darker, lighter } from './palette.ts';

interface Person {
  skin: string;
  hair: string;
  top: string;
  legs: string;
}

function person(canvas: Canvas): Person {
  const { palette, random } = canvas;
  return {
    skin: random.pick(['#e6b595', '#c98e6b', '#a9714f', '#8a5a3c']),
    hair: random.pick(['#2c1c18', '#3a211a', '#1d1a26']),
    top: random.pick([palette.accent, palette.accent2, palette.main]),
    legs: random.pick([palette.ink, darker(palette.near, 0.35), '#31435e']),
  };
}

/** Somebody doing yoga; on the ground at the origin, 500 to 720 high. */
export function yogaPose(canvas: Canvas, prompt: string): string {
  if (/tree/i.test(prompt)) return treePose(canvas);
  if (/seated|meditat|lotus|breath/i.test(prompt)) return lotus(canvas, false);
  return canvas.random.pick([() => lotus(canvas, true), () => treePose(canvas), () => lotus(canvas, false)])();
}

function lotus(canvas: Canvas, armsUp: boolean): string {
  const { skin, hair, top, legs } = person(canvas);
  const limb = darker(skin, 0.03);
  const arms = armsUp
    ? stroke('M-80 -270 C -150 -340 -96 -430 -6 -508', limb, 34) +
      stroke('M80 -270 C 150 -340 96 -430 6 -508', limb, 34)
    : stroke('M-82 -266 C -142 -220 -156 -150 -176 -84', limb, 34) +
      stroke('M82 -266 C 142 -220 156 -150 176 -84', limb, 34);
  return (
    mat(canvas, 330) +
    shadow(230, canvas, 0.3) +
    ellipse(0, -382, 48, 52, hair) +
    ellipse(0, -438, 26, 26, hair) +
    rect(-20, -330, 40, 60, darker(skin, 0.14), 16) +
    (armsUp ? arms : '') +
    path(
      'M-64 -70 C -54 -150 -50 -196 -96 -268 C -70 -304 70 -304 96 -268 C 50 -196 54 -150 64 -70 Z',
      canvas.body(top),
    ) +
    path(
      'M-222 -40 C -206 -96 -92 -122 0 -98 C 92 -122 206 -96 222 -40 C 206 -2 66 6 0 -12 C -66 6 -206 -2 -222 -40 Z',
      canvas.body(legs),
    ) +
    stroke('M-176 -34 C -100 -26 -40 -40 66 -72', lighter(legs, 0.16), 6, 'opacity="0.6"') +
    ellipse(-74, -14, 46, 17, skin) +
    ellipse(78, -16, 46, 17, skin) +
    (armsUp ? '' : `${arms}${ellipse(-180, -76, 20, 17, skin)}${ellipse(180, -76, 20, 17, skin)}`) +
    ellipse(0, -354, 42, 50, skin) +
    path('M-46 -360 C -48 -420 48 -420 46 -360 C 30 -386 -16 -392 -46 -360 Z', hair)
  );
}

function treePose(canvas: Canvas): string {
  const { skin, hair, top, legs } = person(canvas);
  const limb = darker(skin, 0.03);
  return (
    mat(canvas, 260) +
    shadow(120, canvas, 0.3) +
    stroke('M-52 -520 C -104 -590 -60 -660 -4 -730', limb, 30) +
    stroke('M52 -520 C 104 -590 60 -660 4 -730', limb, 30) +
    ellipse(0, -628, 42, 46, hair) +
    ellipse(-34, -660, 22, 22, hair) +
    rect(-16, -570, 32, 56, darker(skin, 0.14), 14) +
    path('M-26 -330 C -34 -200 -22 -100 -22 -22 L 22 -22 C 30 -110 46 -220 44 -330 Z', canvas.body(legs)) +
    path(
      'M40 -340 C 96 -336 160 -300 182 -262 C 188 -246 178 -234 160 -236 C 116 -238 60 -214 20 -190 C 6 -196 6 -216 16 -228 C 50 -250 84 -266 104 -272 C 80 -284 46 -292 22 -296 Z',
      canvas.body(lighter(legs, 0.1)),
    ) +
    ellipse(4, -196, 17, 30, skin) +
    ellipse(14, -12, 48, 16, skin) +
    path(
      'M-50 -318 C -40 -390 -36 -430 -62 -510 C -46 -540 46 -540 62 -510 C 38 -430 42 -390 52 -318 Z',
      canvas.body(top),
    ) +
    ellipse(0, -604, 36, 44, skin) +
    path('M-40 -610 C -42 -660 42 -660 40 -610 C 24 -634 -14 -638 -40 -610 Z', hair)
  );
}

function mat(canvas: Canvas, half: number): string {
  const colour = canvas.palette.accent2;
  return (
    ellipse(0, 2, half, half * 0.1, darker(colour, 0.18), 'opacity="0.75"') +
    ellipse(0, -4, half, half * 0.1, colour, 'opacity="0.85"')
  );
}

/** Dumbbells, a kettlebell, a bottle and a rolled mat; stands at the origin, about 760 wide. */
export function equipment(canvas: Canvas): string {
  const { accent } = canvas.palette;
  return (
    at(-290, -10, 0.86, rolledMat(canvas)) +
    at(116, -14, 0.98, bottle(canvas)) +
    at(-96, 6, 0.98, kettlebell(canvas, accent)) +
    at(196, 52, 0.78, dumbbell(canvas), -3)
  );
}

function kettlebell(canvas: Canvas, colour: string): string {
  const metal = canvas.linear([lighter(colour, 0.24), colour, darker(colour, 0.42)], { x: 0.9, y: 0.8 });
  return (
    shadow(140, canvas) +
    path(
      'M-92 -210 C -104 -330 -70 -372 0 -372 C 70 -372 104 -330 92 -210 L 54 -210 C 62 -300 46 -326 0 -326 C -46 -326 -62 -300 -54 -210 Z',
      metal,
    ) +
    ellipse(0, -132, 146, 134, metal) +
    rect(-84, -14, 168, 16, darker(colour, 0.45), 8) +
    ellipse(0, -124, 62, 62, lighter(colour, 0.3), 'opacity="0.5"') +
    stroke('M-112 -150 C -108 -200 -80 -232 -48 -244', '#ffffff', 13, 'opacity="0.35"')
  );
}

function dumbbell(canvas: Canvas): string {
  const { palette } = canvas;
  const plate = (x: number, height: number, colour: string): string =>
    rect(
      x - 27,
      -height,
      54,
      height,
      canvas.linear([lighter(colour, 0.25), colour, darker(colour, 0.3)], { x: 0.4, y: 1 }),
      18,
    );
  return (
    shadow(250, canvas) +
    rect(-120, -82, 240, 26, canvas.linear(['#f4f1ee', '#a9a4ad']), 10) +
    plate(-146, 138, palette.ink) +
    plate(-202, 106, palette.accent2) +
    plate(146, 138, palette.ink) +
    plate(202, 106, palette.accent2)
  );
}

function rolledMat(canvas: Canvas): string {
  const colour = canvas.palette.near;
  return (
    shadow(100, canvas) +
    rect(
      -80,
      -420,
      160,
      424,
      canvas.linear([lighter(colour, 0.28), colour, darker(colour, 0.25)], { x: 1, y: 0 }),
      60,
    ) +
    ellipse(0, -404, 80, 26, lighter(colour, 0.2)) +
    ellipse(0, -404, 50, 15, darker(colour, 0.12)) +
    ellipse(0, -404, 22, 7, lighter(colour, 0.2)) +
    rect(-82, -300, 164, 20, canvas.palette.main, 4, 'opacity="0.8"') +
    rect(-82, -140, 164, 20, canvas.palette.main, 4, 'opacity="0.8"')
  );
}

function bottle(canvas: Canvas): string {
  const { palette } = canvas;
  return (
    shadow(74, canvas) +
    rect(
      -58,
      -300,
      116,
      302,
      canvas.linear([lighter(palette.accent2, 0.4), palette.accent2, darker(palette.accent2, 0.18)], { x: 1, y: 0 }),
      40,
    ) +
    rect(-34, -352, 68, 66, canvas.body(palette.ink), 14) +
    rect(-58, -190, 116, 70, palette.main, 0, 'opacity="0.6"') +
    stroke('M-38 -262 L -38 -60', '#ffffff', 10, 'opacity="0.45"')
  );
}
