import { sql } from 'kysely';
import { z } from 'zod';
import { postParts } from '../../shared/domain/post.ts';
import type { ActivityRecord } from '../core/ports/records.ts';
import type { ActivityFilter, ActivityRepository } from '../core/ports/store.ts';
import { encode, readJsonOrNull, without } from './codec.ts';
import { pageOf, placeByTime } from './cursor.ts';
import type { ActivityRow, Db } from './schema.ts';
import { searchable } from './searchable.ts';

export function activityRepository(db: Db): ActivityRepository {
  return {
    async insert(activity) {
      const row = { ...encode(activity), searchText: searchable(activity.message) };
      await db.insertInto('activityLog').values(row).execute();
    },

    async list(filter) {
      const rows = await filtered(db, filter)
        .orderBy('at', 'desc')
        .orderBy('id', 'desc')
        .limit(filter.limit + 1)
        .execute();
      return pageOf(rows, filter.limit, toActivity, (row) => [row.at, row.id]);
    },

    async actors() {
      const rows = await db.selectFrom('activityLog').select('actor').distinct().orderBy('actor').execute();
      return rows.map(({ actor }) => actor);
    },
  };
}

function filtered(db: Db, filter: ActivityFilter) {
  const after = placeByTime(filter);
  let query = db.selectFrom('activityLog').selectAll();
  if (filter.clientId !== undefined) query = query.where('clientId', '=', filter.clientId);
  if (filter.postId !== undefined) query = query.where('postId', '=', filter.postId);
  if (filter.accountId !== undefined) query = query.where('accountId', '=', filter.accountId);
  if (filter.level !== undefined) query = query.where('level', '=', filter.level);
  if (filter.kind !== undefined) query = query.where('kind', '=', filter.kind);
  if (filter.topics !== undefined) query = query.where(topic, 'in', filter.topics);
  if (filter.actor !== undefined) query = query.where('actor', '=', filter.actor);
  if (filter.from !== undefined) query = query.where('at', '>=', filter.from);
  if (filter.to !== undefined) query = query.where('at', '<', filter.to);
  for (const word of searchable(filter.search ?? '').split(/\s+/)) {
    if (word !== '') query = query.where(contains(word));
  }
  if (after === undefined) return query;
  return query.where((eb) => eb(eb.refTuple('at', 'id'), '<', eb.tuple(...after)));
}

/** What stands before the dot of a kind. */
const topic = sql<string>`substr(kind, 1, instr(kind, '.') - 1)`;

function contains(word: string) {
  const pattern = `%${word.replace(/[%_\\]/g, (sign) => `\\${sign}`)}%`;
  return sql<boolean>`search_text LIKE ${pattern} ESCAPE '\\'`;
}

const detailSchema = z.object({
  reason: z.string().optional(),
  changed: z.array(z.enum(postParts)).optional(),
  from: z.number().optional(),
  to: z.number().optional(),
});

function toActivity(row: ActivityRow): ActivityRecord {
  return { ...without(row, 'searchText'), detail: readJsonOrNull('activity_log.detail', detailSchema, row.detail) };
}
