import { z } from 'zod';
import type { PostRecord } from '../core/ports/records.ts';
import { readJson, without } from './codec.ts';
import type { PostRow } from './schema.ts';

const texts = z.array(z.string());

export function toPost({ hashtags, mediaIds, ...row }: PostRow): PostRecord {
  return {
    ...without(row, 'searchText'),
    hashtags: readJson('content_pipeline.hashtags', texts, hashtags),
    mediaIds: readIds(mediaIds),
  };
}

/** The ids of a post's media, in order. */
export function readIds(mediaIds: string): string[] {
  return readJson('content_pipeline.media_ids', texts, mediaIds);
}
