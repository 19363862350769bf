import { type ExpressionBuilder, sql } from 'kysely';
import { z } from 'zod';
import { ownPointsSchema, pointSchema, videoFactsSchema } from '../../shared/contract/media.ts';
import type { MediaRecord } from '../core/ports/records.ts';
import type { MediaFilter, MediaRepository } from '../core/ports/store.ts';
import { encode, inBatches, mustExist, readJson, readJsonOrNull, without } from './codec.ts';
import { pageOf, placeByTime } from './cursor.ts';
import { atomically, type Db, type MediaRow, type Tables } from './schema.ts';
import { searchable } from './searchable.ts';

export function mediaRepository(db: Db): MediaRepository {
  async function get(id: string): Promise<MediaRecord | undefined> {
    const row = await db.selectFrom('mediaAssets').selectAll().where('id', '=', id).executeTakeFirst();
    return row && toRecord(row);
  }

  return {
    get,

    /** In the order of `ids`; what is not there is left out. */
    async getMany(ids) {
      const rows = await inBatches(ids, (batch) =>
        db.selectFrom('mediaAssets').selectAll().where('id', 'in', batch).execute(),
      );
      const byId = new Map(rows.map((row) => [row.id, toRecord(row)]));
      return ids.map((id) => byId.get(id)).filter((media) => media !== undefined);
    },

    async list(filter) {
      const rows = await filtered(db, filter)
        .orderBy('createdAt', 'desc')
        .orderBy('id', 'desc')
        .limit(filter.limit + 1)
        .execute();
      return pageOf(rows, filter.limit, toRecord, (row) => [row.createdAt, row.id]);
    },

    async findBySha256(clientId, sha256) {
      const row = await db
        .selectFrom('mediaAssets')
        .selectAll()
        .where('clientId', '=', clientId)
        .where('sha256', '=', sha256)
        .orderBy('createdAt')
        .executeTakeFirst();
      return row && toRecord(row);
    },

    async insert(media) {
      await db
        .insertInto('mediaAssets')
        .values({ ...encode(media), searchText: searchTextOf(media) })
        .execute();
    },

    async update(id, change) {
      await atomically(db, async (within) => {
        const row = { ...encode(change), id };
        const result = await within.updateTable('mediaAssets').set(row).where('id', '=', id).executeTakeFirst();
        mustExist(result, 'media', id);
        const changed = await mediaRepository(within).get(id);
        if (changed === undefined) return;
        const searchText = searchTextOf(changed);
        await within.updateTable('mediaAssets').set({ searchText }).where('id', '=', id).execute();
      });
    },

    async listUnneeded(deletedBefore) {
      const rows = await unneeded(db, deletedBefore).execute();
      return rows.map(toRecord);
    },

    removeUnneeded: (id, deletedBefore) =>
      atomically(db, async (within) => {
        const row = await unneeded(within, deletedBefore).where('id', '=', id).executeTakeFirst();
        if (row === undefined) return false;
        await within.deleteFrom('mediaAssets').where('id', '=', id).execute();
        return true;
      }),

    async isKept(sha256) {
      const row = await db.selectFrom('mediaAssets').select('id').where('sha256', '=', sha256).executeTakeFirst();
      return row !== undefined;
    },
  };
}

function filtered(db: Db, filter: MediaFilter) {
  const after = placeByTime(filter);
  let query = db
    .selectFrom('mediaAssets')
    .selectAll()
    .where('clientId', '=', filter.clientId)
    .where('deletedAt', 'is', null);
  if (filter.kind !== undefined) query = query.where('kind', '=', filter.kind);
  if (filter.origin !== undefined) query = query.where('origin', '=', filter.origin);
  for (const word of searchable(filter.search ?? '').split(/\s+/)) {
    if (word !== '') query = query.where(contains(word));
  }
  if (filter.used === true) query = query.where((eb) => eb.exists(holders(eb).where('p.deletedAt', 'is', null)));
  if (filter.used === false) {
    query = query.where((eb) => eb.not(eb.exists(holders(eb).where('p.deletedAt', 'is', null))));
  }
  if (after === undefined) return query;
  return query.where((eb) => eb(eb.refTuple('createdAt', 'id'), '<', eb.tuple(...after)));
}

function unneeded(db: Db, deletedBefore: number) {
  return db
    .selectFrom('mediaAssets')
    .selectAll()
    .where('deletedAt', '<', deletedBefore)
    .where((eb) => eb.not(eb.exists(holders(eb))))
    .where((eb) => eb.not(eb.exists(draftHolders(eb))));
}

type Conditions = ExpressionBuilder<Tables, 'mediaAssets'>;

/** Posts, deleted ones included, whose list of media names the row at hand. An id stands there in quotes. */
function holders(eb: Conditions) {
  return eb
    .selectFrom('contentPipeline as p')
    .select('p.id')
    .whereRef('p.clientId', '=', 'mediaAssets.clientId')
    .where(sql<boolean>`p.media_ids LIKE '%"' || media_assets.id || '"%'`);
}

/** Drafts that name the row at hand. */
function draftHolders(eb: Conditions) {
  return eb
    .selectFrom('drafts as d')
    .select('d.id')
    .whereRef('d.clientId', '=', 'mediaAssets.clientId')
    .where(sql<boolean>`d.content LIKE '%"' || media_assets.id || '"%'`);
}

function contains(word: string) {
  const pattern = `%${word.replace(/[%_\\]/g, (sign) => `\\${sign}`)}%`;
  return sql<boolean>`search_text LIKE ${pattern} ESCAPE '\\'`;
}

function searchTextOf({ name, altText }: Pick<MediaRecord, 'name' | 'altText'>): string {
  return searchable([name, altText].filter((text) => text !== null).join(' '));
}

const provenanceSchema = z.object({ model: z.string(), prompt: z.string() });

function toRecord({ provenance, video, focal, focalOn, aiMade, ...row }: MediaRow): MediaRecord {
  return {
    ...without(row, 'searchText'),
    aiMade: aiMade === 1,
    provenance: readJsonOrNull('media_assets.provenance', provenanceSchema, provenance),
    video: readJsonOrNull('media_assets.video', videoFactsSchema, video),
    focal: readJsonOrNull('media_assets.focal', pointSchema, focal),
    focalOn: readJson('media_assets.focal_on', ownPointsSchema, focalOn),
  };
}
