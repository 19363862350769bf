import type { TargetOptions } from '../../../shared/contract/pipeline.ts';
import { composeText } from '../../../shared/domain/captions.ts';
import type { Platform } from '../../../shared/domain/platform.ts';
import { isStory } from '../../../shared/domain/story.ts';
import type { Digest, MediaRecord, PostRecord, TargetRecord } from '../ports/index.ts';

/** The parts of a post that an approval is for. The time is not one of them: rescheduling keeps an approval. */
export interface Content {
  caption: string;
  hashtags: readonly string[];
  firstComment: string | null;
  altText: string | null;
  /** SHA-256 of each file, in order, with what a person changed about how it goes out. */
  media: readonly string[];
  targets: readonly { accountId: string; caption: string | null; options: TargetOptions }[];
}

/** What an approval is for. A file that is no longer there counts as another one. */
export function contentOf(post: PostRecord, targets: readonly TargetRecord[], media: readonly MediaRecord[]): Content {
  const byId = new Map(media.map((item) => [item.id, item]));
  const platforms = targets.map(({ platform }) => platform);
  return {
    caption: post.caption,
    hashtags: post.hashtags,
    firstComment: post.firstComment,
    altText: post.altText,
    media: post.mediaIds.map((id) => mediaMark(byId.get(id), platforms, post.altText) ?? `missing:${id}`),
    targets: targets.map(({ accountId, caption, options }) => ({ accountId, caption, options })),
  };
}

function mediaMark(
  media: MediaRecord | undefined,
  platforms: readonly Platform[],
  postsAltText: string | null,
): string | undefined {
  if (media === undefined) return undefined;
  const shown = shownAs(media, platforms);
  return postsAltText !== null || media.altText === null ? shown : `${shown}; alt ${media.altText}`;
}

/**
 * A file by its content, with what a person changed about how it is shown there: points of other networks do not count,
 * nor does the common one where every network has its own.
 */
export function shownAs(media: MediaRecord, platforms: readonly Platform[]): string {
  const { sha256, focal, focalOn, aiMade, origin } = media;
  const networks = [...new Set(platforms)].sort();
  const own = networks.flatMap((platform) => {
    const point = focalOn[platform];
    return point === undefined ? [] : [`focal on ${platform} ${point.x} ${point.y}`];
  });
  const isCommonShown = networks.length === 0 || own.length < networks.length;
  return [
    sha256,
    ...(focal !== null && isCommonShown ? [`focal ${focal.x} ${focal.y}`] : []),
    ...own,
    ...(aiMade === (origin === 'ai') ? [] : [aiMade ? 'by AI' : 'not by AI']),
  ].join('; ');
}

/** One hash for one content, whatever order keys or targets come in. */
export function contentHash(content: Content, digest: Digest): string {
  const targets = [...content.targets].sort((a, b) => (a.accountId < b.accountId ? -1 : 1));
  return digest.sha256(JSON.stringify(sortKeys({ ...content, targets })));
}

/** The text that appears on one account; a story has none. */
export function textFor(
  post: Pick<PostRecord, 'caption' | 'hashtags'>,
  { caption, options = {} }: Pick<TargetRecord, 'caption'> & Partial<Pick<TargetRecord, 'options'>>,
): string {
  if (isStory(options)) return '';
  return composeText(caption ?? post.caption, post.hashtags);
}

/** Every text a reader could see, by field name; banned terms are looked for in all of them. */
export function publishableFields(
  post: Pick<PostRecord, 'caption' | 'hashtags' | 'firstComment' | 'altText'>,
  targets: readonly Pick<TargetRecord, 'platform' | 'caption'>[],
): Record<string, string> {
  const fields: Record<string, string> = { caption: post.caption, hashtags: post.hashtags.join(' ') };
  if (post.firstComment !== null) fields.firstComment = post.firstComment;
  if (post.altText !== null) fields.altText = post.altText;
  for (const target of targets) {
    if (target.caption !== null) fields[`caption.${target.platform}`] = target.caption;
  }
  return fields;
}

/** The same value with the keys of its objects in order, so that it has one form as JSON. */
export function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, entry]) => [key, sortKeys(entry)]),
  );
}
