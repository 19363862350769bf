import type { Figures } from '../../shared/contract/insights.ts';
import { inkOn } from '../../shared/domain/contrast.ts';
import { platformNames } from '../../shared/domain/platform.ts';
import type { PlannedPost, Report, ReportedPost } from '../core/ports/reports.ts';
import { drawBars, drawLine } from './charts.ts';
import { silenceOf, type Speech, speechOf, summaryOf } from './figures-in-words.ts';
import { page, Sheet } from './sheet.ts';
import { type Words, wordsIn } from './words/index.ts';

const appColor = '#4d5bd6';
const ink = '#1c212b';
const quiet = '#545c6b';
const faint = '#e6e9ee';
const ground = '#f6f7fa';
const inside = page.width - 2 * page.margin;
const bottom = page.height - page.margin - page.foot;

/** What every part of the report is drawn with; `y` is where the next part begins. */
interface Pen {
  sheet: Sheet;
  report: Report;
  words: Words;
  speech: Speech;
  color: string;
  agency: string;
  y: number;
}

/** A client's month as a PDF: in short, by day, by network, the best posts, the calendar, and what comes next. */
export function writeMonthly(report: Report): Promise<Uint8Array> {
  const words = wordsIn(report.language);
  const speech = speechOf(words, report.timezone);
  const agency = report.agency.name.trim() === '' ? words.agency : report.agency.name;
  const { direction, language } = words;
  const title = `${words.title}: ${report.clientName}, ${speech.month(report.month)}`;
  const sheet = new Sheet({ direction, language, title, author: agency });
  const pen: Pen = { sheet, report, words, speech, agency, color: report.agency.color ?? appColor, y: 0 };
  sheet.addPage();
  drawHead(pen);
  drawSummary(pen);
  drawTiles(pen);
  drawDays(pen);
  drawNetworks(pen);
  drawBest(pen);
  drawCalendar(pen);
  drawTimes(pen);
  drawPlan(pen);
  return sheet.finish((number, of) => drawFoot(pen, number, of));
}

function drawHead(pen: Pen): void {
  const { sheet, report, words, speech, color, agency } = pen;
  const onColor = inkOn(color);
  sheet.box(0, 0, page.width, 168, { fill: color });
  const { logo } = report.agency;
  if (logo === null) {
    sheet.text(agency, {
      x: page.margin,
      y: 36,
      width: 300,
      size: 14,
      weight: 'semibold',
      color: onColor,
      lines: 1,
      isQuoted: true,
    });
  } else {
    // A logo is made for some ground, and that is mostly white.
    sheet.box(page.margin, 28, 132, 44, { fill: '#ffffff', radius: 6 });
    sheet.picture(Buffer.from(logo, 'base64'), page.margin + 8, 33, 116, 34, 'contain');
    sheet.text(agency, {
      x: page.margin + 146,
      y: 40,
      width: 200,
      size: 11,
      weight: 'semibold',
      color: onColor,
      lines: 1,
      isQuoted: true,
    });
  }
  const aside = { x: page.margin + inside - 180, width: 180, align: 'end', color: onColor } as const;
  sheet.text(words.title, { ...aside, y: 38, size: 11, lines: 1 });
  sheet.text(report.clientName, {
    x: page.margin,
    y: 88,
    width: inside,
    size: 25,
    weight: 'bold',
    color: onColor,
    lines: 1,
    isQuoted: true,
  });
  const until = report.isRunning
    ? ` (${words.soFar(speech.day(new Date(report.madeAt).toISOString().slice(0, 10)))})`
    : '';
  sheet.text(`${speech.month(report.month)}${until}`, {
    x: page.margin,
    y: 126,
    width: inside,
    size: 14,
    color: onColor,
    lines: 1,
  });
  pen.y = 192;
}

function drawSummary(pen: Pen): void {
  const { sheet, report, words, speech } = pen;
  const sentences = summaryOf(report.overview, report.best[0]?.score ?? null, words, speech);
  heading(pen, words.summary.title);
  pen.y += sheet.text(sentences.join(' '), { x: page.margin, y: pen.y, width: inside, size: 11, color: ink });
  pen.y += 18;
}

const tiles = ['views', 'viewers', 'interactions', 'followers', 'posts'] as const satisfies readonly (keyof Figures)[];

