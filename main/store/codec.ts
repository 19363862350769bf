import { phrase } from '../../shared/domain/phrase.ts';
import { type UpdateResult } from 'kysely';
import type { z } from 'zod';
import { RowGone } from '../core/ports/store.ts';

/** A record as a row: booleans as 0 or 1, lists and objects as JSON text, the rest as it is. */
export type Encoded<T> = { [K in keyof T]: EncodedValue<T[K]> };
type EncodedValue<V> = V extends boolean ? number : V extends object ? string : V;

/** Leaves out what is undefined, so that a change touches only the columns it names. */
export function encode<T extends object>(record: T): Encoded<T> {
  const columns = Object.entries(record).filter(([, value]) => value !== undefined);
  // Object.fromEntries forgets the keys; encodeValue does to each value what Encoded says.
  return Object.fromEntries(columns.map(([name, value]) => [name, encodeValue(value)])) as Encoded<T>;
}

function encodeValue(value: unknown): unknown {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}

/**
 * Parses a column that holds JSON.
 * @param column for the error, e.g. `content_pipeline.hashtags`
 * @throws {UnreadableColumn}
 */
export function readJson<T>(column: string, schema: z.ZodType<T>, text: string): T {
  const parsed = schema.safeParse(parseJson(column, text));
  if (parsed.success) return parsed.data;
  throw new UnreadableColumn(column, parsed.error.issues[0]?.message ?? phrase`wrong shape`);
}

/** Like `readJson`, where the column may be empty. @throws {UnreadableColumn} */
export function readJsonOrNull<T>(column: string, schema: z.ZodType<T>, text: string | null): T | null {
  return text === null ? null : readJson(column, schema, text);
}

export class UnreadableColumn extends Error {
  override name = 'UnreadableColumn';

  constructor(column: string, detail: string) {
    super(`The store holds a value in ${column} that cannot be read: ${detail}.`);
  }
}

/** A row without the columns that only the store uses. */
export function without<T extends object, K extends keyof T>(row: T, ...columns: K[]): Omit<T, K> {
  const rest = { ...row };
  for (const column of columns) delete rest[column];
  return rest;
}

/** @throws {RowGone} when an update met no row */
export function mustExist(result: UpdateResult, what: string, id: string): void {
  if (result.numUpdatedRows === 0n) throw new RowGone(`The store has no ${what} ${id}.`);
}

/** SQLite takes 32,766 parameters a statement. */
const batchSize = 5_000;

/** Reads by a list of any length, in batches; duplicates count once. */
export async function inBatches<T>(
  ids: readonly string[],
  read: (batch: readonly string[]) => Promise<T[]>,
): Promise<T[]> {
  const distinct = [...new Set(ids)];
  const rows: T[] = [];
  for (let start = 0; start < distinct.length; start += batchSize) {
    rows.push(...(await read(distinct.slice(start, start + batchSize))));
  }
  return rows;
}

function parseJson(column: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UnreadableColumn(column, phrase`not JSON`);
  }
}
