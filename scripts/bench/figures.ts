/** How a set of durations is spread; all in ms. */
export interface Spread {
  p50: number;
  p99: number;
  max: number;
}

/** Nearest-rank percentiles: with fewer than a hundred values p99 is the largest. */
export function spreadOf(values: readonly number[]): Spread {
  return { p50: percentile(values, 50), p99: percentile(values, 99), max: percentile(values, 100) };
}

export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** @throws {RangeError} when there are no values */
function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const found = sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
  if (found === undefined) throw new RangeError('There is nothing to take a percentile of.');
  return round(found);
}

export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** One measured figure for a person. */
export interface Row {
  name: string;
  /** The best run and the one in the middle, with their unit. */
  best: string;
  median: string;
  /** What is wanted, or empty. */
  goal: string;
}

/** Columns of equal width, the first one aligned left. */
export function tableOf(rows: readonly Row[]): string {
  const lines = [
    ['', 'best', 'median', 'goal'],
    ...rows.map(({ name, best, median: middle, goal }) => [name, best, middle, goal]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('   ')
        .trimEnd(),
    )
    .join('\n');
}
