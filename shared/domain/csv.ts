type Cell = string | number | null;

/**
 * A table as a CSV file that spreadsheets open as it stands (RFC 4180, with a byte order mark so that they take it for
 * UTF-8). What they would take for a formula gets an apostrophe in front: a caption must not compute, or call out. Null is an
 * empty cell.
 */
export function csvOf(rows: readonly (readonly Cell[])[]): string {
  return `\uFEFF${rows.map(csvLine).join('')}`;
}

/** One row of such a table, for files that are written as they are read; `csvOf` writes the first one. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(written).join(',')}\r\n`;
}

function written(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const harmless = /^\s*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(harmless) || harmless !== harmless.trim() ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
