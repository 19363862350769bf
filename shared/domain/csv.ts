type Cell = string | number | null;

/**
 * A table as a CSV file that spreadsheets open as it stands (RFC 4180, with a byte order mark so that they take it for
 * UTF-8). What they would take for a formula gets an apostrophe in front: a caption must not compute, or call out. Null is an
 * empty cell.
 */
export function csvOf(rows: readonly (readonly Cell[])[], separator: Separator = ','): string {
  return `\uFEFF${rows.map((row) => csvLine(row, separator)).join('')}`;
}

/**
 * What stands between cells. Where people write 1,5 for one and a half, their spreadsheets split at semicolons, and
 * numbers have a comma too; everything else reads the comma.
 */
export const separators = { comma: ',', semicolon: ';' } as const;
export type SeparatorName = keyof typeof separators;
export type Separator = (typeof separators)[SeparatorName];

/** What spreadsheets split at where numbers are written as in this locale, such as `de-AT`. */
export function separatorOf(locale: string): SeparatorName {
  const decimal = new Intl.NumberFormat(locale).formatToParts(1.5).find(({ type }) => type === 'decimal')?.value;
  return decimal === ',' ? 'semicolon' : 'comma';
}

/** One row of such a table, for files that are written as they are read; `csvOf` writes the first one. */
export function csvLine(cells: readonly Cell[], separator: Separator = ','): string {
  return `${cells.map((cell) => written(cell, separator)).join(separator)}\r\n`;
}

function written(cell: Cell, separator: Separator): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return separator === ';' ? String(cell).replace('.', ',') : String(cell);
  const harmless = /^\s*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",;\r\n]/.test(harmless) || harmless !== harmless.trim() ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
