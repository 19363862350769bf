import type { Motif } from './motif.ts';
import type { Random } from './random.ts';

/** The colours of one picture by the part they play, as `#rrggbb`. */
export interface Palette {
  /** Background, from above to below. */
  top: string;
  bottom: string;
  /** Sun, moon or lamp. */
  glow: string;
  /** Layers behind each other. */
  far: string;
  mid: string;
  near: string;
  /** What things stand on. */
  surface: string;
  /** Ceramics, walls, skin of the subject. */
  main: string;
  accent: string;
  accent2: string;
  leaf: string;
  ink: string;
}

const palettes = {
  terracotta: {
    top: '#fdeedd',
    bottom: '#f7c3a0',
    glow: '#fff6e6',
    far: '#efb08c',
    mid: '#dd8a63',
    near: '#bd6548',
    surface: '#9a5140',
    main: '#fff7ec',
    accent: '#2f6f6a',
    accent2: '#f2b84e',
    leaf: '#6b8f63',
    ink: '#43261f',
  },
  sage: {
    top: '#f4f6ea',
    bottom: '#cfe0c6',
    glow: '#fffbea',
    far: '#b9d2b2',
    mid: '#93b79d',
    near: '#64937f',
    surface: '#4b6f62',
    main: '#fffaf0',
    accent: '#e2825b',
    accent2: '#f3c969',
    leaf: '#5f9a72',
    ink: '#26403a',
  },
  dusk: {
    top: '#4a3a78',
    bottom: '#f6a182',
    glow: '#ffe0ab',
    far: '#9a679a',
    mid: '#6d4c8e',
    near: '#4a3874',
    surface: '#34285a',
    main: '#fff1e2',
    accent: '#ff8e72',
    accent2: '#ffd37a',
    leaf: '#6f8fb2',
    ink: '#1f183a',
  },
  blush: {
    top: '#fff5f3',
    bottom: '#f9d0d2',
    glow: '#fffaf2',
    far: '#f5bcc1',
    mid: '#e597a3',
    near: '#c97487',
    surface: '#ad6577',
    main: '#fffaf5',
    accent: '#43857a',
    accent2: '#f7c873',
    leaf: '#7fae8c',
    ink: '#57283a',
  },
  lagoon: {
    top: '#e6f5f1',
    bottom: '#9fd3cd',
    glow: '#fff6dd',
    far: '#82bfbd',
    mid: '#559ba1',
    near: '#357784',
    surface: '#2a616d',
    main: '#fffaf1',
    accent: '#f08a5d',
    accent2: '#f9d56e',
    leaf: '#4f9a83',
    ink: '#15363f',
  },
  honey: {
    top: '#fff7de',
    bottom: '#fbd591',
    glow: '#fffdf0',
    far: '#f4c06c',
    mid: '#e09a4a',
    near: '#bb7233',
    surface: '#8c5530',
    main: '#fffaf0',
    accent: '#3f6e8c',
    accent2: '#e8663f',
    leaf: '#7f9a54',
    ink: '#4a2b16',
  },
  morning: {
    top: '#dfeefc',
    bottom: '#fce5d6',
    glow: '#fff5e0',
    far: '#c3d6ea',
    mid: '#9ab6d6',
    near: '#6d8fb9',
    surface: '#c08d70',
    main: '#fffdf8',
    accent: '#e9795d',
    accent2: '#f6c667',
    leaf: '#6fa37f',
    ink: '#2b3b57',
  },
  night: {
    top: '#121c40',
    bottom: '#4a5a9c',
    glow: '#fdeec8',
    far: '#3e4d8c',
    mid: '#2c3a70',
    near: '#1d2853',
    surface: '#1a2248',
    main: '#f9efdd',
    accent: '#ff9d76',
    accent2: '#ffd98a',
    leaf: '#4f7f93',
    ink: '#0d1430',
  },
  rain: {
    top: '#d5dee7',
    bottom: '#9db0c3',
    glow: '#fbe0b0',
    far: '#8fa4b9',
    mid: '#708aa3',
    near: '#52708c',
    surface: '#7a5a4b',
    main: '#fffaf2',
    accent: '#e88f5a',
    accent2: '#f6cb78',
    leaf: '#5f8f86',
    ink: '#27394c',
  },
  plum: {
    top: '#fbeefa',
    bottom: '#e3c3e6',
    glow: '#fff6ea',
    far: '#cfa6d6',
    mid: '#a877b8',
    near: '#7d5296',
    surface: '#65417c',
    main: '#fffaf6',
    accent: '#f2a65a',
    accent2: '#f9d77e',
    leaf: '#6fa08a',
    ink: '#3a2049',
  },
} satisfies Record<string, Palette>;

type Mood = keyof typeof palettes;

const moods: [RegExp, Mood[]][] = [
  [/\b(rain|rainy|grey|cloud)/i, ['rain']],
  [/\b(moon|night|violet)/i, ['night', 'plum']],
  [/\b(sunset|evening|dusk|glowing)/i, ['dusk', 'terracotta']],
  [/\b(sunrise|golden|honey|lemon|sunset-coloured)/i, ['honey', 'terracotta', 'morning']],
  [/\b(blush|peon|romantic|wedding|bridal|pink|pastel)/i, ['blush', 'plum']],
  [/\b(green and white|leafy|greenhouse|fresh green)/i, ['sage']],
  [/\b(lavender|violet|purple)/i, ['plum']],
  [/\b(beach|sea|water|iced|calm)/i, ['lagoon', 'morning']],
];

const usual: Record<Motif, Mood[]> = {
  coffee: ['terracotta', 'honey', 'morning', 'sage', 'blush'],
  pastry: ['honey', 'terracotta', 'blush', 'morning'],
  bouquet: ['blush', 'sage', 'morning', 'plum', 'lagoon', 'honey'],
  garden: ['sage', 'morning', 'lagoon', 'honey'],
  yoga: ['lagoon', 'dusk', 'sage', 'morning', 'plum'],
  weights: ['terracotta', 'lagoon', 'plum', 'sage'],
  storefront: ['morning', 'lagoon', 'honey', 'blush', 'sage'],
  landscape: ['dusk', 'lagoon', 'terracotta', 'plum', 'sage'],
  abstract: ['terracotta', 'lagoon', 'plum', 'blush', 'honey', 'sage'],
};

/** Colours for a prompt: by the mood its words name, else one of the motif's usual moods. */
export function choosePalette(prompt: string, motif: Motif, random: Random): Palette {
  const named = moods.find(([pattern]) => pattern.test(prompt))?.[1];
  return palettes[random.pick(named ?? usual[motif])];
}

/** The colour `share` of the way from `a` to `b`. */
export function mix(a: string, b: string, share: number): string {
  const channel = (colour: string, at: number): number => Number.parseInt(colour.slice(at, at + 2), 16);
  const mixed = [1, 3, 5].map((at) => Math.round(channel(a, at) + (channel(b, at) - channel(a, at)) * share));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

export function lighter(colour: string, share: number): string {
  return mix(colour, '#ffffff', share);
}

export function darker(colour: string, share: number): string {
  return mix(colour, '#1a1024', share);
}
