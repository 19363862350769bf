type Cell = string | number | null;

/** Tells spreadsheets that the bytes are UTF-8. */
const byteOrderMark = '\uFEFF';

/**
 * Rows as RFC 4180 has them, one text a row, the header first. What a spreadsheet would run as a formula is preceded by an
 * apostrophe; null is an empty cell.
 */
export async function* csvOf(header: readonly string[], rows: AsyncIterable<readonly Cell[]>): AsyncGenerator<string> {
  yield byteOrderMark + lineOf(header);
  for await (const row of rows) yield lineOf(row);
}

function lineOf(cells: readonly Cell[]): string {
  return `${cells.map(cellOf).join(',')}\r\n`;
}

function cellOf(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const harmless = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
