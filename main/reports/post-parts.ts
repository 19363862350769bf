import { platformNames } from '../../shared/domain/platform.ts';
import type { PlannedPost, ReportedPost } from '../core/ports/reports.ts';
import { captionOf, faint, ground, heading, inside, type Pen, quiet, readable, room } from './pen.ts';
import { page } from './sheet.ts';

/** The posts that did best, each with its picture. */
export function drawBest(pen: Pen): void {
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

/** What comes next, and how the figures were counted. */
export function drawPlan(pen: Pen): void {
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
