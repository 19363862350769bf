import { inkOn } from '../../shared/domain/contrast.ts';
import { ground, heading, inside, type Pen, quiet, room } from './pen.ts';
import { page } from './sheet.ts';

/** The month's days, and how many posts went live on each. */
export function drawCalendar(pen: Pen): void {
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

/** At which times posts did best, where there are enough to tell. */
export function drawTimes(pen: Pen): void {
  const { sheet, report, words, speech } = pen;
  const { posts, minimum, best } = report.times;
  const hours = best.map(({ weekday, hour }) => words.hour(speech.weekday(weekday, 'long'), speech.hour(hour)));
  const tooFew = words.timesTooFew(speech.number(posts), speech.number(minimum));
  const sentence = posts < minimum ? tooFew : best.length === 0 ? words.timesNone : words.timesBest(speech.list(hours));
  room(pen, 60);
  heading(pen, words.times);
  pen.y += sheet.text(sentence, { x: page.margin, y: pen.y, width: inside, size: 10 }) + 20;
}
