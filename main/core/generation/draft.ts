import { z } from 'zod';
import { normalizeHashtag } from '../../../shared/domain/captions.ts';
import { type Platform, platforms } from '../../../shared/domain/platform.ts';
import { hookTypes, type PlannedSlot, pillars } from './plan.ts';

/** What is written for one slot. */
export interface Draft {
  slotId: string;
  variants: Variant[];
  altText: string;
  imagePrompt: string;
}

export interface Variant {
  platform: Platform;
  caption: string;
  /** With their sign. */
  hashtags: string[];
  firstComment: string | null;
}

/** Name of the call to action of a slot in requests and answers. */
export function ctaIdOf(ctas: readonly string[], cta: string | null): string {
  return cta === null ? 'none' : `cta_${ctas.indexOf(cta) + 1}`;
}

/**
 * The JSON schema of an answer for these slots, in the part of JSON Schema that constrained decoding
 * takes: types, enums, items and required. Everything the code maps back is an enum.
 */
export function planJsonSchema(slots: readonly PlannedSlot[], ctas: readonly string[]): Record<string, unknown> {
  const text = { type: 'string' };
  const oneOf = (values: readonly string[]): object => ({ type: 'string', enum: [...values] });
  const variant = object({
    platform: oneOf(platforms.filter((platform) => slots.some((slot) => slot.platforms.includes(platform)))),
    caption: text,
    hashtags: { type: 'array', items: text },
    first_comment: { type: ['string', 'null'] },
  });
  const post = object({
    slot_id: oneOf(slots.map(({ id }) => id)),
    pillar: oneOf(pillars),
    hook_type: oneOf(hookTypes),
    topic: text,
    hook: text,
    cta_id: oneOf(['none', ...ctas.map((cta) => ctaIdOf(ctas, cta))]),
    variants: { type: 'array', items: variant },
    alt_text: text,
    image_prompt: text,
  });
  return object({ language: text, posts: { type: 'array', items: post } });
}

function object(properties: Record<string, object>): Record<string, unknown> {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}

/** Leaves room below Instagram's thirty for those that all networks get. */
const maxHashtags = 15;

const variantSchema = z.object({
  platform: z.enum(platforms),
  caption: z.string(),
  hashtags: z.array(z.string()),
  first_comment: z.string().nullable(),
});
const postSchema = z.object({
  slot_id: z.string(),
  variants: z.array(variantSchema),
  alt_text: z.string(),
  image_prompt: z.string(),
});
const planSchema = z.object({ posts: z.array(z.unknown()) });

/**
 * Reads an answer. What does not fit is left out: posts of another shape, of a slot nobody asked for or
 * one that came before, variants for other networks. Texts lose broken and control characters.
 */
export function readDrafts(json: unknown, slots: readonly PlannedSlot[]): Draft[] {
  const plan = planSchema.safeParse(json);
  const drafts = new Map<string, Draft>();
  for (const item of plan.data?.posts ?? []) {
    const post = postSchema.safeParse(item).data;
    const slot = slots.find(({ id }) => id === post?.slot_id);
    if (post === undefined || slot === undefined || drafts.has(slot.id)) continue;
    drafts.set(slot.id, {
      slotId: slot.id,
      variants: slot.platforms.flatMap((platform) => {
        const variant = post.variants.find((candidate) => candidate.platform === platform);
        return variant === undefined ? [] : [readVariant(variant)];
      }),
      altText: cleanText(post.alt_text).slice(0, 1_000),
      imagePrompt: cleanText(post.image_prompt).slice(0, 2_000),
    });
  }
  return [...drafts.values()];
}

function readVariant({ platform, caption, hashtags, first_comment }: z.infer<typeof variantSchema>): Variant {
  const comment = cleanText(first_comment ?? '');
  const tags = hashtags
    .map((tag) => normalizeHashtag(cleanText(tag)))
    .filter((tag) => /^#[\p{L}\p{M}\p{N}_]+$/u.test(tag));
  return {
    platform,
    caption: cleanText(caption),
    hashtags: distinctTags(tags).slice(0, maxHashtags),
    firstComment: comment === '' ? null : comment,
  };
}

/** Hashtags that differ in case only are one; the first stays. */
export function distinctTags(tags: readonly string[]): string[] {
  const names = tags.map((tag) => tag.toLowerCase());
  return tags.filter((_, index) => names.indexOf(names[index] ?? '') === index);
}

/** Without broken and control characters and what turns the direction of text. */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\n\t])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim();
}