function drawTiles(pen: Pen): void {
  const { sheet, report, words, speech } = pen;
  const { now, before, networks, periodBefore } = report.overview;
  const platforms = networks.map(({ platform }) => platform);
  const gap = 8;
  const width = (inside - gap * (tiles.length - 1)) / tiles.length;
  const height = 84;
  for (const [index, name] of tiles.entries()) {
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

function drawDays(pen: Pen): void {
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

const columns = [
  'posts',
  'views',
  'viewers',
  'interactions',
  'followers',
] as const satisfies readonly (keyof Figures)[];

function drawNetworks(pen: Pen): void {
  const { sheet, report, words, speech } = pen;
  const { networks } = report.overview;
  if (networks.length === 0) return;
  room(pen, 60 + networks.length * 24);
  heading(pen, words.networks);
  const first = 110;
  const width = (inside - first) / columns.length;
  const cell = (index: number) =>
    ({ x: page.margin + first + index * width, width: width - 4, align: 'end', lines: 1 }) as const;
  sheet.text(words.network, { x: page.margin, y: pen.y, width: first, size: 8, color: quiet, lines: 1 });
  for (const [index, name] of columns.entries()) {
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
    for (const [index, name] of columns.entries()) {
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

function drawBest(pen: Pen): void {
  const { sheet, report, words } = pen;
  const rowHeight = 92;
  room(pen, 50 + rowHeight);
  heading(pen, words.best);
  if (report.best.length === 0) {
    pen.y += sheet.text(words.noPostsYet, { x: page.margin, y: pen.y, width: inside, size: 10, color: quiet }) + 18;
    return;
  }
  pen.y += sheet.text(words.bestHow, { x: page.margin, y: pen.y, width: inside, size: 8, color: quiet }) + 8;
  for (const post of report.best) {
    room(pen, rowHeight);
    drawPost(pen, post);
    pen.y += rowHeight;
  }
  pen.y += 12;
}

function drawPost({ sheet, words, speech, color, y }: Pen, post: ReportedPost): void {
  const pictureWidth = 62;
  if (post.picture === null) sheet.box(page.margin, y, pictureWidth, 78, { fill: ground, radius: 5 });
  else sheet.picture(post.picture, page.margin, y, pictureWidth, 78, 'cover');
  const x = page.margin + pictureWidth + 14;
  const width = inside - pictureWidth - 14 - 96;
  const height = sheet.text(captionOf(sheet, post.caption, words, speech.moment(post.publishedAt)), {
    x,
    y: y + 1,
    width,
    size: 10,
    weight: 'semibold',
    lines: 3,
    isQuoted: true,
  });
  const networks = speech.list(post.platforms.map((platform) => platformNames[platform]));
  const when = `${speech.moment(post.publishedAt)} · ${networks}`;
  sheet.text(when, { x, y: y + height + 5, width, size: 8, color: quiet, lines: 2 });
  const aside = { x: page.margin + inside - 92, width: 92, align: 'end', lines: 1 } as const;
  if (post.score !== null) {
    sheet.text(words.score(speech.score(post.score)), {
      ...aside,
      y: y + 1,
      size: 11,
      weight: 'bold',
      color: readable(color),
    });
  }
  const known = [
    ...(post.views === null ? [] : [words.views(speech.number(post.views))]),
    ...(post.interactions === null ? [] : [words.interactions(speech.number(post.interactions))]),
  ];
  for (const [index, text] of known.entries())
    sheet.text(text, { ...aside, y: y + 20 + index * 13, size: 8.5, color: quiet });
}

function drawCalendar(pen: Pen): void {
  const { sheet, report, words, speech, color } = pen;
  const { from, to } = report.overview.period;
  const { firstWeekday } = speech;
  /** 0 is the first of a row. */
  const columnOf = (day: string) => (new Date(day).getUTCDay() - firstWeekday + 14) % 7;
  const posts = new Map(report.calendar.map((day) => [day.day, day.posts]));
  const rows = Math.ceil((columnOf(from) + Number(to.slice(8))) / 7);
  const cell = { width: inside / 7, height: 34 };
  room(pen, 60 + rows * cell.height);
  heading(pen, words.calendar);
  for (let column = 0; column < 7; column += 1) {
    const x = page.margin + column * cell.width;
    const name = speech.weekday(firstWeekday + column, 'short');
    sheet.text(name, { x, y: pen.y, width: cell.width, size: 8, color: quiet, align: 'center', lines: 1 });
  }
  pen.y += 15;
  for (let date = 1; date <= Number(to.slice(8)); date += 1) {
    const day = `${from.slice(0, 8)}${String(date).padStart(2, '0')}`;
    const index = columnOf(from) + date - 1;
    const x = page.margin + (index % 7) * cell.width;
    const y = pen.y + Math.floor(index / 7) * cell.height;
    const count = posts.get(day) ?? 0;
    const box = { x: x + 1.5, y: y + 1.5, width: cell.width - 3, height: cell.height - 3 };
    sheet.box(box.x, box.y, box.width, box.height, { fill: count > 0 ? color : ground, radius: 4 });
    const inkHere = count > 0 ? inkOn(color) : quiet;
    sheet.text(speech.number(date), { x: box.x + 6, y: box.y + 3, width: 20, size: 8, color: inkHere, lines: 1 });
    if (count === 0) continue;
    const note = words.postsOn(speech.number(count));
    sheet.text(note, {
      x: box.x + 6,
      y: box.y + 16,
      width: box.width - 10,
      size: 7,
      weight: 'semibold',
      color: inkHere,
      lines: 1,
    });
  }
  pen.y += rows * cell.height + 20;
}

function drawTimes(pen: Pen): void {
  const { sheet, report, words, speech } = pen;
  const { posts, minimum, best } = report.times;
  const hours = best.map(({ weekday, hour }) => words.hour(speech.weekday(weekday, 'long'), speech.hour(hour)));
  const tooFew = words.timesTooFew(speech.number(posts), speech.number(minimum));
  const sentence = posts < minimum ? tooFew : best.length === 0 ? words.timesNone : words.timesBest(speech.list(hours));
  room(pen, 60);
  heading(pen, words.times);
  pen.y += sheet.text(sentence, { x: page.margin, y: pen.y, width: inside, size: 10 }) + 20;
}

function drawPlan(pen: Pen): void {
  const { sheet, report, words, speech } = pen;
  room(pen, 80);
  heading(pen, words.plan);
  if (report.plan.length === 0) {
    pen.y += sheet.text(words.planNothing, { x: page.margin, y: pen.y, width: inside, size: 10, color: quiet });
  }
  for (const post of report.plan) {
    room(pen, 36);
    drawPlanned(pen, post);
    pen.y += 36;
  }
  if (report.planLeftOut > 0) {
    const more = words.planMore(speech.number(report.planLeftOut));
    pen.y += sheet.text(more, { x: page.margin, y: pen.y + 4, width: inside, size: 9, color: quiet }) + 4;
  }
  room(pen, 40);
  pen.y += 14;
  sheet.text(words.counted, { x: page.margin, y: pen.y, width: inside, size: 7.5, color: quiet });
}

function drawPlanned({ sheet, words, speech, color, y }: Pen, post: PlannedPost): void {
  sheet.rule(page.margin, y, inside, faint);
  const when = speech.moment(post.at);
  sheet.text(when, { x: page.margin, y: y + 6, width: 118, size: 9, weight: 'semibold', lines: 1 });
  const x = page.margin + 124;
  const width = inside - 124 - 92;
  sheet.text(captionOf(sheet, post.caption, words, when), { x, y: y + 6, width, size: 9, lines: 1, isQuoted: true });
  const networks = speech.list(post.platforms.map((platform) => platformNames[platform]));
  sheet.text(networks, { x, y: y + 19, width, size: 7.5, color: quiet, lines: 1 });
  const state = post.isApproved ? words.approved : words.open;
  const aside = { x: page.margin + inside - 90, y: y + 6, width: 90, align: 'end', lines: 1 } as const;
  sheet.text(state, { ...aside, size: 8.5, color: post.isApproved ? readable(color) : quiet });
}

function drawFoot({ sheet, words, speech, report, agency }: Pen, number: number, of: number): void {
  const y = page.height - page.margin - 4;
  sheet.rule(page.margin, y - 10, inside, faint);
  const foot = { y, size: 8, color: quiet, lines: 1 };
  sheet.text(words.foot(agency, report.clientName), { ...foot, x: page.margin, width: inside - 120 });
  const pages = words.page(speech.number(number), speech.number(of));
  sheet.text(pages, { ...foot, x: page.margin + inside - 110, width: 110, align: 'end' });
}

function heading(pen: Pen, words: string): void {
  pen.sheet.box(page.margin, pen.y + 2, 3, 14, { fill: pen.color, radius: 1.5 });
  pen.sheet.text(words, { x: page.margin + 10, y: pen.y, width: inside - 10, size: 13, weight: 'bold', lines: 1 });
  pen.y += 28;
}

/** Goes on on a new page when a part has no room on this one. */
function room(pen: Pen, height: number): void {
  if (pen.y + height <= bottom) return;
  pen.sheet.addPage();
  pen.y = page.margin;
}

/** What cannot be shown in its script is named by its time. */
function captionOf(sheet: Sheet, caption: string, words: Words, when: string): string {
  return sheet.canShow(caption) ? caption : words.postOf(when);
}

/** The agency's colour where it can be read on white; else black. */
function readable(color: string): string {
  return inkOn(color) === '#ffffff' ? color : ink;
}
