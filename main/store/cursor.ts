import { z } from 'zod';
import type { Page, PageRequest } from '../core/ports/store.ts';

/** The place after which a page starts: the sort key and the id of the last row before it. */
export type Place<K extends string | number> = [key: K, id: string];

/** A cursor that did not come from an earlier page. The message is for a person. */
export class BadCursor extends Error {
  override name = 'BadCursor';

  constructor() {
    super('This cursor does not belong to this list. Start again from the first page.');
  }
}

/** @throws {BadCursor} */
export function placeByTime({ cursor }: PageRequest): Place<number> | undefined {
  return cursor === undefined ? undefined : decode(cursor, z.tuple([z.number().int(), z.string()]));
}

/** @throws {BadCursor} */
export function placeByText({ cursor }: PageRequest): Place<string> | undefined {
  return cursor === undefined ? undefined : decode(cursor, z.tuple([z.string(), z.string()]));
}

/** A place of any other shape. @throws {BadCursor} */
export function placeIn<T>({ cursor }: PageRequest, schema: z.ZodType<T>): T | undefined {
  return cursor === undefined ? undefined : decode(cursor, schema);
}

/** Makes a page of up to `limit` of the rows, of which one more than `limit` were asked for. */
export function pageOf<R, T>(
  rows: readonly R[],
  limit: number,
  read: (row: R) => T,
  placeOf: (row: R) => readonly (string | number)[],
): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(read),
    nextCursor: rows.length > limit && last !== undefined ? encode(placeOf(last)) : null,
  };
}

function encode(place: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(place), 'utf8').toString('base64url');
}

function decode<T>(cursor: string, schema: z.ZodType<T>): T {
  let content: unknown;
  try {
    content = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw new BadCursor();
  }
  const place = schema.safeParse(content);
  if (!place.success) throw new BadCursor();
  return place.data;
}
