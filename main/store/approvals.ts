import { z } from 'zod';
import { targetOptionsSchema } from '../../shared/contract/pipeline.ts';
import { platforms } from '../../shared/domain/platform.ts';
import type { ApprovalRepository } from '../core/ports/store.ts';
import { encode, readJson } from './codec.ts';
import type { Db } from './schema.ts';

export function approvalRepository(db: Db): ApprovalRepository {
  return {
    async insert(approval) {
      await db.insertInto('approvals').values(encode(approval)).execute();
    },

    async last(postId) {
      const row = await db
        .selectFrom('approvals')
        .selectAll()
        .where('postId', '=', postId)
        .orderBy('approvedAt', 'desc')
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row && { ...row, content: readJson('approvals.content', contentSchema, row.content) };
    },
  };
}

const contentSchema = z.object({
  caption: z.string(),
  hashtags: z.array(z.string()),
  firstComment: z.string().nullable(),
  altText: z.string().nullable(),
  mediaIds: z.array(z.string()),
  scheduledFor: z.number(),
  wallTime: z.string(),
  timezone: z.string(),
  targets: z.array(
    z.object({
      accountId: z.string(),
      platform: z.enum(platforms),
      caption: z.string().nullable(),
      options: targetOptionsSchema,
    }),
  ),
});
