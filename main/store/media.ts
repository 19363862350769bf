import { z } from 'zod';
import type { MediaRecord, MediaRepository } from '../core/ports/store.ts';
import { type Encoded, encode, inBatches, mustExist, readJsonOrNull } from './codec.ts';
import { pageOf, placeByTime } from './cursor.ts';
import type { Db } from './schema.ts';

const provenanceSchema = z.object({ model: z.string(), prompt: z.string() });

export function mediaRepository(db: Db): MediaRepository {
  return {
    async get(id) {
      const row = await db.selectFrom('mediaAssets').selectAll().where('id', '=', id).executeTakeFirst();
      return row && toRecord(row);
    },

    /** In the order of `ids`; what is not there is left out. */
    async getMany(ids) {
      const rows = await inBatches(ids, (batch) =>
        db.selectFrom('mediaAssets').selectAll().where('id', 'in', batch).execute(),
      );
      const byId = new Map(rows.map((row) => [row.id, toRecord(row)]));
      return ids.map((id) => byId.get(id)).filter((media) => media !== undefined);
    },

    /** Newest first. */
    async list(filter) {
      const after = placeByTime(filter);
      let query = db
        .selectFrom('mediaAssets')
        .selectAll()
        .where('clientId', '=', filter.clientId)
        .orderBy('createdAt', 'desc')
        .orderBy('id', 'desc')
        .limit(filter.limit + 1);
      if (after !== undefined) {
        query = query.where((eb) => eb(eb.refTuple('createdAt', 'id'), '<', eb.tuple(...after)));
      }
      return pageOf(await query.execute(), filter.limit, toRecord, (row) => [row.createdAt, row.id]);
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
      await db.insertInto('mediaAssets').values(encode(media)).execute();
    },

    async update(id, change) {
      const row = { ...encode(change), id };
      mustExist(await db.updateTable('mediaAssets').set(row).where('id', '=', id).executeTakeFirst(), 'media', id);
    },
  };
}

function toRecord({ provenance, ...row }: Encoded<MediaRecord>): MediaRecord {
  return { ...row, provenance: readJsonOrNull('media_assets.provenance', provenanceSchema, provenance) };
}
