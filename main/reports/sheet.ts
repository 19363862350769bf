import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import { directionOf, inVisualOrder } from './bidi.ts';

/** A4 in points. */
export const page = { width: 595.28, height: 841.89, margin: 46, foot: 40 } as const;

export type Weight = 'regular' | 'semibold' | 'bold';

export interface TextStyle {
  x: number;
  y: number;
  /** Lines are broken to fit; what does not fit into `lines` is cut with an ellipsis. */
  width: number;
  size: number;
  weight?: Weight;
  color?: string;
  align?: 'start' | 'end' | 'center';
  lines?: number;
  /** What somebody else wrote: it may run the other way than the page, by its first letter. */
  isQuoted?: boolean;
}

const packageName = '@expo-google-fonts/ibm-plex-sans-arabic';
const files: Record<Weight, string> = {
  regular: '400Regular/IBMPlexSansArabic_400Regular.ttf',
  semibold: '600SemiBold/IBMPlexSansArabic_600SemiBold.ttf',
  bold: '700Bold/IBMPlexSansArabic_700Bold.ttf',
};
const lineHeight = 1.42;
/** More letters than any line here has room for: what cannot be seen is not measured, however long a text is. */
const mostInLine = 400;

/**
 * Pages that are drawn on from the side where reading begins: `x` counts from there, so that one layout serves languages that
 * run either way. Typefaces are embedded; what they have no sign for (emoji, other scripts) is left out, never drawn as a box.
 */
export class Sheet {
  readonly direction: 'ltr' | 'rtl';
  readonly #document: PDFKit.PDFDocument;
  readonly #signs: (codePoint: number) => boolean;

