import Database from 'better-sqlite3';

/** Rows after an unreadable one are looked for one by one up to here, and with growing steps beyond. */
const closeLook = 20_000n;
/** SQLite counts rows with 63 bits; ours begin at 1. */
const lastPossible = 2n ** 63n - 1n;

/**
 * The rows of a table, passing over those that lie in damaged pages.
 * @param columns comma-separated, quoted
 * @returns the values of the columns; whole numbers as bigint
 */
export function* rowsOf(source: Database.Database, table: string, columns: string): Generator<unknown[]> {
  // Not by an index: one damaged place in it would hide rows that are well.
  const from = `SELECT rowid, ${columns} FROM "${table}" NOT INDEXED WHERE rowid >= ? ORDER BY rowid`;
  const rows = source.prepare<[bigint], unknown[]>(from).raw().safeIntegers();
  const one = source.prepare<[bigint], unknown[]>(`${from} LIMIT 1`).raw().safeIntegers();
  const isReadable = (position: bigint): boolean => isRow(() => one.get(position), position);

  let position: bigint | null = 1n;
  while (position !== null) {
    try {
      for (const [rowid, ...values] of rows.iterate(position)) {
        // In a damaged page the order may be anything; going back would never end.
        if (typeof rowid !== 'bigint' || rowid < position) continue;
        position = rowid + 1n;
        yield values;
      }
      return;
    } catch (error) {
      if (!(error instanceof Database.SqliteError)) throw error;
    }
    position = nextReadable(position, isReadable);
  }
}

/** The first position from which a row, or the end of the table, can be read. */
function nextReadable(position: bigint, isReadable: (position: bigint) => boolean): bigint | null {
  for (let next = position; next < position + closeLook; next++) if (isReadable(next)) return next;
  let unreadable = position + closeLook;
  for (let step = closeLook; unreadable + step <= lastPossible; step *= 2n) {
    if (isReadable(unreadable + step)) return firstBetween(unreadable, unreadable + step, isReadable);
    unreadable += step;
  }
  return null;
}

function firstBetween(unreadable: bigint, readable: bigint, isReadable: (position: bigint) => boolean): bigint {
  let low = unreadable;
  let high = readable;
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (isReadable(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** True for the end of the table too. */
function isRow(read: () => unknown[] | undefined, position: bigint): boolean {
  try {
    const rowid = read()?.[0];
    return rowid === undefined || (typeof rowid === 'bigint' && rowid >= position);
  } catch (error) {
    if (error instanceof Database.SqliteError) return false;
    throw error;
  }
}
