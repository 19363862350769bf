import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { draftContentSchema } from '../../shared/contract/drafts.ts';
import type { DraftRecord } from '../core/ports/records.ts';
import type { DraftRepository } from '../core/ports/store.ts';
import { type Encoded, encode, readJson } from './codec.ts';
import type { Db } from './schema.ts';

export function draftRepository(db: Db): DraftRepository {
  return {
    async get(id) {
      const row = await db.selectFrom('drafts').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? undefined : toDraft(row);
    },

    async list({ clientId, limit }) {
      const query = inShort(db).limit(limit);
      const rows = await (clientId === undefined ? query : query.where('clientId', '=', clientId)).execute();
      return rows.map(toShort);
    },

    async withMedia(clientId, mediaIds) {
      if (mediaIds.length === 0) return [];
      const holds = sql<boolean>`EXISTS (SELECT 1 FROM json_each(content, '$.media') WHERE value IN (${sql.join(mediaIds)}))`;
      return (await inShort(db).where('clientId', '=', clientId).where(holds).execute()).map(toShort);
    },

    async put(draft) {
      const row = encode(draft);
      await db
        .insertInto('drafts')
        .values(row)
        .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
        .execute();
    },

    async remove(id) {
      await db.deleteFrom('drafts').where('id', '=', id).execute();
    },
  };
}

function inShort(db: Db) {
  return db
    .selectFrom('drafts')
    .select(['id', 'clientId', 'postId', 'basedOn', 'revision', 'writer', 'updatedBy', 'createdAt', 'updatedAt'])
    .select([
      sql<string>`coalesce(${said("json_extract(content, '$.caption')")},
        (SELECT ${said("json_extract(value, '$.caption')")} FROM json_each(content, '$.targets')
          WHERE ${said("json_extract(value, '$.caption')")} IS NOT NULL LIMIT 1),
        ${said("json_extract(content, '$.firstComment')")}, '')`.as('title'),
      sql<string>`json_extract(content, '$.media')`.as('mediaIds'),
    ])
    .orderBy('updatedAt', 'desc')
    .orderBy('id');
}

/** The beginning of a text; null where it says nothing. */
function said(text: string): RawBuilder<string | null> {
  return sql<string | null>`(SELECT nullif(substr(trim(${sql.raw(text)}, char(9, 10, 13, 32, 160)), 1, 200), ''))`;
}

function toShort<Row extends { mediaIds: string }>(row: Row): Omit<Row, 'mediaIds'> & { mediaIds: string[] } {
  return { ...row, mediaIds: readJson('drafts.content', z.array(z.string()), row.mediaIds) };
}

function toDraft(row: Encoded<DraftRecord>): DraftRecord {
  return { ...row, content: readJson('drafts.content', draftContentSchema, row.content) };
}
