import { z } from 'zod';
import { postParts } from '../../shared/domain/post.ts';
import type { ActivityRecord } from '../core/ports/records.ts';
import type { ActivityRepository } from '../core/ports/store.ts';
import { type Encoded, encode, readJsonOrNull } from './codec.ts';
import { pageOf, placeByTime } from './cursor.ts';
import type { Db } from './schema.ts';

export function activityRepository(db: Db): ActivityRepository {
  return {
    async insert(activity) {
      await db.insertInto('activityLog').values(encode(activity)).execute();
    },

    async list(filter) {
      const after = placeByTime(filter);
      let query = db
        .selectFrom('activityLog')
        .selectAll()
        .orderBy('at', 'desc')
        .orderBy('id', 'desc')
        .limit(filter.limit + 1);
      if (filter.clientId !== undefined) query = query.where('clientId', '=', filter.clientId);
      if (filter.postId !== undefined) query = query.where('postId', '=', filter.postId);
      if (filter.level !== undefined) query = query.where('level', '=', filter.level);
      if (filter.kind !== undefined) query = query.where('kind', '=', filter.kind);
      if (after !== undefined) query = query.where((eb) => eb(eb.refTuple('at', 'id'), '<', eb.tuple(...after)));
      return pageOf(await query.execute(), filter.limit, toActivity, (row) => [row.at, row.id]);
    },
  };
}

const detailSchema = z.object({
  reason: z.string().optional(),
  changed: z.array(z.enum(postParts)).optional(),
  from: z.number().optional(),
  to: z.number().optional(),
});

function toActivity(row: Encoded<ActivityRecord>): ActivityRecord {
  return { ...row, detail: readJsonOrNull('activity_log.detail', detailSchema, row.detail) };
}