  constructor({
    direction,
    title,
    author,
    language,
  }: { direction: 'ltr' | 'rtl'; title: string; author: string; language: string }) {
    this.direction = direction;
    this.#document = new PDFDocument({
      size: 'A4',
      margin: 0,
      bufferPages: true,
      autoFirstPage: false,
      lang: language,
      displayTitle: true,
      info: { Title: title, Author: author, Creator: 'AutoSocial AI' },
    });
    const { resolve } = createRequire(import.meta.url);
    for (const [weight, file] of Object.entries(files)) {
      this.#document.registerFont(weight, readFileSync(resolve(`${packageName}/${file}`)));
    }
    this.#document.font('regular');
    this.#signs = signsOf(this.#document);
  }

  addPage(): void {
    this.#document.addPage();
  }

  /** Draws words. @returns the height they take */
  text(words: string, style: TextStyle): number {
    const { x, y, width, size, weight = 'regular', color = '#1c212b', align = 'start', lines = Infinity } = style;
    const base = style.isQuoted ? directionOf(words, this.direction) : this.direction;
    this.#document.font(weight).fontSize(size).fillColor(color);
    const broken = this.#broken(firstOf(this.#drawable(words), lines * mostInLine), width, lines);
    for (const [index, line] of broken.entries()) {
      this.#line(line, { x, y: y + index * size * lineHeight, width, align, base });
    }
    return broken.length * size * lineHeight;
  }

  /** How wide words are on one line. */
  widthOf(words: string, size: number, weight: Weight = 'regular'): number {
    this.#document.font(weight).fontSize(size);
    return this.#widthOf(this.#drawable(words));
  }

  /** Whether most of a text can be shown; of what is written in another script little is left. */
  canShow(words: string): boolean {
    const letters = Array.from(words).filter((letter) => /\p{L}/u.test(letter));
    const known = letters.filter((letter) => this.#signs(letter.codePointAt(0) ?? 0));
    return letters.length > 0 && known.length >= letters.length / 2;
  }

  box(
    x: number,
    y: number,
    width: number,
    height: number,
    { fill, radius = 0 }: { fill: string; radius?: number },
  ): void {
    const left = this.#left(x, width);
    const round = Math.min(radius, width / 2, height / 2);
    if (round > 0) this.#document.roundedRect(left, y, width, height, round).fill(fill);
    else this.#document.rect(left, y, width, height).fill(fill);
  }

  frame(
    x: number,
    y: number,
    width: number,
    height: number,
    { color, radius = 0 }: { color: string; radius?: number },
  ): void {
    this.#document.lineWidth(0.75).roundedRect(this.#left(x, width), y, width, height, radius).stroke(color);
  }

  rule(x: number, y: number, width: number, color: string): void {
    const left = this.#left(x, width);
    this.#document
      .lineWidth(0.5)
      .moveTo(left, y)
      .lineTo(left + width, y)
      .stroke(color);
  }

  /** A line through points. */
  path(points: readonly { x: number; y: number }[], { color, width }: { color: string; width: number }): void {
    const [first, ...rest] = points;
    if (first === undefined) return;
    this.#document.lineWidth(width).lineJoin('round').lineCap('round').moveTo(this.#left(first.x, 0), first.y);
    for (const { x, y } of rest) this.#document.lineTo(this.#left(x, 0), y);
    this.#document.stroke(color);
  }

  /** A picture that fills its place, cut where it does not fit, or (`contain`) stands whole at its start. */
  picture(bytes: Uint8Array, x: number, y: number, width: number, height: number, fit: 'cover' | 'contain'): void {
    const left = this.#left(x, width);
    const picture = Buffer.from(bytes);
    if (fit === 'contain') {
      const align = this.direction === 'rtl' ? 'right' : undefined;
      this.#document.image(picture, left, y, { fit: [width, height], valign: 'center', ...(align && { align }) });
      return;
    }
    this.#document.save();
    this.#document.roundedRect(left, y, width, height, 5).clip();
    this.#document.image(picture, left, y, { cover: [width, height], align: 'center', valign: 'center' });
    this.#document.restore();
  }

  /** Draws on every page when all of them are there. @returns the file */
  finish(onPage: (number: number, of: number) => void): Promise<Uint8Array> {
    const { start, count } = this.#document.bufferedPageRange();
    for (let index = 0; index < count; index += 1) {
      this.#document.switchToPage(start + index);
      onPage(index + 1, count);
    }
    const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
    const pieces: Buffer[] = [];
    this.#document.on('data', (piece: Buffer) => pieces.push(piece));
    this.#document.on('end', () => resolve(new Uint8Array(Buffer.concat(pieces))));
    this.#document.on('error', reject);
    this.#document.end();
    return promise;
  }

  #left(x: number, width: number): number {
    return this.direction === 'rtl' ? page.width - x - width : x;
  }

  #line(line: string, place: Pick<TextStyle, 'x' | 'y' | 'width' | 'align'> & { base: 'ltr' | 'rtl' }): void {
    const { x, y, width, align, base } = place;
    const free = width - this.#widthOf(line);
    const before = align === 'center' ? free / 2 : align === 'end' ? free : 0;
    let left = this.#left(x, width) + (this.direction === 'rtl' ? free - before : before);
    for (const { text, isRtl } of inVisualOrder(line, base)) {
      // One word after the other: the library would put several in the order of Latin ones.
      for (const word of isRtl ? wordsOf(text).toReversed().map(turned) : [text]) {
        if (word.trim() !== '') this.#document.text(word, left, y, { lineBreak: false });
        left += this.#document.widthOfString(word);
      }
    }
  }

  #widthOf(line: string): number {
    return inVisualOrder(line, this.direction)
      .flatMap(({ text, isRtl }) => (isRtl ? wordsOf(text) : [text]))
      .reduce((sum, word) => sum + this.#document.widthOfString(word), 0);
  }

  #broken(words: string, width: number, most: number): string[] {
    const lines: string[] = [];
    let line = '';
    for (const word of words.split(' ').flatMap((one) => this.#fitting(one, width))) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (line === '' || this.#widthOf(longer) <= width) {
        line = longer;
        continue;
      }
      lines.push(line);
      line = word;
    }
    if (line !== '') lines.push(line);
    if (lines.length <= most) return lines;
    const kept = lines.slice(0, most);
    return [...kept.slice(0, -1), this.#cut(kept.at(-1) ?? '', width)];
  }

  /** A word that is wider than its place is broken anywhere. */
  #fitting(word: string, width: number): string[] {
    if (this.#widthOf(word) <= width) return [word];
    const parts: string[] = [''];
    for (const letter of word) {
      const longer = `${parts.at(-1) ?? ''}${letter}`;
      if (this.#widthOf(longer) <= width || parts.at(-1) === '') parts[parts.length - 1] = longer;
      else parts.push(letter);
    }
    return parts;
  }

  #cut(line: string, width: number): string {
    const letters = Array.from(line);
    while (letters.length > 0 && this.#widthOf(`${letters.join('').trimEnd()}…`) > width) letters.pop();
    return `${letters.join('').trimEnd()}…`;
  }

  /** One line of what there are signs for. */
  #drawable(words: string): string {
    const known = Array.from(words).filter((letter) => /\s/.test(letter) || this.#signs(letter.codePointAt(0) ?? 0));
    // Signs that only change the one before them are left over where that one is gone.
    return known
      .join('')
      .replaceAll(/[\p{Cf}\p{Variation_Selector}]/gu, '')
      .replaceAll(/[^\S\u00A0]+/g, ' ')
      .trim();
  }
}

/** The library turns round what has Arabic letters in it; signs alone it takes for Latin ones. */
function turned(word: string): string {
  return /\p{L}/u.test(word) ? word : Array.from(word).toReversed().join('');
}

/** The first letters of a text, none of them cut. */
function firstOf(words: string, letters: number): string {
  return words.length <= letters ? words : Array.from(words).slice(0, letters).join('');
}

/** Words and what is between them. */
function wordsOf(text: string): string[] {
  return text.match(/\s+|\S+/g) ?? [];
}

/** What a typeface has signs for; the library keeps the open file where its types do not show it. */
function signsOf(document: PDFKit.PDFDocument): (codePoint: number) => boolean {
  const { font } = (document as unknown as { _font: { font: { hasGlyphForCodePoint(codePoint: number): boolean } } })
    ._font;
  const known = new Map<number, boolean>();
  return (codePoint) => {
    const answer = known.get(codePoint) ?? font.hasGlyphForCodePoint(codePoint);
    known.set(codePoint, answer);
    return answer;
  };
}
