import { inkOn } from '../../shared/domain/contrast.ts';
import type { Report } from '../core/ports/reports.ts';
import type { Speech } from './figures-in-words.ts';
import { page, type Sheet } from './sheet.ts';
import type { Words } from './words/index.ts';

export const ink = '#1c212b';
export const quiet = '#545c6b';
export const faint = '#e6e9ee';
export const ground = '#f6f7fa';
/** Width between the margins, in points. */
export const inside = page.width - 2 * page.margin;
const bottom = page.height - page.margin - page.foot;

/** What every part of the report is drawn with; `y` is where the next part begins. */
export interface Pen {
  sheet: Sheet;
  report: Report;
  words: Words;
  speech: Speech;
  color: string;
  agency: string;
  y: number;
}

/** The name of a part, with the agency's colour in front; `y` goes on below it. */
export function heading(pen: Pen, words: string): void {
  pen.sheet.box(page.margin, pen.y + 2, 3, 14, { fill: pen.color, radius: 1.5 });
  pen.sheet.text(words, { x: page.margin + 10, y: pen.y, width: inside - 10, size: 13, weight: 'bold', lines: 1 });
  pen.y += 28;
}

/** Goes on on a new page when a part has no room on this one. */
export function room(pen: Pen, height: number): void {
  if (pen.y + height <= bottom) return;
  pen.sheet.addPage();
  pen.y = page.margin;
}

/** What cannot be shown in its script is named by its time. */
export function captionOf(sheet: Sheet, caption: string, words: Words, when: string): string {
  return sheet.canShow(caption) ? caption : words.postOf(when);
}

/** The agency's colour where it can be read on white; else black. */
export function readable(color: string): string {
  return inkOn(color) === '#ffffff' ? color : ink;
}
