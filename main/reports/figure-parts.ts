import type { Figures } from '../../shared/contract/insights.ts';
import { platformNames } from '../../shared/domain/platform.ts';
import { drawBars, drawLine } from './charts.ts';
import { silenceOf } from './figures-in-words.ts';
import { faint, ground, heading, ink, inside, type Pen, quiet, room } from './pen.ts';
import { page } from './sheet.ts';

/** The figures that are shown, in this order. */
const shownFigures = [
  'views',
  'viewers',
  'interactions',
  'followers',
  'posts',
] as const satisfies readonly (keyof Figures)[];

/** The figures of the month beside those of the month before. */
export function drawTiles(pen: Pen): void {
  const { sheet, report, words, speech } = pen;
  const { now, before, networks, periodBefore } = report.overview;
  const platforms = networks.map(({ platform }) => platform);
  const gap = 8;
  const width = (inside - gap * (shownFigures.length - 1)) / shownFigures.length;
  const height = 84;
  for (const [index, name] of shownFigures.entries()) {
    const x = page.margin + index * (width + gap);
    const within = { x: x + 9, width: width - 18 };
    sheet.box(x, pen.y, width, height, { fill: ground, radius: 6 });
    sheet.text(words.figure[name], { ...within, y: pen.y + 9, size: 8, color: quiet, lines: 1 });
    const value = now[name];
    const shown = value === null ? '–' : speech.number(value);
    const size = shown.length > 7 ? 14 : 18;
    sheet.text(shown, { ...within, y: pen.y + 22, size, weight: 'bold', lines: 1 });
    const earlier = before[name];
    const month = speech.month(periodBefore.from.slice(0, 7));
    const note = earlier === null ? words.nothingBefore : words.before(speech.number(earlier), month);
    const height1 = sheet.text(note, { ...within, y: pen.y + 50, size: 7, color: quiet, lines: 2 });
    const silence = silenceOf(name, platforms, words, speech);
    if (silence !== null && height1 < 12) {
      sheet.text(silence, { ...within, y: pen.y + 50 + height1, size: 7, color: quiet, lines: 2 });
    }
  }
  pen.y += height + 24;
}

/** Views and followers by day, where anything is known of them. */
export function drawDays(pen: Pen): void {
  const { sheet, report, words, speech, color } = pen;
  const { series } = report.overview;
  const looks = {
    color,
    scale: (value: number) => (value < 10_000 ? speech.number(value) : speech.short(value)),
    below: (index: number) => (index % 5 === 0 ? speech.day(series[index]?.day ?? '') : null),
  };
  const place = { x: page.margin, width: inside, height: 128 };
  if (series.some(({ views }) => views !== null)) {
    room(pen, 165);
    heading(pen, words.viewsByDay);
    drawBars(
      sheet,
      series.map(({ views }) => views),
      { ...place, y: pen.y },
      looks,
    );
    pen.y += place.height + 20;
  }
  if (series.some(({ followers }) => followers !== null)) {
    room(pen, 165);
    heading(pen, words.followersByDay);
    drawLine(
      sheet,
      series.map(({ followers }) => followers),
      { ...place, y: pen.y },
      looks,
    );
    pen.y += place.height + 20;
  }
}

/** A row of figures for each network; what a network does not give is said. */
export function drawNetworks(pen: Pen): void {
  const { sheet, report, words, speech } = pen;
  const { networks } = report.overview;
  if (networks.length === 0) return;
  room(pen, 60 + networks.length * 24);
  heading(pen, words.networks);
  const first = 110;
  const width = (inside - first) / shownFigures.length;
  const cell = (index: number) =>
    ({ x: page.margin + first + index * width, width: width - 4, align: 'end', lines: 1 }) as const;
  sheet.text(words.network, { x: page.margin, y: pen.y, width: first, size: 8, color: quiet, lines: 1 });
  for (const [index, name] of shownFigures.entries()) {
    sheet.text(words.figure[name], { ...cell(index), y: pen.y, size: 8, color: quiet });
  }
  pen.y += 16;
  for (const { platform, now } of networks) {
    sheet.rule(page.margin, pen.y, inside, faint);
    sheet.text(platformNames[platform], {
      x: page.margin,
      y: pen.y + 5,
      width: first,
      size: 10,
      weight: 'semibold',
      lines: 1,
    });
    for (const [index, name] of shownFigures.entries()) {
      const value = now[name];
      const isSilent = silenceOf(name, [platform], words, speech) !== null;
      const shown = value === null ? (isSilent ? words.dash : '–') : speech.number(value);
      sheet.text(shown, {
        ...cell(index),
        y: pen.y + 5,
        size: value === null ? 8 : 10,
        color: value === null ? quiet : ink,
      });
    }
    pen.y += 24;
  }
  pen.y += 18;
}
