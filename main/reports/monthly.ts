import { inkOn } from '../../shared/domain/contrast.ts';
import type { Report } from '../core/ports/reports.ts';
import { drawCalendar, drawTimes } from './calendar-parts.ts';
import { drawDays, drawNetworks, drawTiles } from './figure-parts.ts';
import { speechOf, summaryOf } from './figures-in-words.ts';
import { faint, heading, ink, inside, type Pen, quiet } from './pen.ts';
import { drawBest, drawPlan } from './post-parts.ts';
import { page, Sheet } from './sheet.ts';
import { wordsIn } from './words/index.ts';

const appColor = '#4d5bd6';

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

function drawFoot({ sheet, words, speech, report, agency }: Pen, number: number, of: number): void {
  const y = page.height - page.margin - 4;
  sheet.rule(page.margin, y - 10, inside, faint);
  const foot = { y, size: 8, color: quiet, lines: 1 };
  sheet.text(words.foot(agency, report.clientName), { ...foot, x: page.margin, width: inside - 120 });
  const pages = words.page(speech.number(number), speech.number(of));
  sheet.text(pages, { ...foot, x: page.margin + inside - 110, width: 110, align: 'end' });
}
