import { inflateSync } from 'node:zlib';
import sharp from 'sharp';
import type { Figures } from '../../shared/contract/insights.ts';
import type { Report } from '../core/ports/reports.ts';

/* For the tests of this folder. */

const figures: Figures = {
  views: 12_345,
  viewers: 8_765,
  likes: 640,
  comments: 41,
  shares: 33,
  saves: null,
  reposts: null,
  clicks: 120,
  interactions: 714,
  posts: 12,
  followers: 1_890,
  followersGained: 97,
};

/** A café's November. */
export async function sampleReport(change: Partial<Report> = {}): Promise<Report> {
  const days = Array.from({ length: 30 }, (_, index) => `2026-11-${String(index + 1).padStart(2, '0')}`);
  const picture = new Uint8Array(
    await sharp({ create: { width: 320, height: 400, channels: 3, background: '#b5643c' } })
      .jpeg()
      .toBuffer(),
  );
  const before = { ...figures, views: 9_000, posts: 9, followers: 1_793, viewers: null };
  return {
    agency: { name: 'Lighthouse Social', color: '#0f7656', logo: null },
    clientName: 'Juniper Lane Coffee & Bakes',
    language: 'en',
    timezone: 'Europe/London',
    month: '2026-11',
    isRunning: false,
    madeAt: Date.UTC(2026, 11, 1, 9),
    overview: {
      period: { from: '2026-11-01', to: '2026-11-30' },
      periodBefore: { from: '2026-10-01', to: '2026-10-31' },
      since: '2026-10-01',
      now: figures,
      before,
      networks: [
        { platform: 'facebook', accounts: 1, now: figures, before },
        { platform: 'tiktok', accounts: 1, now: { ...figures, viewers: null }, before },
      ],
      clients: [],
      series: days.map((day, index) => ({
        day,
        views: index === 12 ? null : 200 + ((index * 137) % 500),
        interactions: (index * 31) % 60,
        posts: index % 3 === 0 ? 1 : 0,
        followers: 1_793 + index * 3,
      })),
    },
    best: [
      {
        caption:
          'Four o’clock this morning: Maya, one radio, eighty croissants. 🥐👩🏽‍🍳 Seven o’clock: you, and one of them is yours.',
        publishedAt: Date.UTC(2026, 10, 12, 7, 30),
        platforms: ['facebook', 'instagram', 'tiktok'],
        score: 2.4,
        views: 2_310,
        interactions: 188,
        picture,
      },
      {
        caption: '日本語のキャプション',
        publishedAt: Date.UTC(2026, 10, 5, 18),
        platforms: ['facebook'],
        score: null,
        views: null,
        interactions: null,
        picture: null,
      },
    ],
    times: {
      period: { from: '2026-09-02', to: '2026-11-30' },
      posts: 14,
      minimum: 12,
      timezone: 'Europe/London',
      hours: [],
      best: [{ weekday: 2, hour: 18, posts: 6, score: 1.7 }],
    },
    calendar: days.filter((_, index) => index % 3 === 0).map((day) => ({ day, posts: 1 })),
    plan: [
      {
        at: Date.UTC(2026, 11, 3, 7, 30),
        caption: 'A winter loaf with rye.',
        platforms: ['facebook'],
        isApproved: true,
      },
      { at: Date.UTC(2026, 11, 5, 7, 30), caption: 'Saturday table.', platforms: ['instagram'], isApproved: false },
    ],
    planLeftOut: 0,
    ...change,
  };
}

export interface ReadPdf {
  pages: number;
  /** What stands on all pages, in the order it was drawn. */
  text: string;
  /** Names of the typefaces that are embedded. */
  fonts: string[];
  /** How often the sign for what a typeface does not have (a box) is drawn. */
  boxes: number;
}

/** Reads a PDF of pdfkit's as a viewer would, as far as tests need it. */
export function readPdf(bytes: Uint8Array): ReadPdf {
  const file = Buffer.from(bytes).toString('latin1');
  const objects = new Map<string, string>();
  for (const [, id = '', body = ''] of file.matchAll(/(\d+) 0 obj\n(.*?)\nendobj/gs)) objects.set(id, body);
  const signs = new Map<string, Map<string, string>>();
  for (const [, resources = ''] of file.matchAll(/\/Font <<\n(.*?)>>/gs)) {
    for (const [, name = '', id = ''] of resources.matchAll(/\/(F\d+) (\d+) 0 R/g))
      signs.set(name, signsOf(objects, id));
  }
  let text = '';
  let boxes = 0;
  const pages = [...objects.values()].filter((body) => /\/Type \/Page\n/.test(body));
  for (const page of pages) {
    const content = streamOf(objects.get(/\/Contents (\d+) 0 R/.exec(page)?.[1] ?? '') ?? '');
    let font = '';
    for (const [, name, words = ''] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[(.*?)\] TJ/g)) {
      if (name !== undefined) font = name;
      else {
        const codes = [...words.matchAll(/<([\da-f]+)>/g)].flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? []);
        boxes += codes.filter((code) => code === '0000').length;
        text += `${codes.map((code) => signs.get(font)?.get(code) ?? '').join('')} `;
      }
    }
  }
  const fonts = [...file.matchAll(/\/FontName \/(\S+)/g)].map(([, name = '']) => name);
  return { pages: pages.length, text, fonts, boxes };
}

function signsOf(objects: ReadonlyMap<string, string>, font: string): Map<string, string> {
  const map = streamOf(objects.get(/\/ToUnicode (\d+) 0 R/.exec(objects.get(font) ?? '')?.[1] ?? '') ?? '');
  const signs = new Map<string, string>();
  for (const [, first = '', list = ''] of map.matchAll(/<([\da-f]{4})> <[\da-f]{4}> \[(.*?)\]/gs)) {
    for (const [index, [, hex = '']] of [...list.matchAll(/<([\da-f ]+)>/g)].entries()) {
      const units = hex.replaceAll(' ', '').match(/.{4}/g) ?? [];
      const code = (Number.parseInt(first, 16) + index).toString(16).padStart(4, '0');
      signs.set(code, String.fromCharCode(...units.map((unit) => Number.parseInt(unit, 16))));
    }
  }
  return signs;
}

function streamOf(body: string): string {
  const start = body.indexOf('stream\n') + 7;
  const raw = Buffer.from(body.slice(start, body.lastIndexOf('\nendstream')), 'latin1');
  return body.includes('/FlateDecode') ? inflateSync(raw).toString('latin1') : raw.toString('latin1');
}
